"""Which engines this installation has. The first answers; the others stand in for it."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.tantivy.engine import TantivyEngine


def names() -> tuple[str, ...]:
    """Of every index of the installation: a change is noted for each. The embedded one stands once on every host."""
    return (*_shared(), *(f"tantivy@{host}" for host in settings.SEARCH_HOSTS)) if settings.SEARCH_HOSTS else here()


def here() -> tuple[str, ...]:
    """Those that this host asks and writes."""
    embedded = f"tantivy@{settings.SEARCH_HOST}" if settings.SEARCH_HOSTS else "tantivy"
    return (*_shared(), embedded)


def _shared() -> tuple[str, ...]:
    return ("elasticsearch",) if settings.ELASTICSEARCH_URL else ()


def all_engines() -> list[Engine]:
    return [get(name) for name in here()]


def get(name: str) -> Engine:
    """The engine of that name. One object a process and place: it keeps what it has open."""
    if name != "elasticsearch":
        return _tantivy(name, str(settings.SEARCH_INDEX_DIR))
    return _elasticsearch(
        tuple(settings.ELASTICSEARCH_URL.split(",")), settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA,
        settings.ELASTICSEARCH_INDEX,
    )  # fmt: skip


@cache
def _tantivy(name: str, folder: str) -> Engine:
    return TantivyEngine(Path(folder) / "tantivy", name)


@cache
def _elasticsearch(urls: tuple[str, ...], api_key: str, ca: str, prefix: str) -> Engine:
    # Here, not above: an installation without a server does not load its client, which every command would wait for.
    from search.engines.elasticsearch.connection import Access, Connection
    from search.engines.elasticsearch.engine import ElasticsearchEngine

    return ElasticsearchEngine(Connection(Access(urls, api_key, ca)), prefix, settings.ELASTICSEARCH_SHARDS)
