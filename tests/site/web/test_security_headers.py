"""Headers of public pages and of the admin, the first login, and what start-up refuses."""

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from api.http import is_for_programs
from bpf_site.web.log_redaction import PART, secret_routes
from core.languages.addresses import LANGUAGES
from files.downloads import as_kept, as_untyped
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
        "EMAIL_URL": "smtp+tls://mail.library.example:587",
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


OF_FILES = "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/", "/nowhere/", "/a%00b", "/static/css/site.css", "/api/v1/", "/oai?verb=Identify", "/robots.txt", "/health"],
)
def test_every_answer__says_who_may_frame_it_and_takes_no_base(address, client) -> None:
    rules = policy(client.get(address))
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == rules["object-src"] == "'none'"


def test_refusals_before_any_view__and_files_of_strangers__carry_the_policy_too(client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/library/").status_code == 301
    assert policy(client.get("/library/"))["frame-ancestors"] == "'none'"
    assert policy(client.get("/api/v1/"))["frame-ancestors"] == "'none'"
    file = as_untyped(ContentFile(b"x"), "one.bin")
    assert file.headers["Content-Security-Policy"] == OF_FILES
    image = as_kept(RequestFactory().get("/"), b"x", name="x", content_type="image/png", caching="no-store")
    assert image.headers["Content-Security-Policy"] == OF_FILES


NGINX = (ROOT / "docs" / "operators" / "nginx.conf").read_text()
OF_PROGRAMS = [
    "/api/v1/", "/api/v1/nothing", "/api/v1/export/editions.zip", "/oai", "/open-calls.ics", "/open-calls.atom",
    "/feeds/outcomes.atom", "/feeds/2099.atom", "/feeds/2099/tides.atom", "/feeds/themes/x.atom", "/search/feed",
    "/library/2099/tides/report/cite.bib", "/library/2099/tides/report/editions/1/cite.ris",
    "/library/2099/tides/report/editions/1/linkset.json", "/library/2099/tides/report/editions/1/document.json",
    "/library/2099/tides/report/comments.atom", "/library/2099/tides/report/adoptions.atom",
]  # fmt: skip
OF_PEOPLE = ["/", "/developers/", "/feeds/", "/library/2099/tides/report/", "/admin/", "/oaiii", "/search/?q=a.atom"]


def by_nginx(path: str) -> bool:
    """Whether the server of port 80 refuses it: nginx matches a path without its query."""
    pattern = re.search(r"listen 80;.+?location ~ (\S+) \{\s+return 403;", NGINX, re.DOTALL)
    assert pattern
    return bool(re.search(pattern[1], path.partition("?")[0]))


@pytest.mark.parametrize("address", OF_PROGRAMS)
def test_program_that_asks_without_tls__is_refused_and_not_led_on(address, client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert "Location" not in answer.headers
    assert by_nginx(address)


@pytest.mark.parametrize("address", OF_PEOPLE)
def test_person_who_asks_without_tls__is_led_on(address, client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://testserver{address}")
    assert not by_nginx(address)


def test_every_door__is_known_to_nginx_as_one() -> None:
    doors = [route for route, view in _views(get_resolver()) if is_for_programs(view)]
    assert len(doors) > 20
    known = [PART.sub("7", route) for route in doors if not route.startswith("^")]
    assert [path for path in known if not by_nginx(f"/{path}")] == []


def _views(resolver, above: str = ""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield above + str(entry.pattern), entry.callback
        else:
            yield from _views(entry, above + str(entry.pattern))


def test_addresses_that_are_rights__stand_in_no_log_of_nginx() -> None:
    """Each secret route of the library, filled, is one that the map of nginx.conf cuts; what is public it leaves."""
    pattern = re.search(r"map \$uri \$shown_uri \{\s+~(\S+) /\$kind/-;", NGINX)
    assert pattern
    cut = re.compile(pattern[1].replace("(?<", "(?P<"))
    routes = [PART.sub("Zx-9_", route) for route in secret_routes()]
    assert len(routes) > 15
    assert [route for route in routes if not cut.match(f"/{route}")] == []
    assert [route for route in routes if "Zx-9_" in f"/{cut.match('/' + route)['kind']}/-"] == []
    of_pages = [route for route in routes if not route.startswith("admin/")]
    assert [f"{each}/{route}" for each in LANGUAGES for route in of_pages if not cut.match(f"{each}/{route}")] == []
    attaching = re.search(r"location ~ (\S+/attach/\$) ", NGINX)
    assert attaching
    assert all(re.search(attaching[1], f"{each}/comments/draft/x/attach/") for each in ("", *LANGUAGES))
    for address in (*OF_PROGRAMS, *OF_PEOPLE, "/library/2099/tides/report/comments/7/", "/proposals/thanks/"):
        assert not cut.match(address)
    assert NGINX.count("access_log") == 1
    assert "$request " not in NGINX
    assert "$request_uri" not in NGINX.replace("return 301 https://$host$request_uri;", "")
    assert "$http_referer" not in NGINX
