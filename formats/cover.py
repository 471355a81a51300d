"""What a written file says of an edition besides its text. Pure: words come from the caller, in the text's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from editions.document.caption_numbers import CaptionNumber
from editions.document.model import Figure, Section, SectionKind
from editions.document.passages import plain

PictureOf = Callable[[Figure], bytes]
"""The bytes of a figure, b"" where there are none."""


@dataclass(frozen=True, slots=True)
class Cover:
    """status: of the text in words, such as "Draft". kinds: what typed blocks are called, by SectionKind; those in
    counted are counted. details: what their named facts are called. words: what the file itself says, by a name.

    address: of the edition; newest: of the document, where its newest edition stands. sha256: of the edition.
    doi: of the edition, "" for none. begun_at: when the first edition of the document was published, None for this one.
    """

    identifier: str = ""
    address: str = ""
    status: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    kinds: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    counted: frozenset[SectionKind] = frozenset()
    newest: str = ""
    sha256: str = ""
    licence: str = ""
    doi: str = ""
    begun_at: datetime | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        return self.words.get(name, name.replace("_", " ").capitalize())

    def caption_label(self, found: CaptionNumber | None) -> str:
        """What stands before a caption: "Table 3. ", "" where it has no number."""
        if found is None:
            return ""
        words = self.words.get(found.kind.value, f"{found.kind.value.capitalize()} {{number}}")
        return f"{words.format(number=found.number)}. "

    def detail(self, name: str) -> str:
        return self.details.get(name, name.replace("_", " "))


class Labels:
    """What stands above each typed block: its kind, counted where readers count it. One pass over one document.

    ordinals: the how many of its kind each block is, by key, where that is not how many were passed.
    """

    def __init__(self, cover: Cover, ordinals: Mapping[str, int] | None = None) -> None:
        self._cover = cover
        self._ordinals = ordinals or {}
        self._counts: dict[SectionKind, int] = {}

    def next(self, section: Section) -> str:
        """ "" where the title says it already."""
        kind = self._cover.kinds.get(section.kind, "")
        if section.kind in self._cover.counted:
            self._counts[section.kind] = self._counts.get(section.kind, 0) + 1
            number = self._ordinals.get(section.key, self._counts[section.kind])
            kind = f"{kind} {number}" if kind else ""
        return "" if kind.casefold() == plain(section.title).casefold() else kind


def nothing(figure: Figure) -> bytes:
    """A PictureOf for texts that take no pictures along."""
    return b""
