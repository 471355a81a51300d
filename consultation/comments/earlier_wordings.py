"""Where the passages of one edition stand in the document's other public editions, and how they were worded there.

Told from public editions alone: the words of a withdrawn one are shown nowhere. Where a person has settled the place
of a comment, that counts before what is found here (`consultation.comments.anchor_mapping`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, cast

from django.core.cache import cache

from editions.comparison.alignment import Alignment, Method, align
from editions.models import Edition, Passage

KEPT_S = 24 * 3600
"""Editions never change, so what is kept is never wrong; a day is how long an unread one takes room."""


@dataclass(frozen=True, slots=True)
class Rewording:
    """One change of a passage between two neighbouring public editions, by their numbers."""

    former: int
    later: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """changes: by anchor, the oldest first; passages that were never reworded are left out.

    places: by the number of another edition, its anchors that are known here and the anchor that each has here.
    """

    changes: dict[str, tuple[Rewording, ...]]
    places: dict[int, dict[str, str]]


def lineage_of(edition: Edition, public: Sequence[Edition]) -> Lineage:
    """public: all public editions of the document, by number. One query, and none where the answer is kept."""
    others = [other for other in public if other.pk != edition.pk]
    if not others:
        return Lineage({}, {})
    names = "|".join(f"{each.identifier}:{each.sha256[:16]}" for each in (edition, *others))
    kept = f"passage-lineage:{sha256(names.encode()).hexdigest()}"
    found = cache.get_or_set(kept, lambda: _lineage(edition, others), timeout=KEPT_S)
    return cast(Lineage, found)


def _lineage(edition: Edition, others: Sequence[Edition]) -> Lineage:
    texts: dict[int, list[Passage]] = defaultdict(list)
    for passage in Passage.objects.filter(edition__in=[edition, *others]).order_by("edition", "ordinal"):
        texts[passage.edition_id].append(passage)
    here = texts[edition.pk]
    wordings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    places = {}
    for other in others:
        if other.number < edition.number:
            alignment: Alignment[Any] = align(texts[other.pk], here)  # type: ignore[type-var]  # see anchor_mapping
            places[other.number] = {link.old.anchor: link.new.anchor for link in alignment.links if link.new}
            for anchor, text in _former_texts(alignment).items():
                wordings[anchor].append((other.number, text))
        else:
            alignment = align(here, texts[other.pk])  # type: ignore[type-var]
            places[other.number] = {link.new.anchor: link.old.anchor for link in alignment.links if link.new}
    changes = {}
    for passage in here:
        known = [*sorted(wordings[passage.anchor]), (edition.number, passage.text)]
        steps = tuple(
            Rewording(former, later, before, after)
            for (former, before), (later, after) in pairwise(known)
            if before != after
        )
        if steps:
            changes[passage.anchor] = steps
    return Lineage(changes, places)


def _former_texts(alignment: "Alignment[Any]") -> dict[str, str]:
    """The text that each passage had: of several that were merged into one, the one that it is a rewording of."""
    found: dict[str, str] = {}
    for link in alignment.links:
        if link.new is not None and (link.method != Method.MERGED or link.new.anchor not in found):
            found[link.new.anchor] = link.old.text
    return found
