"""System checks: settings that name half of a thing, or contradict each other, are refused at start."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.http.request import validate_host

from bpf_site.settings.environment import DATA
from gate import client_address

S3_OTHERS = ("S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY")
SEARCH_OTHERS = ("ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA")
LONGEST_HOST = 22  # letters: "tantivy@" and it are kept in 30 (search.IndexChange)
SHORTEST_KEY = 32
SCALING = "docs/scaling.md lists what belongs together."
PROXIES = "docs/operators/running.md, “Behind a proxy”, has examples."
OPERATORS = "docs/operators/running.md lists the settings."


@register()
def object_store_is_whole(**kwargs: Any) -> list[CheckMessage]:
    return [Error(said, SCALING, id="bpf.E010") for said in _object_store()]


def _object_store() -> Iterator[str]:
    if not settings.S3_BUCKET:
        if stray := _set(S3_OTHERS):
            yield f"{stray} is set, but no S3_BUCKET: files would be kept on this machine."
        return
    if find_spec("storages") is None or find_spec("boto3") is None:
        yield "S3_BUCKET is set, but django-storages is missing: install requirements-s3.txt."
    if bool(settings.S3_ACCESS_KEY) != bool(settings.S3_SECRET_KEY):
        yield "S3_ACCESS_KEY and S3_SECRET_KEY belong together: set both, or neither for the role of the machine."
    if settings.S3_ENDPOINT and not settings.S3_ENDPOINT.startswith(("https://", "http://")):
        yield "S3_ENDPOINT must be an address such as https://objects.example.org."


@register()
def search_server_is_whole(**kwargs: Any) -> list[CheckMessage]:
    return [Error(said, SCALING, id="bpf.E011") for said in _search_server()]


def _search_server() -> Iterator[str]:
    if not settings.ELASTICSEARCH_URL:
        if stray := _set(SEARCH_OTHERS):
            yield f"{stray} is set, but no ELASTICSEARCH_URL: the embedded engine would answer."
        return
    for url in settings.ELASTICSEARCH_URL.split(","):
        if not url.startswith(("https://", "http://")):
            yield f"ELASTICSEARCH_URL must hold addresses such as https://node:9200, separated by commas, not {url!r}."
    if settings.ELASTICSEARCH_API_KEY and "@" in settings.ELASTICSEARCH_URL:
        yield "ELASTICSEARCH_URL names a user and ELASTICSEARCH_API_KEY is set: sign in one way only."
    if settings.ELASTICSEARCH_CA and not Path(settings.ELASTICSEARCH_CA).is_file():
        yield "ELASTICSEARCH_CA names no file on this machine."


@register()
def cache_can_be_reached(**kwargs: Any) -> list[CheckMessage]:
    return [Error(said, SCALING, id="bpf.E013") for said in _cache()]


def _cache() -> Iterator[str]:
    if settings.CACHES["default"]["BACKEND"].endswith("SharedCache") and find_spec("redis") is None:
        yield "CACHE_URL names a Redis, but the package is missing: install requirements-redis.txt."
    if settings.SESSION_ENGINE == "django.contrib.sessions.backends.cache":
        yield "SESSION_ENGINE keeps sessions in the cache alone: choose django.contrib.sessions.backends.cached_db."


@register()
def proxies_are_named(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"TRUSTED_PROXIES holds {part!r}: give one number, or networks such as 10.0.0.0/8.", PROXIES, id="bpf.E014"
        )
        for part in client_address.faults(settings.TRUSTED_PROXIES)
    ]


@register(Tags.security, deploy=True)
def a_proxy_is_trusted(**kwargs: Any) -> list[CheckMessage]:
    """TLS ends at a proxy: without its name all the world is one client, and shares every limit."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.TRUSTED_PROXIES:
        return []
    said = "A proxy answers for this site (SECURE_PROXY_SSL_HEADER), but TRUSTED_PROXIES names none."
    return [Warning(said, PROXIES, id="bpf.W015")]


@register(Tags.security)
def addresses_are_those_of_a_public_site(**kwargs: Any) -> list[CheckMessage]:
    """With every command, as `migrate`: not everybody asks for the check of a deployment."""
    if not settings.SECURE_SSL_REDIRECT:  # an instance on one machine
        return []
    return [Error(said, OPERATORS, id="bpf.E016") for said in _public_addresses()]


@register()
def seal_is_whole(**kwargs: Any) -> list[CheckMessage]:
    named = {
        name: Path(getattr(settings, name)) for name in ("SEAL_CERTIFICATE", "SEAL_KEY") if getattr(settings, name)
    }
    if len(named) == 1:
        said = [f"{next(iter(named))} is set alone: a seal needs SEAL_CERTIFICATE and SEAL_KEY."]
    else:
        said = [f"{name} names {path}, which is no file." for name, path in named.items() if not path.is_file()]
    if settings.SEAL_TIMESTAMP_URL and not named:
        said.append("SEAL_TIMESTAMP_URL is set, but no SEAL_CERTIFICATE: nothing is sealed.")
    return [Error(each, OPERATORS, id="bpf.E019") for each in said]


