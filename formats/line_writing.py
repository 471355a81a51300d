"""What the writers of plain text and Markdown share: a neutral document block by block, as lines. Pure."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Runs,
    Section,
    Table,
)  # fmt: skip
from editions.document.passages import passages, plain
from formats.cover import Cover, Labels


class LineWriter(ABC):
    """One pass over one document. What a form has signs for is its own."""

    def __init__(self, document: Document, cover: Cover) -> None:
        self._document = document
        self._cover = cover
        self._labels = Labels(cover)
        self._levels = {passage.key: passage.level for passage in passages(document) if not passage.number}
        self._notes = {note.key: place for place, note in enumerate(document.notes, 1)}

    def content(self) -> bytes:
        return ("\n".join(self._lines()).rstrip("\n") + "\n").encode()

    def _lines(self) -> Iterator[str]:
        yield from self._front()
        yield from self._blocks(self._document.blocks)
        for note in self._document.notes:
            yield from (f"{self._note_sign(self._notes[note.key])} {self._note_text(note.runs)}", "")

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)
            yield ""

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block.key, block.runs)
            case Paragraph():
                yield self._text(block.runs)
            case Quote():
                runs = (*block.runs, Run("\n— "), *block.attribution) if plain(block.attribution) else block.runs
                yield "\n".join(f"> {line}" for line in self._text(runs).split("\n"))
            case ListBlock():
                yield from self._list(block)
            case Table():
                if plain(block.caption):
                    yield from (self._aside(block.caption), "")
                yield from self._rows(block)
            case Figure():
                yield self._picture(block)
                if plain(block.caption):
                    yield from ("", self._aside(block.caption))
            case Section():
                yield from self._section(block)

    def _heading(self, key: str, runs: Runs) -> str:
        return f"{'#' * self._levels.get(key, 1)} {self._line(runs)}"

    def _section(self, section: Section) -> Iterator[str]:
        if label := self._labels.next(section):
            yield from (self._label(label), "")
        if plain(section.title):
            yield from (self._heading(section.key, section.title), "")
        for detail in section.details:
            yield from (f"{self._detail_name(self._cover.detail(detail.name))} {self._aside(detail.runs)}", "")
        yield from self._blocks(section.blocks)

    def _list(self, block: ListBlock) -> Iterator[str]:
        yield from self._items(block.items, block.ordered, "")

    @abstractmethod
    def _front(self) -> Iterator[str]:
        """What stands before the text."""

    @abstractmethod
    def _text(self, runs: Runs) -> str:
        """Of a paragraph, with the line ends of its author."""

    @abstractmethod
    def _line(self, runs: Runs) -> str:
        """On one line."""

    @abstractmethod
    def _note_text(self, runs: Runs) -> str:
        """Of a footnote, behind its sign."""

    @abstractmethod
    def _aside(self, runs: Runs) -> str:
        """Of a caption or of a fact of a typed block."""

    @abstractmethod
    def _items(self, items: tuple[Item, ...], ordered: bool, indent: str) -> Iterator[str]: ...

    @abstractmethod
    def _rows(self, table: Table) -> Iterator[str]: ...

    @abstractmethod
    def _picture(self, figure: Figure) -> str: ...

    @abstractmethod
    def _label(self, label: str) -> str: ...

    @abstractmethod
    def _detail_name(self, name: str) -> str: ...

    @abstractmethod
    def _note_sign(self, number: int) -> str: ...
