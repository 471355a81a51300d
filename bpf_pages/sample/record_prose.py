"""The text of a recorded output, in sentences of this project made only from recorded facts. Pure.

A text says what the record says, and where it says nothing. What an output found or recommended is told in typed
blocks, one a fact, each led in by who says so, with a link to the page where that was read (docs/adr/0103).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from bpf_pages.sample.catalogue import Catalogue, Output, Record, Session
from bpf_pages.sample.facts import ADDRESS, Fact, addresses_in, host_of

ORDINALS = {
    9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth",
    16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth",
}  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KIND_WORDS = {  # of an output
    "outcome": "outcome document",
    "draft": "draft",
    "part": "part of an outcome",
    "summary": "summary",
    "interim": "interim report",
    "overview": "overview",
    "working": "working document",
}
BLOCKS = {
    "definition": "definition",
    "finding": "finding",
    "practice": "practice",
    "recommendation": "recommendation",
    "disagreement": "dissent",
    "challenge": "challenge",
    "open_question": "open_question",
    "future_work": "future_work",
}
"""The typed block of a kind of fact, in the order in which a page tells them."""


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def said_date(text: str) -> str:
    """An ISO date of a year, month or day in words: `2018-01` -> `January 2018`."""
    parts = text.split("-")
    if len(parts) == 3:
        return long_date(date.fromisoformat(text))
    return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}" if len(parts) == 2 else text


def said_number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def session_line(session: Session | None) -> str:
    """Date, time and room of a session in one line, as recorded; "" where nothing is."""
    if session is None:
        return ""
    room = session.room if session.room != "online" else "held online"
    return ", ".join(part for part in (long_date(session.date) if session.date else "", session.time, room) if part)


class Telling:
    """The text of one output of one forum, as rich text."""

    def __init__(self, catalogue: Catalogue, record: Record, output: Output) -> None:
        self.catalogue = catalogue
        self.record = record
        self.output = output
        self.meeting = catalogue.by_year[record.year]

    @property
    def summary(self) -> str:
        """One paragraph for lists and search: what the forum dealt with; of a draft or part, that it is one."""
        if self.output.kind == "outcome":
            return self.record.scope
        return f"{KIND_WORDS[self.output.kind].capitalize()} of this forum. {self.record.scope}"

    @property
    def subtitle(self) -> str:
        """The forum, unless the title names it already."""
        named = self.record.title.casefold() in self.record.full_title(self.output).casefold()
        return "" if named else f"Best Practice Forum of {self.record.year}: {self.record.title}"

    @property
    def sources(self) -> tuple[str, ...]:
        """Addresses. Of a secondary output those of its own page; of the main one all that the record rests on."""
        if self.output is self.record.main:
            return self.record.sources
        original = self.output.original
        own = (original.address, *addresses_in(original.remark))
        return tuple(dict.fromkeys(address for address in own if address)) or self.record.sources

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.record.says_in(self.output)

    def opening(self) -> str:
        """Before the typed blocks: what this is and where the output is, scope."""
        return "".join([*self._what_this_is(), *self._scope(), *self._blocks_heading()])

    def stated(self) -> Iterator[tuple[str, str, str]]:
        """(block, title, paragraph) of each fact that has a typed block. A definition's title is its term."""
        terms = iter(self.record.terms)
        named = [(fact, next(terms, "") if fact.kind == "definition" else "") for fact in self.record.known.says]
        own = [(fact, term) for fact, term in named if fact in self.facts and not fact.is_aim and fact.kind in BLOCKS]
        order = list(BLOCKS)
        for fact, term in sorted(own, key=lambda pair: order.index(pair[0].kind)):
            yield BLOCKS[fact.kind], term, said(fact)

    def closing(self) -> str:
        """After the typed blocks: background, aims and method; titles, meeting, line of work, what is not certain."""
        parts = [
            *self._told(),
            *self._titles(),
            *self._meeting_and_session(),
            *self._lineage(),
            *self._companions(),
            *self._doubts(),
        ]
        return "".join(parts)

    def _what_this_is(self) -> Iterator[str]:
        record, output, meeting = self.record, self.output, self.meeting
        count = said_number(len(self.catalogue.of_year(record.year)))
        one_of = "the only Best Practice Forum" if count == "one" else f"one of {count} Best Practice Forums"
        yield _heading("What this is")
        yield _paragraph(
            f"This page records the {KIND_WORDS[output.kind]} “{output.title}” of the Best Practice Forum "
            f"“{record.title}”, {one_of} of the {ORDINALS[meeting.igf_number]} annual meeting of the Internet "
            f"Governance Forum (IGF) in {record.year}."
        )
        yield _paragraph(
            "The text is a summary by this library's project, written from public pages. It is not text of the forum "
            "or of the IGF. Each statement about the work names the kind of page it was read on and links to it."
        )
        yield self._where_it_is()
        yield _paragraph(f"{self._status()}{self._size()}")
        if not self.facts:
            yield self._told_elsewhere()

    def _where_it_is(self) -> str:
        """The link that leads out, or that none is known."""
        original = self.output.original
        remark = f" The record notes: {linked(original.remark)}." if original.remark else ""
        if not original.address:
            return f"<p>No public address of this output is known to this library.{remark}</p>"
        what = {
            "document": "The document as published stands at",
            "copy": "A third party keeps a copy of the text at",
            "landing": "The output is named or offered on a page at",
            "about": "The output itself was not seen; a page about it stands at",
        }[original.kind]
        return f"<p>{what} {link(original.address)}.{remark}</p>"

    def _told_elsewhere(self) -> str:
        main = self.record.main
        if main is self.output:
            return _paragraph("No public page that tells more of it was read for this record.")
        title = self.record.full_title(main)
        return _paragraph(
            f"What this output says was not read for this record. What is known of the forum's work stands in this "
            f"library's record of “{title}”."
        )

    def _status(self) -> str:
        if not self.output.worded_kind:
            return ""
        return f"The record describes the kind of this output as: {self.output.worded_kind}. "

    def _size(self) -> str:
        output = self.output
        if output.date and output.pages:
            return f"It is dated {said_date(output.date)} and is recorded with {output.pages} pages."
        if output.date:
            return f"It is dated {said_date(output.date)}; how long it is, is not recorded."
        if output.pages:
            return f"It is recorded with {output.pages} pages; its date is not recorded."
        return "Neither its date nor its length is recorded."

    def _scope(self) -> Iterator[str]:
        yield _heading("Scope and recorded facts")
        yield _paragraph(self.record.scope)
        if self.record.facts:
            yield _paragraph("The record of this forum notes:")
            yield _list(self.record.facts)

    def _told(self) -> Iterator[str]:
        """Facts that are no statement of an outcome: background, aims, method."""
        parts = (
            ("Background", [f for f in self.facts if f.kind == "context" and not f.is_aim]),
            ("What the forum set out to do", [f for f in self.facts if f.is_aim]),
            ("How the forum worked", [f for f in self.facts if f.kind == "method" and not f.is_aim]),
        )
        for title, facts in parts:
            if facts:
                yield _heading(title)
                yield from (said(fact) for fact in facts)

    def _blocks_heading(self) -> Iterator[str]:
        if any(fact.kind in BLOCKS and not fact.is_aim for fact in self.facts):
            yield _heading("What was found, recommended and left open")

    def _titles(self) -> Iterator[str]:
        record, output = self.record, self.output
        if not (record.title_as_set or output.listed_as):
            return
        yield _heading("Titles")
        if output.listed_as:
            yield _paragraph(f"The output was listed here as “{output.listed_as}” before its own title was found.")
        if record.title_as_set:
            yield self._title_as_set()

    def _title_as_set(self) -> str:
        record = self.record
        return _paragraph(
            f"The forum is recorded under the title “{record.title}”. The title set for it by the Multistakeholder "
            f"Advisory Group (MAG) was “{record.title_as_set}”."
        )

    def _meeting_and_session(self) -> Iterator[str]:
        meeting, session = self.meeting, self.record.session
        where = "was held online" if meeting.place == "online" else f"took place in {meeting.place}"
        yield _heading("Meeting and session")
        yield _paragraph(
            f"The {ORDINALS[meeting.igf_number]} annual meeting of the IGF {where} from {long_date(meeting.start)} to "
            f"{long_date(meeting.end)} ({meeting.format}). Its overarching theme is recorded as “"
            f"{meeting.overarching_theme}”."
        )
        if session is None:
            yield _paragraph("No session of this forum at the meeting is recorded.")
        else:
            yield _paragraph(f"The session of this forum is recorded as: {session_line(session)}.")

    def _lineage(self) -> Iterator[str]:
        record = self.record
        family = self.catalogue.families_by_slug[record.family]
        yield _heading("Line of work")
        yield _paragraph(f"This library keeps the forum under the theme “{family.label}”. {family.description}")
        if record.continues:
            yield _paragraph("It continues:")
            yield _list(self._named(self.catalogue.by_id[key]) for key in record.continues)
        if later := self.catalogue.continued_by(record):
            yield _paragraph("It was continued by:")
            yield _list(self._named(other) for other in later)
        if family.merged_into:
            other = self.catalogue.families_by_slug[family.merged_into]
            yield _paragraph(f"The theme was later merged into “{other.label}”.")

    def _named(self, record: Record) -> str:
        return record.title if str(record.year) in record.title else f"{record.title} ({record.year})"

    def _companions(self) -> Iterator[str]:
        others = [other for other in self.record.own_outputs if other is not self.output]
        if others:
            yield _heading("Other outputs of this forum")
            yield _list(f"{other.title} ({KIND_WORDS[other.kind]})" for other in others)

    def _doubts(self) -> Iterator[str]:
        yield _heading("What is not certain")
        yield _list(doubts_about(self.record, self.output) or ["Nothing in this record is marked as doubtful."])