@register(Tags.security, deploy=True)
def people_know_whom_to_ask(**kwargs: Any) -> list[CheckMessage]:
    wanted = {
        "SECURITY_CONTACT": "whoever finds a hole learns from no address whom to tell",
        "PRIVACY_CONTACT": "the privacy page names nobody to ask for one's data",
    }
    missing = [(name, said) for name, said in wanted.items() if not getattr(settings, name)]
    found = [f"{name} is empty: {said}." for name, said in missing]
    if settings.SECURITY_CONTACT and not settings.SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
        found.append(
            "SECURITY_CONTACT is no address as security.txt wants it (RFC 9116): put mailto: before a mail address."
        )
    return [Warning(said, OPERATORS, id="bpf.W017") for said in found]


@register(Tags.security, deploy=True)
def mails_leave(**kwargs: Any) -> list[CheckMessage]:
    kind = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if kind not in {"console", "dummy", "locmem"}:
        return []
    where = "stand in the log, with links that open what they name" if kind == "console" else "go nowhere"
    return [Warning(f"EMAIL_URL names no mail server: mails {where}.", OPERATORS, id="bpf.W020")]


@register(Tags.security, deploy=True)
def connections_are_encrypted(**kwargs: Any) -> list[CheckMessage]:
    return [Warning(f"{said}: whoever is on the way reads it.", OPERATORS, id="bpf.W018") for said in _readable()]


def _readable() -> Iterator[str]:
    """Connections to other machines without TLS. Addresses may hold passwords: none is said."""
    is_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    if is_smtp and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL) and not _is_here(settings.EMAIL_HOST):
        yield "EMAIL_URL begins with smtp://, not with smtp+tls:// or smtp+ssl://"
    database = settings.DATABASES["default"]
    sure = database.get("OPTIONS", {}).get("sslmode") in {"require", "verify-ca", "verify-full"}
    if database["ENGINE"].endswith("postgresql") and not sure and not _is_here(database.get("HOST", "")):
        yield "DATABASE_URL names another host without ?sslmode=verify-full"
    addresses = {
        "CACHE_URL": settings.CACHES["default"].get("LOCATION", ""),
        "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL.split(","),
        "S3_ENDPOINT": settings.S3_ENDPOINT,
    }
    for name, given in addresses.items():
        urls = [urlsplit(str(url).strip()) for url in (given if isinstance(given, list | tuple) else [given])]
        if any(url.scheme in {"http", "redis"} and not _is_here(url.hostname or "") for url in urls):
            yield f"{name} names another host without TLS (https://, rediss://)"


def _is_here(host: str) -> bool:
    """This machine, or a socket of it."""
    return host in {"", "localhost", "127.0.0.1", "::1"} or host.startswith("/")


def _public_addresses() -> Iterator[str]:
    for host in settings.ALLOWED_HOSTS:
        if host == "*" or (host.startswith(".") and "." not in host[1:]):
            yield f"ALLOWED_HOSTS holds {host}: anybody could make links to another host. Name the hosts of the site."
    yield from _base_url(settings.WAGTAILADMIN_BASE_URL)
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield f"SECRET_KEY has fewer than {SHORTEST_KEY} signs: whoever guesses it signs in as anybody. Draw a new one."


def _base_url(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], path="").geturl()
        is_bare = parts.path in {"", "/"} and address.rstrip("/") == bare
    except ValueError:
        host, is_bare = "", False
    if not address.startswith("https://"):
        yield "BASE_URL does not begin with https://: it is printed, mailed and cited as it stands."
    elif not host or not is_bare:
        yield "BASE_URL must be https://, a host and nothing else: addresses of pages are put behind it."
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        yield "BASE_URL names a host that ALLOWED_HOSTS does not: the links of mails would lead to somebody else."


@register()
def hosts_share_what_they_must(**kwargs: Any) -> list[CheckMessage]:
    return [Error(said, SCALING, id="bpf.E012") for said in _hosts()]


def _hosts() -> Iterator[str]:
    """What several web hosts may not keep each for itself."""
    if not settings.SEARCH_HOSTS:
        if settings.SEARCH_HOST:
            yield "SEARCH_HOST is set, but not SEARCH_HOSTS: name every host there."
        return
    if settings.SEARCH_HOST not in settings.SEARCH_HOSTS:
        yield "SEARCH_HOST must be one of SEARCH_HOSTS: the name of this machine."
    if any(len(host) > LONGEST_HOST for host in settings.SEARCH_HOSTS):
        yield f"SEARCH_HOSTS holds a name of more than {LONGEST_HOST} letters: choose short ones, for use here only."
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        yield "SEARCH_HOSTS is set, but the database is SQLite, which stands on one machine: set DATABASE_URL."
    if settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        yield "SEARCH_HOSTS is set, but each process has a cache of its own: set CACHE_URL."
    if not settings.S3_BUCKET and any(
        DATA in Path(folder).resolve().parents for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT)
    ):
        yield "SEARCH_HOSTS is set, but files lie in BPF_DATA: set S3_BUCKET, or MEDIA_ROOT and PRIVATE_ROOT."


def _set(names: tuple[str, ...]) -> str:
    """Names of those that have a value, as a list in a sentence. Never their values."""
    return ", ".join(name for name in names if getattr(settings, name))
