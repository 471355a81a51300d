"""The facts of data/library-catalogue.json and library-facts.json and the sentences of library-scopes.json, typed. Pure
but for reading.

Every name below means what the key of the same name in the data means; data/README.md describes the files.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bpf_pages.sample.facts import Fact, ForumFacts, Named, Original, read_facts, resolved

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
    """source: address of the page that gives the role, "" where the catalogue alone has it."""

    name: str
    role: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """date: ISO or None; time and room as recorded, "" where not."""

    date: date | None
    time: str
    room: str


@dataclass(frozen=True, slots=True)
class Output:
    """One listed output of a forum. worded_kind: as the catalogue words it. date: ISO, a day, month or year.

    listed_as: the title in the catalogue, where the document's own was found later. joint: it speaks for all forums
    of the year.
    """

    title: str
    kind: str
    worded_kind: str
    date: str
    pages: int | None
    slug: str
    original: Original
    listed_as: str = ""
    joint: bool = False


@dataclass(frozen=True)
class Record:
    """A forum of one year.

    sources: addresses. unlinked: sources that the catalogue names and whose address is not known. terms: what its
    definitions define, in their order. announced: a sentence about an output that was not seen, or "".
    """

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
    unlinked: tuple[str, ...]
    terms: tuple[str, ...]
    announced: str
    known: ForumFacts

    @property
    def main(self) -> Output:
        """The output that stands for the forum: its outcome, or the first where it has no single one."""
        return next((output for output in self.outputs if output.slug == "outcome"), self.outputs[0])

    @property
    def own_outputs(self) -> tuple[Output, ...]:
        """Without those that speak for all forums of the year."""
        return tuple(output for output in self.outputs if not output.joint)

    def says_in(self, output: Output) -> tuple[Fact, ...]:
        """The facts that an output's page tells: all at the main output, elsewhere those read in that very output."""
        if output is self.main:
            return self.known.says
        shared = {other.original.address for other in self.outputs if other is not output}
        address = output.original.address
        if not address or address in shared or output.original.kind == "landing":
            return ()
        return tuple(fact for fact in self.known.says if fact.address == address)

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
    known = read_facts(folder)
    everywhere = [address for one in known.values() for address in one.addresses()]
    words = json.loads((folder / "library-scopes.json").read_text("utf-8"))
    return Catalogue(
        tuple(_meeting(row, words["meeting_doubts"]) for row in facts["meetings"]),
        tuple(_family(row, words["themes"]) for row in facts["theme_families"]),
        tuple(_record(row, words, known[row["id"]], everywhere) for row in facts["records"]),
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


def _record(row: Mapping[str, Any], words: Mapping[str, Any], known: ForumFacts, everywhere: Iterable[str]) -> Record:
    correction = words["corrections"].get(row["id"], {})
    session = correction.get("session") or row["session"]
    held = Session(
        date.fromisoformat(session["date"]) if session["date"] else None, session["time"] or "", session["room"] or ""
    ) if session else None  # fmt: skip
    own = known.addresses()
    found, unlinked = resolved(row["sources"], dict.fromkeys((*own, *everywhere)))
    announced = words["announced"].get(row["id"], "")
    return Record(
        id=row["id"],
        year=row["year"],
        title=row["bpf_title"],
        title_as_set=_REMARK.sub("", row["title_as_set_by_mag"] or ""),
        family=row["theme_family"],
        continues=tuple(row["continues"]),
        outputs=_outputs(row["outcome_documents"], known, words["further_outputs"], correction),
        session=held,
        people=_people(row["people"], known.people),
        facts=tuple(row["facts"]),
        sources=tuple(dict.fromkeys((*own, *found))),
        confidence=row["confidence"],
        scope=words["forums"][row["id"]],
        doubts=tuple(words["doubts"].get(row["id"], ())),
        unlinked=tuple(unlinked),
        terms=tuple(words["terms"].get(row["id"], ())),
        announced=announced,
        known=known,
    )


def _people(rows: list[Mapping[str, Any]], named: tuple[Named, ...]) -> tuple[Person, ...]:
    """Each person once; a second role that a public page gives stands behind the first."""
    found = {row["name"]: Person(row["name"], row["role"]) for row in rows}
    for person in named:
        earlier = found.get(person.name)
        roles = [earlier.role] if earlier else []
        role = "; ".join([*roles, *([person.role] if person.role not in roles else [])])
        found[person.name] = Person(person.name, role, person.address)
    return tuple(found.values())


def _outputs(
    rows: list[Mapping[str, Any]], known: ForumFacts, further: Mapping[str, Any], correction: Mapping[str, Any]
) -> tuple[Output, ...]:
    """The outputs with their slugs. The first outcome is the forum's main document, at `outcome`.

    An output that was only announced is no document: the forum's page says so in a sentence.
    """
    found: list[Output] = []
    originals = {original.title: original for original in known.originals}
    for row in rows:
        kind = next(ours for word, ours in KINDS if word in row["kind"])
        if kind == "planned":
            continue
        is_main = kind == "outcome" and not any(output.slug == "outcome" for output in found)
        slug = "outcome" if is_main else _slug(row["title"])
        title = correction.get("title", row["title"]) if is_main else row["title"]
        day = (correction.get("date") if is_main else "") or row["date"] or ""
        listed_as = row["title"] if title != row["title"] else ""
        original = originals[row["title"]]
        if is_main and "remark" in correction:  # what it said of the title is taken over
            original = replace(original, remark=correction["remark"])
        found.append(Output(title, kind, row["kind"], day, row["pages"], slug, original, listed_as))
    for original in known.originals:
        if original.is_further:
            told = further[original.title]
            joint = told.get("joint", False)
            day = told.get("date", "")
            found.append(Output(original.title, told["kind"], "", day, None, told["slug"], original, joint=joint))
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
