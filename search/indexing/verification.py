"""Whether the indexes say what the database says, of every edition and every place in it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import LEVELS, Engine, NoIndex, Request, Unavailable
from search.indexing.models import IndexChange
from search.indexing.rebuild import rebuild
from search.indexing.records import records_of
from search.query.tree import Everything

READ_AT_ONCE = 200  # editions


def findings() -> Iterator[str]:
    """One sentence per fault: an index that cannot be read, editions missing from it, left in it or told otherwise
    there. None = sound. What waits for the next tick is no fault."""
    waiting = set(IndexChange.objects.waiting().values_list("edition", flat=True))
    public = sums(_published())
    for engine in engines.all_engines():
        try:
            held = sums(_held(engine))
        except Unavailable as error:
            mend = "mend it with rebuild_index" if isinstance(error, NoIndex) else "look again when it answers"
            yield f"the index {engine.name} cannot be read ({error.reason}); {mend}"
            continue
        for key in sorted((public.keys() | held.keys()) - waiting):
            if fault := _fault(public.get(key), held.get(key)):
                yield fault % {"key": key, "engine": engine.name}


def _fault(public: int | None, held: int | None) -> str:
    if held is None:
        return "%(key)s is missing from the index %(engine)s"
    if public is None:
        return "%(key)s is in the index %(engine)s but not public"
    return "" if public == held else "%(key)s has other places in the index %(engine)s; mend it with rebuild_index"


def sums(cards: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Edition to the sum of the hashes of its cards: equal where all of them are, in whatever order they came."""
    found: Counter[str] = Counter()
    for card in cards:
        text = json.dumps(card, ensure_ascii=False, sort_keys=True)
        found[card["edition"]] += int.from_bytes(hashlib.sha256(text.encode()).digest())
    return found


def _published() -> Iterator[Mapping[str, Any]]:
    for edition in Edition.objects.public().order_by("pk").iterator(chunk_size=READ_AT_ONCE):
        yield from (record.card for record in records_of(edition))


def _held(engine: Engine) -> Iterator[Mapping[str, Any]]:
    for level in LEVELS:
        yield from (hit.card for hit in engine.each(Request(Everything(), {"level": (level,)})))


def mend() -> Iterator[str]:
    """Build the index anew, beside the old one, from what is public."""
    yield f"the index was built anew with {rebuild(resume=False)} editions"
