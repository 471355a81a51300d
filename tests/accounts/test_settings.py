"""Settings of sign-in: cookies of a public installation, and passwords that are made by the library itself."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.password_validation import ValidationError, validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from bpf_site.operations.first_account import ensure_editor
from bpf_site.operations.scheduler import forget_sessions
from bpf_site.settings import environment
from tests.factories import UserFactory
from tests.load.server import ROOT

SCRIPT = """
import json
from django.conf import settings as s
print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,
                  s.SESSION_COOKIE_AGE, s.TWO_FACTOR_REQUIRED]))
"""


def production(tmp_path, script: str = SCRIPT, **more: str) -> Any:
    values = {
        "DJANGO_SETTINGS_MODULE": "bpf_site.settings.production", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "BPF_DATA": str(tmp_path), "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "library.example",
        "BASE_URL": "https://library.example", "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script], env=values | more, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_production__keeps_sessions_from_scripts_and_plain_http__and_asks_two_factors_of_the_secretariat(tmp_path):
    week = 7 * 24 * 3600
    assert production(tmp_path) == [True, True, True, "Lax", week, ["secretariat"]]
    assert production(tmp_path, TWO_FACTOR_REQUIRED="")[-1] == []
    assert production(tmp_path, TWO_FACTOR_REQUIRED="secretariat,facilitator")[-1] == ["secretariat", "facilitator"]


COOKIES = """
import json, django
django.setup()
from django.conf import settings as s
from django.test import Client
from django.urls import reverse
client = Client(HTTP_HOST="library.example", secure=True)
s.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
answer = client.post(reverse("set_language"), {"language": "fr", "next": "/"}, secure=True)
from django.http import HttpResponse
from django.test import RequestFactory
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.contrib.sessions.middleware import SessionMiddleware
def view(request):
    request.session["a"] = 1
    get_token(request)
    return HttpResponse()
request = RequestFactory().get("/", secure=True, HTTP_HOST="library.example")
other = SessionMiddleware(CsrfViewMiddleware(view))(request)
from gate import known_browsers
known_browsers.remember(other, "ada")
print(json.dumps({name: [bool(m["secure"]), bool(m["httponly"]), m["path"], m["domain"]]
                  for each in (answer, other) for name, m in each.cookies.items()}))
"""


def test_production__names_each_cookie_so_that_no_neighbouring_host_can_set_it(tmp_path) -> None:
    """RFC 6265bis, 4.1.3.2: a browser takes a name with __Host- only with Secure, the path / and no domain."""
    whole = [True, True, "/", ""]
    names = ("__Host-language", "__Host-session", "__Host-csrf", "__Host-browser")
    assert production(tmp_path, COOKIES) == dict.fromkeys(names, whole)


@pytest.mark.django_db
def test_token_of_forms__is_known_to_scripts_of_the_admin_by_its_page(client) -> None:
    """The cookie cannot be read by scripts, so Wagtail's must find the token elsewhere."""
    client.force_login(UserFactory(is_superuser=True))
    page = client.get("/admin/")
    assert page.cookies["csrftoken"]["httponly"]
    config = json.loads(re.search(r'id="wagtail-config"[^>]*>(.+?)</script>', page.content.decode())[1])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    sent = {"HTTP_X_CSRFTOKEN": config["CSRF_TOKEN"]}
    assert strict.post("/admin/account/second-factor/recovery-codes/", **sent).status_code == 302
    assert strict.post("/admin/account/second-factor/recovery-codes/").status_code == 403


@pytest.mark.django_db
def test_password_made_by_the_library__is_one_it_takes(settings, tmp_path, monkeypatch) -> None:
    settings.EDITOR_NAME, settings.EDITOR_PASSWORD = "editor", ""
    validate_password(ensure_editor())
    monkeypatch.setattr(environment, "SECRETS", tmp_path / "secrets.env")
    monkeypatch.setattr(environment, "env", SimpleNamespace(ENVIRON={}, read_env=lambda path: None))
    environment.write_local_secrets()
    written = dict(line.split("=", 1) for line in environment.SECRETS.read_text().split())
    validate_password(written["EDITOR_PASSWORD"])
    for short in ("eleven lett", "password1234", "qwertyuiop12"[:11]):
        with pytest.raises(ValidationError):
            validate_password(short)


@pytest.mark.django_db
def test_ended_sessions__are_forgotten() -> None:
    for seconds in (-60, 60):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.create()
    assert forget_sessions(timezone.now()) == 1
    assert Session.objects.count() == 1
