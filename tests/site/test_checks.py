"""Settings that name half of a thing are refused at start, with what to set, and without telling a secret."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from environ import Env

from bpf_site import checks
from bpf_site.settings.base import cache_at
from bpf_site.settings.environment import DATA
from search.engines import registry as engines
from search.indexing.models import IndexChange

BUCKET = {"S3_BUCKET": "library-of-2099"}
SERVER = {"ELASTICSEARCH_URL": "https://one:9200"}
HOSTS = {"SEARCH_HOSTS": ["a", "b"], "SEARCH_HOST": "a"}
SHARED_CACHE = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
POSTGRESQL = {"default": {"ENGINE": "django.db.backends.postgresql"}}
MAIL = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}
WELL = {**HOSTS, "DATABASES": POSTGRESQL, "CACHES": SHARED_CACHE, "MEDIA_ROOT": "/srv/m", "PRIVATE_ROOT": "/srv/p"}


def database(host: str, sslmode: str = "") -> dict[str, Any]:
    options = {"sslmode": sslmode} if sslmode else {}
    return {"DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": host, "OPTIONS": options}}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"S3_SECRET_KEY": "hush"}, "S3_SECRET_KEY is set, but no S3_BUCKET"),
        (BUCKET | {"S3_ACCESS_KEY": "hush"}, "belong together"),
        (BUCKET | {"S3_SECRET_KEY": "hush"}, "belong together"),
        (BUCKET | {"S3_ENDPOINT": "objects.example.org"}, "S3_ENDPOINT must be an address"),
        ({"ELASTICSEARCH_API_KEY": "hush"}, "ELASTICSEARCH_API_KEY is set, but no ELASTICSEARCH_URL"),
        ({"ELASTICSEARCH_URL": "https://one:9200,two:9200"}, "not 'two:9200'"),
        (
            {"ELASTICSEARCH_URL": "https://me:hush@one:9200", "ELASTICSEARCH_API_KEY": "hush"},
            "sign in one way only",
        ),
        (SERVER | {"ELASTICSEARCH_CA": "/no/such/file.pem"}, "names no file"),
        ({"SEARCH_HOST": "a"}, "name every host"),
        (WELL | {"SEARCH_HOST": "c"}, "one of SEARCH_HOSTS"),
        (WELL | {"SEARCH_HOSTS": ["a", "library-one.example.org"]}, "more than 22 letters"),
        (WELL | {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}}, "set DATABASE_URL"),
        (WELL | {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}, "set CACHE_URL"),
        (WELL | {"PRIVATE_ROOT": DATA / "private"}, "files lie in BPF_DATA"),
        ({"SEAL_KEY": "/no/key.pem"}, "SEAL_KEY is set alone"),
        ({"SEAL_TIMESTAMP_URL": "https://time.example.org/"}, "no SEAL_CERTIFICATE"),
        ({"SEAL_CERTIFICATE": __file__, "SEAL_KEY": "/no/key.pem"}, "which is no file"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.cache"}, "sessions.backends.cached_db"),
    ],
)
def test_half_of_a_setting__is_refused_with_what_to_set(settings: Any, changed: dict[str, Any], said: str) -> None:
    (found,) = messages(settings, changed)
    assert said in found
    assert "hush" not in found


@pytest.mark.parametrize(
    "changed",
    [
        {},
        BUCKET,
        BUCKET | {"S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b", "S3_ENDPOINT": "http://127.0.0.1:9000"},
        SERVER | {"ELASTICSEARCH_API_KEY": "a"},
        WELL,
        WELL | BUCKET | {"PRIVATE_ROOT": DATA / "private"},
    ],
)
def test_settings_that_fit_together__pass(settings: Any, changed: dict[str, Any]) -> None:
    assert messages(settings, changed) == []


@pytest.mark.parametrize(
    ("changed", "package"),
    [
        (BUCKET, "requirements-s3.txt"),
        ({"CACHES": {"default": cache_at("redis://one:6379")}}, "requirements-redis.txt"),
    ],
)
def test_what_needs_a_package__is_refused_without_it_with_what_to_install(
    settings: Any, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], package: str
) -> None:
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    assert [f"install {package}" in said for said in messages(settings, changed)] == [True]


def test_the_longest_name_of_a_host__is_what_a_row_can_hold(settings: Any) -> None:
    settings.SEARCH_HOSTS = [(longest := "a" * checks.LONGEST_HOST)]
    assert f"tantivy@{longest}" in engines.names()
    assert max(map(len, engines.names())) == IndexChange._meta.get_field("engine").max_length


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (MAIL | {"EMAIL_HOST": "mail.example.org"}, ["EMAIL_URL"]),
        (MAIL | {"EMAIL_HOST": "localhost"}, []),
        (MAIL | {"EMAIL_HOST": "mail.example.org", "EMAIL_USE_TLS": True}, []),
        (MAIL | {"EMAIL_HOST": "mail.example.org", "EMAIL_USE_SSL": True}, []),
        (database("db.example.org"), ["DATABASE_URL"]),
        (database("db.example.org", "prefer"), ["DATABASE_URL"]),
        (database("db.example.org", "verify-full"), []),
        (database("/run/postgresql"), []),
        (database(""), []),
        ({"CACHES": {"default": cache_at("redis://:hush@cache.example.org:6379")}}, ["CACHE_URL"]),
        ({"CACHES": {"default": cache_at("rediss://:hush@cache.example.org:6379")}}, []),
        ({"CACHES": {"default": cache_at("redis://127.0.0.1:6379")}}, []),
        ({"ELASTICSEARCH_URL": "https://one:9200,http://me:hush@two:9200"}, ["ELASTICSEARCH_URL"]),
        ({"ELASTICSEARCH_URL": "http://127.0.0.1:9200"}, []),
        ({"S3_ENDPOINT": "http://objects.example.org"}, ["S3_ENDPOINT"]),
        ({}, []),
    ],
)
def test_connection_to_another_machine_without_tls__is_told_at_deployment(
    settings: Any, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], said: list[str]
) -> None:
    for name, value in changed.items():
        if name == "DATABASES":
            monkeypatch.setitem(settings.DATABASES, "default", value["default"])
        else:
            setattr(settings, name, value)
    found = [str(each.msg) for each in checks.connections_are_encrypted()]
    assert [each.split()[0] for each in found] == said
    assert "hush" not in str(found)
    assert {each.id for each in checks.connections_are_encrypted()} <= {"bpf.W018"}


def test_example_of_the_manual__is_encrypted() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operators" / "running.md").read_text()
    example = re.search(r"\| `EMAIL_URL` \| console \| `(\S+)`", text)
    assert example
    assert Env.email_url_config(example[1])["EMAIL_USE_TLS"]


def messages(settings: Any, changed: dict[str, Any]) -> list[str]:
    if "DATABASES" in changed:  # Django warns where connections are reconfigured; only the check reads it here
        changed = dict(changed)
        settings._wrapped.DATABASES = changed.pop("DATABASES")
    for name, value in changed.items():
        setattr(settings, name, value)
    return [
        str(found.msg)
        for check in (
            checks.object_store_is_whole,
            checks.seal_is_whole,
            checks.search_server_is_whole,
            checks.cache_can_be_reached,
            checks.hosts_share_what_they_must,
        )
        for found in check()
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS holds *"),
        ({"ALLOWED_HOSTS": [".org"]}, "ALLOWED_HOSTS holds .org"),
        ({"ALLOWED_HOSTS": [".example.org"]}, ""),
        ({"ALLOWED_HOSTS": ["other.example"]}, "names a host that ALLOWED_HOSTS does not"),
        ({"WAGTAILADMIN_BASE_URL": "http://library.example.org"}, "does not begin with https://"),
        ({"WAGTAILADMIN_BASE_URL": "https://library.example.org:8443/"}, ""),
        ({"WAGTAILADMIN_BASE_URL": "https://library.example.org/library"}, "a host and nothing else"),
        ({"WAGTAILADMIN_BASE_URL": "https://me:hush@library.example.org"}, "a host and nothing else"),
        ({"WAGTAILADMIN_BASE_URL": "https://"}, "a host and nothing else"),
        ({"WAGTAILADMIN_BASE_URL": "https://[library"}, "a host and nothing else"),
        ({"SECRET_KEY": "hush"}, "SECRET_KEY has fewer than 32 signs"),
    ],
)
def test_unsafe_setting_of_a_public_site__is_an_error_with_every_command(settings, changed, said) -> None:
    fit = {
        "SECURE_SSL_REDIRECT": True, "ALLOWED_HOSTS": ["library.example.org"], "SECRET_KEY": "a" * 32,
        "WAGTAILADMIN_BASE_URL": "https://library.example.org",
    }  # fmt: skip
    for name, value in (fit | changed).items():
        setattr(settings, name, value)
    found = [each.msg for each in checks.addresses_are_those_of_a_public_site()]
    assert len(found) == bool(said)
    assert said in "".join(found)
    assert "hush" not in "".join(found)


def test_mails_that_would_not_leave__and_a_contact_nobody_can_follow__are_told_at_deployment(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "stand in the log" in checks.mails_leave()[0].msg
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert checks.mails_leave() == []
    settings.PRIVACY_CONTACT, settings.SECURITY_CONTACT = "a@example.org", "security@example.org"
    assert "put mailto: before" in checks.people_know_whom_to_ask()[0].msg
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    assert checks.people_know_whom_to_ask() == []


@pytest.mark.django_db
def test_connections__on_postgresql__compile_no_query_and_wait_no_longer_for_a_lock_than_is_said() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a setting of PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("off", f"{settings.WRITE_LOCK_SECONDS}s")
