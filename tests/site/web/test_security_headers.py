"""Headers of public pages and of the admin, the first login, and what start-up refuses."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import OutcomePageFactory, _library

ROOT = Path(__file__).parents[3]


def policy(response) -> dict[str, str]:
    rules = (
        rule.strip().partition(" ") for rule in response.headers["Content-Security-Policy"].split(";") if rule.strip()
    )
    return {name: value for name, _space, value in rules}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/library/", "/search/", "/how-it-works/", "/nowhere/"])
def test_a_public_page__allows_no_inline_script_or_style_and_no_frame(address, client) -> None:
    _library()
    response = client.get(address)
    rules = policy(response)
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
    assert rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=()" in response.headers["Permissions-Policy"]
    body = response.content.decode()
    assert "<style" not in body
    assert " style=" not in body
    assert " onclick=" not in body


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/library/", "/search/?q=lamp", "/how-it-works/", "/nowhere/"])
def test_a_page_in_the_language_of_a_cookie__is_kept_apart_by_every_cache(address, client) -> None:
    _library()
    client.cookies["django_language"] = "fr"
    response = client.get(address)
    assert response["Content-Language"] == "fr"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in response["Vary"].split(",")}


@pytest.mark.django_db
def test_security_txt__names_whom_to_tell_or_is_not_there(client, settings) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@library.example"
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().strip().splitlines()
    )
    assert lines["Contact"] == "mailto:security@library.example"
    assert timezone.now() < datetime.fromisoformat(lines["Expires"]) < timezone.now() + timedelta(days=366)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


@pytest.mark.django_db
def test_admin_policy__upstream_1288(client, people) -> None:
    """Fails once Wagtail's editor needs no inline script any more: then delete the exceptions and this test."""
    page = OutcomePageFactory(parent=people.forum)
    client.force_login(people["superuser"])
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "'unsafe-inline'" in policy(response)["script-src"]
    assert policy(response)["frame-ancestors"] == "'self'"
    assert "<script>" in response.content.decode()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL"])
def test_production__does_not_start_without_its_settings(missing, tmp_path) -> None:
    values = {"SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "library.example", "BASE_URL": "https://library.example"}
    environment = {name: value for name, value in values.items() if name != missing}
    command = [sys.executable, "manage.py", "check"]
    settings_module = {"DJANGO_SETTINGS_MODULE": "bpf_site.settings.production", "BPF_DATA": str(tmp_path)}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    result = subprocess.run(
        command, cwd=ROOT, env=kept | environment | settings_module, capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert missing in result.stderr


CHECK = "check --deploy --fail-level WARNING"


def deployed(tmp_path: Path, command: str = CHECK, **changes: str) -> subprocess.CompletedProcess[str]:
    """What a command says under production settings."""
    environment = {
        "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "library.example",
        "BASE_URL": "https://library.example",
        "TRUSTED_PROXIES": "1",
        "SECURITY_CONTACT": "mailto:security@library.example",
        "PRIVACY_CONTACT": "data@library.example",
        "DJANGO_SETTINGS_MODULE": "bpf_site.settings.production",
        "BPF_DATA": str(tmp_path),
        "PATH": os.environ["PATH"],
    }
    words = [sys.executable, "manage.py", *command.split()]
    return subprocess.run(words, cwd=ROOT, env=environment | changes, capture_output=True, text=True, check=False)


def test_production__passes_the_deployment_check(tmp_path) -> None:
    assert deployed(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"TRUSTED_PROXIES": ""}, "bpf.W015"),
        ({"TRUSTED_PROXIES": "nginx"}, "bpf.E014"),
        ({"ALLOWED_HOSTS": "library.example,*"}, "bpf.E016"),
        ({"BASE_URL": "http://library.example"}, "bpf.E016"),
        ({"SECURITY_CONTACT": ""}, "bpf.W017"),
        ({"PRIVACY_CONTACT": ""}, "bpf.W017"),
    ],
)
def test_production__with_an_unsafe_setting__is_told_by_the_deployment_check(changes, said, tmp_path) -> None:
    done = deployed(tmp_path, **changes)
    assert done.returncode != 0
    assert said in done.stderr


@pytest.mark.parametrize("changes", [{"ALLOWED_HOSTS": "*"}, {"BASE_URL": "http://library.example"}])
def test_production__with_an_unsafe_address__migrates_nothing(changes, tmp_path) -> None:
    done = deployed(tmp_path, "migrate", **changes)
    assert done.returncode != 0
    assert "bpf.E016" in done.stderr
