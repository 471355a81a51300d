"""Carry targets from the edition they were written on to later ones. Unsure ones go to a queue, none is dropped."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.db import transaction

from consultation.comments.models import Mapping, Target
from consultation.vocabulary import Method
from editions.comparison.alignment import Alignment, align
from editions.models import Edition, Passage


def follow_publication(sender: Any, edition: Edition, **kwargs: Any) -> None:
    """Receiver of editions.signals.edition_published."""
    map_targets(edition)


@transaction.atomic(savepoint=False)
def map_targets(edition: Edition) -> int:
    """Map every target of earlier editions of the same document to this one. Returns how many rows were written.

    Goes from the target's own edition directly, and checks the answer against the way over the editions between:
    where the two disagree, a person decides. What a person confirmed is never touched. Idempotent.
    """
    if edition.number == 1:
        return 0
    earlier = {"passage__edition__series": edition.series, "passage__edition__number__lt": edition.number}
    targets = Target.objects.filter(**earlier).select_related("passage").order_by("passage__edition__number", "pk")
    if not (known := list(targets)):
        return 0
    confirmed = Mapping.objects.filter(edition=edition, confirmed_at__isnull=False).values_list("target", flat=True)
    settled = set(confirmed)
    pending = [target for target in known if target.pk not in settled]
    later = list(edition.passages.all())
    by_edition = {former: list(group) for former, group in groupby(pending, _edition_of)}
    formers = Edition.objects.defer("document").in_bulk(by_edition)
    return sum(_map_from(formers[former], edition, later, group) for former, group in by_edition.items())


def _edition_of(target: Target) -> int:
    return target.passage.edition_id  # type: ignore[union-attr]  # asked of targets with a passage only


def _map_from(former: Edition, edition: Edition, later: Sequence[Passage], targets: Sequence[Target]) -> int:
    alignment = _align(former, later)
    between = _way_between(former, edition, targets, later)
    rows = []
    for target in targets:
        link = alignment.find(target.passage.key) if target.passage else None
        if link is None:
            continue
        doubt = ""
        roundabout = between.get(target.pk)
        if link.new is not None and roundabout not in (None, link.new.pk):
            doubt = "the editions between lead elsewhere"
        rows.append(
            Mapping(
                target=target,
                edition=edition,
                passage=link.new,
                candidate=link.candidate,
                method=Method(link.method),
                score=round(link.score, 4),
                doubt=doubt,
            )
        )
    Mapping.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["target", "edition"],
        update_fields=["passage", "candidate", "method", "score", "doubt"],
    )
    return len(rows)


def _align(former: Edition, later: Sequence[Passage]) -> "Alignment[Any]":
    return align(list(former.passages.all()), later)  # type: ignore[type-var]  # inside an import cycle mypy loses it


def _way_between(
    former: Edition,
    edition: Edition,
    targets: Sequence[Target],
    later: Sequence[Passage],
) -> dict[int, int]:
    """Target -> passage of `edition`, over the last edition before it in which the target's place is known."""
    before = (
        Edition.objects.filter(series=edition.series, number__lt=edition.number, number__gt=former.number)
        .order_by("-number")
        .first()
    )
    if before is None:
        return {}
    known = {
        mapping.target_id: mapping.passage
        for mapping in Mapping.objects.filter(edition=before, target__in=targets, passage__isnull=False).select_related(
            "passage"
        )
    }
    onwards = _align(before, later)
    way = {}
    for target_id, passage in known.items():
        link = onwards.find(passage.key) if passage else None
        if link is not None and link.new is not None:
            way[target_id] = link.new.pk
    return way


@transaction.atomic
def settle(mapping: Mapping, passage: Passage | None, user: Any, now: datetime) -> Mapping:
    """A person says where the target stands in the later edition, or (None) that it is gone. Final."""
    mapping = Mapping.objects.select_for_update().get(pk=mapping.pk)
    if passage is not None and passage.edition_id != mapping.edition_id:
        raise ValueError(passage)
    mapping.passage = passage
    mapping.method = Method.MANUAL
    mapping.doubt = ""
    mapping.confirmed_by = user
    mapping.confirmed_at = now
    mapping.save(update_fields=["passage", "method", "doubt", "confirmed_by", "confirmed_at"])
    return mapping


def touched_keys(former: Edition, later: Edition) -> frozenset[str]:
    """Keys of the former edition's passages that the later one changed; see editions.comparison.alignment.

    Editions never change, so the answer is kept under the two hashes.
    """
    kept = cache.get_or_set(
        f"touched:{former.sha256}:{later.sha256}",
        lambda: _align(former, list(later.passages.all())).touched,
        timeout=3600,
    )
    return frozenset(kept or ())


def touches_target(targets: Iterable[Target], former: Edition, later: Edition, touched: frozenset[str]) -> bool:
    """Whether the later edition changed anything a comment is about. A section counts with everything below it."""
    for target in targets:
        passage = target.passage
        if passage is None:
            if touched:
                return True
        elif passage.key in touched or (not passage.number and touched.intersection(_below(former, passage))):
            return True
    return False


def _below(edition: Edition, heading: Passage) -> set[str]:
    """Keys of the passages under a heading."""
    trail = [*heading.path, heading.text]
    return {
        passage.key
        for passage in edition.passages.filter(ordinal__gt=heading.ordinal)
        if passage.path[: len(trail)] == trail
    }
