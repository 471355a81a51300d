"""Whether the indexes say what the database says."""

from collections.abc import Iterator

from editions.models import Edition
from search import engines
from search.engines.base import WHOLE, Engine, Request, Unavailable
from search.models import IndexChange
from search.tree import Everything


def findings() -> Iterator[str]:
    """One sentence per fault: an index that cannot be read, editions missing from it or left in it. None = sound."""
    waiting = set(IndexChange.objects.waiting().values_list("edition", flat=True))
    public = set(Edition.objects.public().values_list("identifier", flat=True))
    for engine in engines.all_engines():
        try:
            held = set(_held(engine))
        except Unavailable as error:
            yield f"the index {engine.name} cannot be read ({error.reason}); mend it with rebuild_index"
            continue
        yield from (f"{key} is missing from the index {engine.name}" for key in sorted(public - held - waiting))
        yield from (f"{key} is in the index {engine.name} but not public" for key in sorted(held - public - waiting))


def _held(engine: Engine) -> Iterator[str]:
    return (hit.key for hit in engine.each(Request(Everything(), {"level": (WHOLE,)})))
