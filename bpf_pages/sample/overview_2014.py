"""The overview of the 2014 forums as plain text, read into rich text. Pure.

The text came from a page layout: lines are cut at a fixed width, bullets stand apart from their items, a footnote's
number is glued to the year before it, and a signature ends it. Every word is kept, in order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

NOTE_TEXT = "Note %s of the original. Its text is not in the source from which this library took the document."
"""In place of a footnote of which only the number came down to us."""

_BULLET = "•"
_SIGNED = "--"
_GLUED_NOTE = re.compile(r"\b((?:19|20)\d\d)(\d{1,2})\b")
_SENTENCE_ENDS = (".", ":", "”", ";")
_PERSON = re.compile(r"[A-Z]\w+ [A-Z]\w+, ")


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str
    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Overview:
    """title: the three lines of the heading as one. html: the body. signed_as: what the signatories are."""

    title: str
    html: str
    signed_as: str
    signatories: tuple[Signatory, ...]


def read_overview(text: str) -> Overview:
    """Raises ValueError if the text has not the parts of the overview: three lines of title, a body, a signature."""
    lines = [line.strip() for line in text.splitlines()]
    signature = next((place for place, line in enumerate(lines) if line.startswith(_SIGNED)), None)
    if signature is None or signature < 4:
        raise ValueError("the overview has no title or no signature")
    body = "".join(_blocks(lines[3:signature]))
    people = tuple(_signatory(entry) for entry in _entries(lines[signature + 1 :]))
    return Overview(" ".join(lines[:3]), body, lines[signature].removeprefix(_SIGNED), people)


def _blocks(lines: list[str]) -> Iterator[str]:
    place = 0
    width = max(len(line) for line in lines)
    while place < len(lines):
        if not lines[place]:
            place += 1
        elif lines[place] == _BULLET:
            items, place = _bulleted(lines, place)
            yield "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
        else:
            end = next(end for end in range(place + 1, len(lines) + 1) if _ends(lines, end - 1, width))
            yield f"<p>{_inline(' '.join(lines[place:end]))}</p>"
            place = end


def _ends(lines: list[str], place: int, width: int) -> bool:
    """Whether a paragraph ends with this line: the next word would still have fitted, or there is no next line."""
    following = lines[place + 1] if place + 1 < len(lines) else ""
    if not following or following == _BULLET:
        return True
    has_room = len(lines[place]) + 1 + len(following.split()[0]) <= width
    return has_room and lines[place].endswith(_SENTENCE_ENDS)


def _bulleted(lines: list[str], place: int) -> tuple[list[str], int]:
    """The items of a list whose bullets were gathered above it, and the line after them. One item a bullet."""
    count = 0
    while place < len(lines) and lines[place] in (_BULLET, ""):
        count += lines[place] == _BULLET
        place += 1
    items: list[str] = []
    words: list[str] = []
    while place < len(lines) and len(items) < count:
        words.append(lines[place])
        if lines[place].endswith((";", ".")):
            items.append(" ".join(words))
            words = []
        place += 1
    return items + ([" ".join(words)] if words else []), place


def _inline(text: str) -> str:
    """Escaped, with a number glued to a year made a footnote."""

    def note(match: re.Match[str]) -> str:
        return f'{match[1]}<span data-footnote="">{NOTE_TEXT % match[2]}</span>'

    return _GLUED_NOTE.sub(note, escape(text, quote=False))


def _entries(lines: list[str]) -> Iterator[str]:
    entry = ""
    for line in filter(None, lines):
        if entry and _PERSON.match(line):
            yield entry
            entry = line
        else:
            entry = f"{entry} {line}".strip()
    if entry:
        yield entry


def _signatory(entry: str) -> Signatory:
    """`Name, role, organisation`; the role may hold commas itself."""
    name, *middle, organisation = entry.split(", ")
    return Signatory(name, ", ".join(middle), organisation)
