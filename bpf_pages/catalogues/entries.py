"""A row of a catalogue as what it means: typed, or with every problem named. Asks no database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from bpf_pages.catalogues.columns import STATES
from bpf_pages.catalogues.problems import Problem
from bpf_pages.models.fields import LANGUAGES, is_web_address
from bpf_pages.rendering.labels import KINDS
from core.partial_dates import iso_of
from core.plain_text import tidy_line
from editions.document.identifiers import CODE, code_from
from editions.document.metadata import FICTITIOUS_YEAR

FIRST_YEAR = 2006  # of the annual meeting
RECORDED = "recorded"
SERIALS_FROM = date(1899, 12, 30)  # day 0 of spreadsheet programs, by which their days since March 1900 are right
FINAL_KINDS_NOT = frozenset({"draft", "planned"})
DRAFT_KINDS_NOT = frozenset({"outcome", "planned"})
_PERSON = re.compile(r"(?:(?P<role>[^:()]+):\s*)?(?P<name>[^()]+?)\s*(?:\((?P<organisation>.*)\))?\s*")


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One output as its row tells it. date: ISO, "" where not told. language: "" for what the file says.

    is_recorded: to be shown to the public as adopted elsewhere. address: the source, where it is one of the web.
    """

    year: int
    forum: str
    theme: str
    title: str
    kind: str
    date: str
    language: str
    is_recorded: bool
    people: tuple[Named, ...]
    source: str
    file: str

    @property
    def address(self) -> str:
        return self.source if is_web_address(self.source) else ""


@dataclass
class _Reading:
    cells: Mapping[str, str]
    today: date
    problems: list[tuple[Problem, str]] = field(default_factory=list)

    def cell(self, name: str) -> str:
        return tidy_line(self.cells.get(name, ""))

    def mind(self, problem: Problem, detail: str = "") -> None:
        self.problems.append((problem, detail[:200]))


def read_entry(cells: Mapping[str, str], today: date) -> tuple[Entry, list[tuple[Problem, str]]]:
    """An entry is complete where no problem is named."""
    reading = _Reading(cells, today)
    state, kind = _state_and_kind(reading)
    source = reading.cell("source")
    if state.startswith(RECORDED) and not source:
        reading.mind(Problem.SOURCE)
    if len(source) > 1000:
        reading.mind(Problem.SOURCE_LONG)
    title = reading.cell("title")
    if len(title) > 255:
        reading.mind(Problem.TITLE)
    entry = Entry(
        year=_year(reading),
        forum=_named(reading, "forum", Problem.FORUM_NAME),
        theme=_named(reading, "theme", Problem.THEME_NAME),
        title=title,
        kind=kind,
        date=_date(reading),
        language=_one_of(reading, "language", {code: [code, name] for code, name in LANGUAGES}, Problem.LANGUAGE),
        is_recorded=state.startswith(RECORDED),
        people=tuple(_people(reading)),
        source=source,
        file=reading.cell("file"),
    )
    if not entry.forum:
        reading.mind(Problem.FORUM)
    return entry, reading.problems


def slug_of(name: str) -> str:
    """The last part of an address for a name; "" where its letters give none, or no code."""
    slug = slugify(anyascii(name))[:60].strip("-")
    return slug if CODE.fullmatch(code_from(slug)) else ""


def _year(reading: _Reading) -> int:
    typed = reading.cell("year")
    # A cell may be a day of which its sheet shows the year alone.
    found = re.fullmatch(r"([0-9]{4})(-[0-9]{2}-[0-9]{2})?", typed)
    year = int(found[1]) if found else 0
    if not (FIRST_YEAR <= year <= reading.today.year + 1 or year == FICTITIOUS_YEAR):
        reading.mind(Problem.YEAR, typed)
    return year


def _named(reading: _Reading, column: str, problem: Problem) -> str:
    typed = reading.cell(column)[:255]
    if typed and not slug_of(typed):
        reading.mind(problem, typed)
    return typed


def _date(reading: _Reading) -> str:
    typed = reading.cell("date")
    if not typed:
        return ""
    try:
        found = iso_of(_day_of_serial(typed) or typed)
    except ValidationError:
        reading.mind(Problem.DATE, typed)
        return ""
    if found > reading.today.isoformat() and int(found[:4]) != FICTITIOUS_YEAR:
        reading.mind(Problem.DATE_AHEAD, found)
    return found


def _day_of_serial(typed: str) -> str:
    """The ISO date of a number of days, as spreadsheet programs hold dates and show them in a cell of no kind: 42328 is
    2015-11-20. "" for anything else."""
    if not re.fullmatch(r"[3-9]\d{4}", typed):
        return ""
    return (SERIALS_FROM + timedelta(days=int(typed))).isoformat()


def _state_and_kind(reading: _Reading) -> tuple[str, str]:
    state = reading.cell("state").casefold() or "draft"
    if state not in STATES:
        reading.mind(Problem.STATE, reading.cell("state"))
        state = "draft"
    kinds = {kind: [kind, label] for kind, label in KINDS.items()}
    kind = _one_of(reading, "kind", kinds, Problem.KIND) or STATES[state] or "outcome"
    refused = {"recorded final": FINAL_KINDS_NOT, "recorded draft": DRAFT_KINDS_NOT}.get(state, frozenset())
    if kind in refused:
        reading.mind(Problem.KIND_OF_STATE, f"{state}, {kind}")
    return state, kind


def _one_of(reading: _Reading, column: str, choices: Mapping[str, list[object]], problem: Problem) -> str:
    """The choice that a cell names by its code or label, "" for an empty cell."""
    typed = reading.cell(column)
    for choice, called in choices.items():
        if typed.casefold() in {str(name).casefold() for name in called}:
            return choice
    if typed:
        reading.mind(problem, typed)
    return ""


def _people(reading: _Reading) -> Iterator[Named]:
    for part in re.split(r"[;\n]", reading.cells.get("people", "")):
        if not (part := tidy_line(part)):
            continue
        found = _PERSON.fullmatch(part)
        person = Named(*(tidy_line(found[name] or "") for name in ("name", "role", "organisation"))) if found else None
        if person is None or len(person.name) > 200 or len(person.role) > 200 or len(person.organisation) > 300:
            reading.mind(Problem.PEOPLE, part)
        else:
            yield person
