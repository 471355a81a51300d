"""The filters above the comments of a report: answer, group, region, language, paragraph; and what they let through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultation.reports.entries import Entry, Place, outcome_of
from consultation.reports.services import Content
from consultation.reports.tables import outcome_labels
from consultation.vocabulary import Region, StakeholderGroup
from core.languages.names import name_here


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the form above the entries. options: value and words, only those that the report has."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


def filters_of(content: Content, places: Mapping[tuple[str, str], Place], query: Mapping[str, str]) -> list[Filter]:
    """The filters with what an address chose; a value that the report does not have is no choice."""
    rows = content.data["comments"]
    found = [
        Filter("outcome", _("Answer"), _present(outcome_labels().items(), rows, outcome_of)),
        Filter("group", _("Stakeholder group"), _present(StakeholderGroup.choices, rows, lambda row: row["group"])),
        Filter("region", _("Regional group"), _present(Region.choices, rows, lambda row: row["region"])),
        Filter("language", pgettext("statistic", "Language"), _languages(rows)),
        Filter("place", _("Paragraph"), _places_to_choose(places)),
    ]  # fmt: skip
    return [replace(each, chosen=_known(query.get(each.name, ""), each.options)) for each in found]


def _known(value: str, options: Iterable[tuple[str, str]]) -> str:
    return value if value in dict(options) else ""


def _present(
    choices: Iterable[tuple[str, Any]], rows: Iterable[Mapping[str, Any]], of: Any
) -> tuple[tuple[str, str], ...]:
    there = {of(row) for row in rows}
    return tuple((value, str(label)) for value, label in choices if value in there)


def _languages(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((code, name_here(code)) for code in sorted({row["language"] for row in rows}))


def _places_to_choose(places: Mapping[tuple[str, str], Place]) -> tuple[tuple[str, str], ...]:
    ordered = sorted(places.values(), key=lambda each: each.order)
    return tuple({place.value: place.label for place in ordered}.items())


def chosen(content: Content, entries: Sequence[Entry], filters: Iterable[Filter]) -> list[Entry]:
    """The entries that every filter lets through."""
    rows = {row["number"]: row for row in content.data["comments"]}
    wanted = {each.name: each.chosen for each in filters if each.chosen}
    return [entry for entry in entries if _passes(entry, rows[entry.number], wanted)]


def _passes(entry: Entry, row: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    place = wanted.get("place")
    if place and place not in {each.value for each in entry.places}:
        return False
    if wanted.get("outcome") and (entry.parent is not None or entry.outcome != wanted["outcome"]):
        return False
    return all(row[name] == wanted[name] for name in ("group", "region", "language") if name in wanted)
