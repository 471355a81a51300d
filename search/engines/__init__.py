"""Which engines this installation has. The first answers; the others stand in for it."""

from functools import cache
from pathlib import Path

from django.conf import settings

from search.engines.base import Engine
from search.engines.tantivy import TantivyEngine


def names() -> tuple[str, ...]:
    return ("tantivy",)


def all_engines() -> list[Engine]:
    return [get(name) for name in names()]


def get(name: str) -> Engine:
    """The engine of that name. One object a process and index folder: it keeps what it has open."""
    return _make(name, str(settings.SEARCH_INDEX_DIR))


@cache
def _make(name: str, folder: str) -> Engine:
    makers = {"tantivy": lambda: TantivyEngine(Path(folder) / "tantivy")}
    return makers[name]()