def doubts_about(record: Record, output: Output | None = None) -> list[str]:
    """Every gap and doubt of a record, in words; of one output too where it is given; none where all is certain."""
    found = list(record.doubts)
    if record.confidence != "high":
        found.append(
            f"The confidence of the record of meeting, session and outputs is {record.confidence}. "
            "A person is named only where a public page gives the role."
        )
    session = record.session
    if session is None:
        found.append("Whether and when the forum had a session at the meeting is not recorded.")
    else:
        missing = [name for name, value in (("time", session.time), ("room", session.room)) if not value]
        if missing:
            verb = "are" if len(missing) > 1 else "is"
            found.append(f"The {' and the '.join(missing)} of the session {verb} not recorded.")
    unsure = [person for person in record.people if "not confirmed" in person.role]
    if output and unsure:  # whose it is stands in the list of people, from which a name can be erased
        found.append("The role of a person named in this record is not confirmed.")
    elif unsure:
        found.extend(f"The role of {person.name}: {person.role}." for person in unsure)
    if output and "title not found" in output.worded_kind:
        found.append("The title of the report was not found; the title shown here describes it.")
    if record.unlinked:
        found.append(f"Sources that the record names without an address: {'; '.join(record.unlinked)}.")
    if output and not output.date:
        found.append("The date of the output is not recorded.")
    return found


def said(fact: Fact) -> str:
    """A paragraph: who says so, as a link to where; what; how sure it is."""
    lead = link(fact.address, fact.lead) if fact.address else escape(fact.lead)
    caution = f" {escape(fact.caution)}" if fact.caution else ""
    return f"<p>{lead}: {escape(fact.text)}{caution}</p>"


def link(address: str, text: str = "") -> str:
    return f'<a href="{escape(address)}">{escape(text or host_of(address))}</a>'


def linked(text: str) -> str:
    """Escaped, with the addresses in it as links that show their host."""
    pieces = re.split(f"({ADDRESS.pattern})", text)
    return "".join(link(piece) if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
