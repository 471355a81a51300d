"""How a text of the library is cited in words. Pure: page, PDF and every download take their sentence from here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from editions.document.metadata import EditionMetadata

PUBLISHER = "Best Practice Forum Library"
"""Who publishes the edition. What the forum published elsewhere is named in the sources of a recorded output."""

WORK_IN_PROGRESS = "Work in progress, do not cite as final"
PROJECT_SUMMARY = "Summary by the library of an output adopted elsewhere"
NO_DATE = "n.d."  # what the styles print where a year is not known


@dataclass(frozen=True, slots=True)
class Cited:
    """What every style needs. number: the identifier. year: 0 where it is not known. note: "" or a remark in words.

    paragraph: number of the one paragraph that is cited, 0 for the whole.
    """

    authors: Sequence[str]
    year: int
    title: str
    number: str
    note: str = ""
    paragraph: int = 0
    address: str = ""


def issued(metadata: EditionMetadata, published: datetime) -> str:
    """ISO day of publication, or the month or year that is known of it.

    An output that was adopted elsewhere was published there, never on the day on which it was recorded here. Where no
    source tells its date, only the year of its meeting is known. A translation is published here.
    """
    if _from_elsewhere(metadata):
        return metadata.get("original_date") or str(metadata["meeting"]["year"])
    return published.date().isoformat()


def kept_since(metadata: EditionMetadata, published: datetime) -> str:
    """ISO day on which an output that was adopted elsewhere came into this library; "" for all others."""
    if not _from_elsewhere(metadata):
        return ""
    return metadata.get("recorded_on") or published.date().isoformat()


def _from_elsewhere(metadata: EditionMetadata) -> bool:
    return bool(metadata.get("recorded")) and not metadata.get("translation_of")


def note_on(metadata: EditionMetadata, published: datetime, *, draft: bool) -> str:
    """What a reader of the citation must know: work in progress; a summary; published then, in this library since."""
    if draft:
        return WORK_IN_PROGRESS
    since, original = kept_since(metadata, published)[:4], metadata.get("original_date")
    original_text = metadata.get("translation_of")
    parts = [
        f"translation of {original_text}, which is authoritative" if original_text else "",
        PROJECT_SUMMARY if metadata.get("project_summary") else "",
        f"published {original}" if original and since else "",
        f"in this library since {since}" if since else "",
    ]
    note = ", ".join(part for part in parts if part)
    return note[:1].upper() + note[1:]


def authors_of(metadata: EditionMetadata) -> tuple[str, ...]:
    return tuple(metadata["authors"]) or (metadata["forum"]["title"],)


def whole_title(title: str, subtitle: str) -> str:
    return f"{title}: {subtitle}" if subtitle else title


def apa(cited: Cited) -> str:
    """Publication Manual of the American Psychological Association, 7th edition, 10.4: a report with a group author.

    Groups are kept whole, never inverted or abbreviated. Without an address the caller draws it himself.
    """
    number = f"{cited.number}, para. {cited.paragraph}" if cited.paragraph else cited.number
    authors = joined(cited.authors, last=" & " if len(cited.authors) == 2 else ", & ")
    parts = [authors, f"({cited.year or NO_DATE})", f"{cited.title.strip()} ({number})", cited.note, PUBLISHER]
    return _sentence(parts, cited.address)


def chicago(cited: Cited) -> str:
    """Chicago Manual of Style, 18th edition, author and date: an entry of the reference list."""
    number = f"{cited.number}, para. {cited.paragraph}" if cited.paragraph else cited.number
    parts = [_listed(cited.authors), str(cited.year or NO_DATE), cited.title.strip(), number, cited.note, PUBLISHER]
    return _sentence(parts, cited.address) + ("." if cited.address else "")


def mla(cited: Cited) -> str:
    """MLA Handbook, 9th edition, chapter 5: a report in a database. Three authors and more are the first and the rest;
    a year that is not known is left out; a remark ends the entry."""
    first, *others = cited.authors
    authors = f"{first}, and {others[0]}" if len(others) == 1 else f"{first}, et al." if others else first
    number = f"{cited.number}, par. {cited.paragraph}" if cited.paragraph else cited.number
    where = [number, PUBLISHER, str(cited.year) if cited.year else "", cited.address]
    parts = [authors, cited.title.strip(), ", ".join(part for part in where if part), cited.note]
    return _sentence(parts, "").strip()


def ieee(cited: Cited) -> str:
    """IEEE Reference Guide (2023): a technical report online. The comma behind a title stands inside its quotes, and
    is left out where the title ends in a sign of its own."""
    title = cited.title.strip()
    title = title if title.endswith(("?", "!", "؟")) else f"{title},"
    where = f"{PUBLISHER}, Rep. {cited.number}"
    paragraph = f"para. {cited.paragraph}" if cited.paragraph else ""
    held = ", ".join(part for part in (where, str(cited.year or NO_DATE), paragraph) if part)
    start = f"{_listed(cited.authors)}, “{title}” {held}"
    available = f"[Online]. Available: {cited.address}" if cited.address else ""
    return _sentence([start, cited.note], available).strip()


def united_nations(cited: Cited) -> str:
    """United Nations Editorial Manual, footnotes: author, title, symbol in brackets with publisher and year, place in
    the text by paragraph, and where it is available."""
    held = ", ".join(part for part in (PUBLISHER, cited.number, str(cited.year or NO_DATE)) if part)
    paragraph = f", para. {cited.paragraph}" if cited.paragraph else ""
    start = f"{_listed(cited.authors)}, {cited.title.strip()} ({held}){paragraph}"
    available = f"Available at {cited.address}." if cited.address else ""
    return _sentence([start, cited.note], available).strip()


@dataclass(frozen=True, slots=True)
class Style:
    """name: as the style calls itself, the same in every language."""

    name: str
    sentence: Callable[[Cited], str]


STYLES = {
    "apa": Style("APA", apa),
    "chicago": Style("Chicago", chicago),
    "mla": Style("MLA", mla),
    "ieee": Style("IEEE", ieee),
    "un": Style("UN", united_nations),
}
"""Every style in words, by the beginning of its file: pages, files and the interface offer these."""


def _listed(names: Sequence[str]) -> str:
    return joined(names, last=" and " if len(names) == 2 else ", and ")


def joined(names: Sequence[str], last: str) -> str:
    return last.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def _sentence(parts: Sequence[str], address: str) -> str:
    """Parts with a full stop after each that does not end in a sign of its own. Ends in a space without an address."""
    text = "".join(part + (" " if part.endswith((".", "?", "!", "؟", "。")) else ". ") for part in parts if part)
    return f"{text}{address}"
