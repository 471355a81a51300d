"""The text of a recorded output, in sentences of this project made only from recorded facts. Pure.

A text says what the record says, and where it says nothing; it never says what an outcome found or recommended.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from bpf_pages.sample.catalogue import Catalogue, Output, Record, Session

ORDINALS = {
    9: "ninth", 10: "tenth", 11: "eleventh", 12: "twelfth", 13: "thirteenth", 14: "fourteenth", 15: "fifteenth",
    16: "sixteenth", 17: "seventeenth", 18: "eighteenth", 19: "nineteenth", 20: "twentieth",
}  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KIND_WORDS = {
    "outcome": "outcome document",
    "draft": "draft",
    "part": "part of an outcome",
    "summary": "summary",
    "interim": "interim report",
    "planned": "planned output",
}


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

    def html(self) -> str:
        parts = [
            *self._what_this_is(),
            *self._scope(),
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
            "The text is a summary by this library's project, written from public facts. It is not text of the forum "
            "or of the IGF, and it does not tell what the output itself says."
        )
        yield _paragraph(f"{self._status()} {self._size()}")

    def _status(self) -> str:
        if self.output.kind == "planned":
            return f"The record describes this output as {self.output.worded_kind}. There may be nothing to read."
        return f"The record describes the kind of this output as: {self.output.worded_kind}."

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

    def _titles(self) -> Iterator[str]:
        record = self.record
        if not record.title_as_set:
            return
        yield _heading("Titles")
        yield _paragraph(
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
        others = [other for other in self.record.outputs if other is not self.output]
        if others:
            yield _heading("Other outputs of this forum")
            yield _list(f"{other.title} ({KIND_WORDS[other.kind]})" for other in others)

    def _doubts(self) -> Iterator[str]:
        yield _heading("What is not certain")
        yield _list(doubts_about(self.record, self.output))


def doubts_about(record: Record, output: Output | None = None) -> list[str]:
    """Every gap and doubt of a record, in words; of one output too where it is given."""
    found = list(record.doubts)
    if record.confidence != "high":
        found.append(f"The confidence of this record is {record.confidence}. For that reason no person is named.")
    session = record.session
    if session is None:
        found.append("Whether and when the forum had a session at the meeting is not recorded.")
    else:
        missing = [name for name, value in (("time", session.time), ("room", session.room)) if not value]
        if missing:
            verb = "are" if len(missing) > 1 else "is"
            found.append(f"The {' and the '.join(missing)} of the session {verb} not recorded.")
    found.extend(f"The role of {p.name}: {p.role}." for p in record.people if "not confirmed" in p.role)
    if output and "title not found" in output.worded_kind:
        found.append("The title of the report was not found; the title shown here describes it.")
    if output and not output.date and output.kind != "planned":
        found.append("The date of the output is not recorded.")
    return found or ["Nothing in this record is marked as doubtful."]


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
