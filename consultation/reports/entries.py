"""The comments of a report, in words and in the order of the text.

What is shown is the report's own data (`consultation.reports.services`); the tables and files have all of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from consultation.reports.services import UNANSWERED, Content, standing_words
from consultation.reports.tables import outcome_name
from consultation.vocabulary import (
    AWAITING,
    Channel,
    Kind,
    Moderation,
    Outcome,
    Region,
    Scope,
    StakeholderGroup,
    Verdict,
)
from editions.models import Edition, Passage

LONG = 400
"""Signs from which the words of a comment are folded after their beginning."""
DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Place:
    """What a comment is about, in the edition it was written on. value: as the filter names it; text: "" where that
    edition is not public any more; order: by edition and place in it, the whole document first."""

    value: str
    label: str
    address: str = ""
    section: str = ""
    text: str = ""
    language: str = ""
    order: tuple[int, int] = (0, -1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment of the report, in the reader's language. verdict: "" while the commenter has said nothing."""

    number: int
    parent: int | None
    address: str
    name: str
    received: datetime
    facts: tuple[str, ...]
    places: tuple[Place, ...]
    text: str
    proposed: str
    rationale: str
    language: str
    standing: str
    outcome: str
    answer: str
    response: str
    addressed_in: str
    compare: str
    duplicate_of: int | None
    verdict: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG

    @property
    def beginning(self) -> str:
        return self.text[:LONG].rsplit(" ", 1)[0] + "…" if self.is_long else self.text


def outcome_of(row: Mapping[str, Any]) -> str:
    if row["outcome"]:
        return str(row["outcome"])
    return Outcome.WITHDRAWN if row["standing"] == Moderation.WITHDRAWN else UNANSWERED


def places_of(content: Content, series: str) -> dict[tuple[str, str], Place]:
    """Every place that the report names, by identifier of the edition and anchor. Two queries."""
    named = {(row["edition"], anchor) for row in content.data["comments"] for anchor in row["targets"]}
    editions = {each.identifier: each for each in Edition.objects.filter(series=series).defer("document", "metadata")}
    wanted = Passage.objects.filter(edition__series=series, anchor__in={anchor for _edition, anchor in named})
    passages = {
        (each.edition_id, each.anchor): each
        for each in wanted.only("edition", "anchor", "ordinal", "number", "path", "text", "language")
    }
    found = {}
    for identifier, anchor in named:
        edition = editions.get(identifier)
        passage = passages.get((edition.pk, anchor)) if edition else None
        found[identifier, anchor] = _place(edition, anchor, passage)
    return found


def _place(edition: Edition | None, anchor: str, passage: Passage | None) -> Place:
    if anchor == DOCUMENT or edition is None:
        return Place(DOCUMENT, str(Scope.DOCUMENT.label))
    name = f"¶ {anchor[1:]}" if anchor.startswith("p") else f"§ {anchor[1:]}"
    label = _("%(place)s of edition %(number)s") % {"place": name, "number": edition.number}
    value = f"{edition.number}-{anchor}"
    if passage is None or not edition.is_public:
        return Place(value, label, order=(edition.number, 10**6))
    address = f"{edition.permanent_address}#{anchor}"
    section = passage.path[-1] if passage.path else ""
    order = (edition.number, passage.ordinal)
    return Place(value, label, address, section, passage.text, passage.language, order)


def entries_of(content: Content, edition: Edition, places: Mapping[tuple[str, str], Place]) -> list[Entry]:
    """All entries in the order of the text; a reply follows the comment that it replies to."""
    entries = [
        _entry(row, content.texts.get(str(row["number"]), {}), edition, places) for row in content.data["comments"]
    ]
    by_number = {entry.number: entry for entry in entries}

    def order(entry: Entry) -> tuple[tuple[int, int], int, int]:
        first = by_number.get(entry.parent or 0, entry)
        return (first.places[0].order if first.places else (0, -1)), first.number, entry.number

    return sorted(entries, key=order)


def _entry(
    row: Mapping[str, Any], words: Mapping[str, str], edition: Edition, places: Mapping[tuple[str, str], Place]
) -> Entry:
    facts = [str(StakeholderGroup(row["group"]).label)] if row["group"] != StakeholderGroup.NOT_STATED else []
    if row["region"] != Region.NOT_STATED:
        facts.append(str(Region(row["region"]).label))
    facts.append(str(Kind(row["kind"]).label))
    if row["via"] != Channel.WEB:
        facts.append(str(Channel(row["via"]).label))
    if row["late"]:
        facts.append(_("late, within the period of grace"))
    since = row["edition"].rpartition("-E")[2]
    until = row["addressed_in"].rpartition("-E")[2]
    at = next((f"#a-{anchor}" for anchor in row["targets"] if anchor != DOCUMENT), "")
    return Entry(
        number=row["number"],
        parent=row["parent"],
        address=f"{edition.address}comments/{row['number']}/" if row["standing"] != Moderation.SPAM else "",
        name=words.get("name", ""),
        received=datetime.fromisoformat(row["received"]),
        facts=tuple(facts),
        places=tuple(places[row["edition"], anchor] for anchor in row["targets"]),
        text=words.get("body", ""),
        proposed=words.get("proposed", ""),
        rationale=words.get("rationale", ""),
        language=row["language"],
        standing=standing_words(row, words),
        outcome=outcome_of(row),
        answer=outcome_name(dict(row)) if row["parent"] is None else "",
        response=row["response"],
        addressed_in=row["addressed_in"],
        compare=f"{edition.address}compare/{since}/{until}/{at}" if until and since != until else "",
        duplicate_of=row["duplicate_of"],
        verdict=str(Verdict(row["verdict"]).label) if row["verdict"] and row["verdict"] not in AWAITING else "",
    )


def by_place(entries: Iterable[Entry]) -> list[tuple[Place, list[Entry]]]:
    """Entries in the order given, under the place that each is about first; replies stay with their comment."""
    under: dict[int, Place] = {}
    whole = Place(DOCUMENT, str(Scope.DOCUMENT.label))
    pairs = []
    for entry in entries:
        place = under.get(entry.parent or 0) or (entry.places[0] if entry.places else whole)
        under[entry.number] = place
        pairs.append((place, entry))
    return [(place, [entry for _place, entry in group]) for place, group in groupby(pairs, key=lambda pair: pair[0])]
