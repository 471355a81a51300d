"""The facts of data/library-catalogue.json and the sentences of data/library-scopes.json, typed. Pure but for reading.

Every name below means what the key of the same name in the data means; data/README.md describes both files.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

KINDS = (  # how the catalogue words the kind of an output, most telling first, and what we call it
    ("planned", "planned"),
    ("interim", "interim"),
    ("summary", "summary"),
    ("part", "part"),
    ("final", "outcome"),
    ("output", "outcome"),
    ("draft", "draft"),
)
_GENERIC = re.compile(
    r"(second )?draft( report| output \(pre igf\)| problem statement| bpf output report| [ivxjpf]+| v\d)?"
    r"|(executive )?summary|part [ivx]+:.*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(workstream \d+|part [ivx]+)\b", re.IGNORECASE)
_REMARK = re.compile(r"\s*\((?:wording of|as) [^)]*\)$")


@dataclass(frozen=True, slots=True)
class Meeting:
    year: int
    igf_number: int
    city: str
    country: str
    start: date
    end: date
    format: str
    overarching_theme: str
    doubts: str
    source: str

    @property
    def place(self) -> str:
        return "online" if self.format == "online only" else f"{self.city}, {self.country}"


@dataclass(frozen=True, slots=True)
class Family:
    """A theme: forums that follow each other. merged_into: slug of another family, or ""."""

    slug: str
    label: str
    description: str
    merged_into: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Session:
    """date: ISO or None; time and room as recorded, "" where not."""

    date: date | None
    time: str
    room: str


@dataclass(frozen=True, slots=True)
class Output:
    """One listed output of a forum. worded_kind: as the catalogue words it. date: ISO, a day, month or year."""

    title: str
    kind: str
    worded_kind: str
    date: str
    pages: int | None
    slug: str


@dataclass(frozen=True)
class Record:
    """A forum of one year."""

    id: str
    year: int
    title: str
    title_as_set: str
    family: str
    continues: tuple[str, ...]
    outputs: tuple[Output, ...]
    session: Session | None
    people: tuple[Person, ...]
    facts: tuple[str, ...]
    sources: tuple[str, ...]
    confidence: str
    scope: str
    doubts: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.id.split("-", 1)[1]

    def full_title(self, output: Output) -> str:
        """The output's own title; one that says nothing by itself, such as “Draft I”, stands behind the forum's."""
        return f"{self.title}: {output.title}" if _GENERIC.fullmatch(output.title) else output.title


@dataclass(frozen=True)
class Catalogue:
    meetings: tuple[Meeting, ...]
    families: tuple[Family, ...]
    records: tuple[Record, ...]

    @cached_property
    def by_id(self) -> dict[str, Record]:
        return {record.id: record for record in self.records}

    @cached_property
    def by_year(self) -> dict[int, Meeting]:
        return {meeting.year: meeting for meeting in self.meetings}

    @cached_property
    def families_by_slug(self) -> dict[str, Family]:
        return {family.slug: family for family in self.families}

    def continued_by(self, record: Record) -> list[Record]:
        return [later for later in self.records if record.id in later.continues]

    def of_year(self, year: int) -> list[Record]:
        return [record for record in self.records if record.year == year]


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue in a data folder. Raises OSError, ValueError or KeyError for files that are not as expected."""
    facts = json.loads((folder / "library-catalogue.json").read_text("utf-8"))
    words = json.loads((folder / "library-scopes.json").read_text("utf-8"))
    return Catalogue(
        tuple(_meeting(row, words["meeting_doubts"]) for row in facts["meetings"]),
        tuple(_family(row, words["themes"]) for row in facts["theme_families"]),
        tuple(_record(row, words) for row in facts["records"]),
    )


def _meeting(row: Mapping[str, Any], doubts: Mapping[str, str]) -> Meeting:
    online = row["format"] == "online only"
    return Meeting(
        row["year"],
        row["igf_number"],
        "" if online else row["host_city"],
        "" if online else row["host_country"],
        date.fromisoformat(row["start"]),
        date.fromisoformat(row["end"]),
        row["format"],
        row["overarching_theme"],
        doubts.get(str(row["year"]), ""),
        row["source"],
    )


def _family(row: Mapping[str, Any], descriptions: Mapping[str, str]) -> Family:
    return Family(row["slug"], row["label"], descriptions[row["slug"]], row.get("merged_into", ""))


def _record(row: Mapping[str, Any], words: Mapping[str, Any]) -> Record:
    session = row["session"]
    known = Session(
        date.fromisoformat(session["date"]) if session["date"] else None, session["time"] or "", session["room"] or ""
    ) if session else None  # fmt: skip
    return Record(
        id=row["id"],
        year=row["year"],
        title=row["bpf_title"],
        title_as_set=_REMARK.sub("", row["title_as_set_by_mag"] or ""),
        family=row["theme_family"],
        continues=tuple(row["continues"]),
        outputs=_outputs(row["outcome_documents"]),
        session=known,
        people=tuple(Person(person["name"], person["role"]) for person in row["people"]),
        facts=tuple(row["facts"]),
        sources=tuple(row["sources"]),
        confidence=row["confidence"],
        scope=words["forums"][row["id"]],
        doubts=tuple(words["doubts"].get(row["id"], ())),
    )


def _outputs(rows: list[Mapping[str, Any]]) -> tuple[Output, ...]:
    """The outputs with their slugs. The first outcome is the forum's main document, at `outcome`."""
    found: list[Output] = []
    for row in rows:
        kind = next(ours for word, ours in KINDS if word in row["kind"])
        is_main = kind == "outcome" and not any(output.slug == "outcome" for output in found)
        slug = "outcome" if is_main else _slug(row["title"])
        found.append(Output(row["title"], kind, row["kind"], row["date"] or "", row["pages"], slug))
    return tuple(found)


def _slug(title: str) -> str:
    """A short address for a title: a workstream's or part's number, else the first words, 40 characters at most."""
    numbered = _NUMBERED.match(title)
    words = re.findall(r"[a-z0-9]+", (numbered[0] if numbered else title.replace("'", "")).lower())
    slug = words[0]
    for word in words[1:]:
        if len(slug) + len(word) > 39:
            break
        slug = f"{slug}-{word}"
    return re.sub(r"(-(of|the|on|in|and|versus|bpf))+$", "", slug)
