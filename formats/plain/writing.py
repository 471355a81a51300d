"""A neutral document as plain text: one paragraph a line, a blank line between. Pure.

Headings are underlined or begin with number signs, notes stand at the end; `formats.plain` reads it back.
"""

import unicodedata
from collections.abc import Iterator

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Run,
    Runs,
    Section,
    Table,
)  # fmt: skip
from editions.document.passages import passages, plain
from formats.cover import Cover, Labels

CONTENT_TYPE = "text/plain; charset=utf-8"


def write(document: Document, cover: Cover) -> bytes:
    return ("\n".join(_Writer(document, cover).lines()).rstrip("\n") + "\n").encode()


class _Writer:
    def __init__(self, document: Document, cover: Cover) -> None:
        self._document = document
        self._cover = cover
        self._labels = Labels(cover)
        self._levels = {passage.key: passage.level for passage in passages(document) if not passage.number}
        self._notes = {note.key: place for place, note in enumerate(document.notes, 1)}

    def lines(self) -> Iterator[str]:
        title = " ".join(self._document.title.split())
        yield from (title, "=" * min(_width(title), 72), "")
        about = (
            " ".join(self._document.subtitle.split()), self._cover.status, self._cover.identifier, self._cover.address,
        )  # fmt: skip
        for line in about:
            if line:
                yield from (line, "")
        yield from self._blocks(self._document.blocks)
        for note in self._document.notes:
            yield from (f"[{self._notes[note.key]}] {self._line(note.runs)}", "")

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)
            yield ""

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block.key, block.runs)
            case Paragraph():
                yield self._said(block.runs)
            case Quote():
                runs = (*block.runs, Run("\n— "), *block.attribution) if plain(block.attribution) else block.runs
                yield "\n".join(f"> {line}" for line in self._said(runs).split("\n"))
            case ListBlock():
                yield from self._items(block.items, block.ordered, "")
            case Table():
                if plain(block.caption):
                    yield from (self._line(block.caption), "")
                yield from (" | ".join(self._line(cell) for cell in row.cells) for row in block.rows)
            case Figure():
                yield f"[{' '.join(block.alt.split())}]"
                if plain(block.caption):
                    yield from ("", self._line(block.caption))
            case Section():
                yield from self._section(block)

    def _heading(self, key: str, runs: Runs) -> str:
        return f"{'#' * self._levels.get(key, 1)} {self._line(runs)}"

    def _section(self, section: Section) -> Iterator[str]:
        if label := self._labels.next(section):
            yield from (f"[{label}]", "")
        if plain(section.title):
            yield from (self._heading(section.key, section.title), "")
        for detail in section.details:
            yield from (f"{self._cover.detail(detail.name)}: {self._line(detail.runs)}", "")
        yield from self._blocks(section.blocks)

    def _items(self, items: tuple[Item, ...], ordered: bool, indent: str) -> Iterator[str]:
        for place, item in enumerate(items, 1):
            sign = f"{place}. " if ordered else "- "
            yield f"{indent}{sign}{self._line(item.runs)}"
            yield from self._items(item.items, item.ordered, indent + "    ")

    def _line(self, runs: Runs) -> str:
        return " ".join(self._said(runs).split())

    def _said(self, runs: Runs) -> str:
        text = "".join(map(self._run, runs)).replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))

    def _run(self, run: Run) -> str:
        """Struck words stay known as such, raised ones too, and a link tells where it leads."""
        if run.note:
            return f" [{self._notes[run.note]}]" if run.note in self._notes else ""
        text = run.text
        if Mark.DELETED in run.marks and text.strip():
            text = f"~~{text}~~"
        if Mark.SUPERSCRIPT in run.marks and text.strip():
            text = f"^{text}"
        return f"{text} <{run.href}>" if run.href and run.href != run.text.strip() else text


def _width(text: str) -> int:
    """Columns of a screen with letters of one width."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
