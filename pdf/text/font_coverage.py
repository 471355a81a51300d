"""Which characters of a document no typeface has. Pure but for the fonts. Asked before a text is frozen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from editions.document.model import Document
from editions.document.passages import Passage, PassageKind, passages
from pdf.text.typefaces import SANS, TEXT, Style, face_for
from pdf.text.typesetter import is_ignorable

_MARKS = {PassageKind.HEADING: SANS, PassageKind.ROW: SANS}


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """key, place: block that holds it and its first words, "" for the title. char: one character."""

    char: str
    key: str
    place: str

    @property
    def code_point(self) -> str:
        return f"U+{ord(self.char):04X}"


def missing(document: Document) -> list[MissingCharacter]:
    """Every character that would be drawn as a box, once a passage, in reading order."""
    return list(missing_in(document, passages(document)))


def missing_in(document: Document, read: Iterable[Passage]) -> Iterator[MissingCharacter]:
    """The same for who has read the document's passages already."""
    language = document.language
    yield from _of_text(f"{document.title}\n{document.subtitle}", TEXT, language, "", document.title[:60])
    for passage in read:
        family = _MARKS.get(passage.kind, TEXT)
        yield from _of_text(passage.text, family, passage.language, passage.key, passage.text[:60])


def _of_text(text: str, family: str, language: str, key: str, place: str) -> Iterator[MissingCharacter]:
    for char in dict.fromkeys(text):
        if not _is_drawn(char, family, language):
            yield MissingCharacter(char, key, place)


@lru_cache(maxsize=10_000)
def _is_drawn(char: str, family: str, language: str) -> bool:
    """Remembered: a long text has a hundred thousand characters, and few different ones."""
    return char.isspace() or is_ignorable(char) or face_for(char, Style(family), language) is not None
