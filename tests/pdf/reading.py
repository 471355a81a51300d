"""What a PDF's text is, as others read it, and what it should be, worked out from the document alone."""

import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from editions.document.caption_numbers import caption_numbers
from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Runs,
    Section,
    Table,
)
from editions.document.passages import Passage, passages, plain
from pdf.composition.strings import detail_name, kind_name, words_in


def structure_text(content: bytes, folder: Path) -> str:
    """All text in the order of the structure tree, by poppler, without white space and zero-width characters."""
    path = folder / "read.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True, text=True)
    assert "Error" not in done.stderr, done.stderr
    quoted = re.findall(r'^ *"(.*?)"$', done.stdout, re.MULTILINE | re.DOTALL)
    return squeezed("".join(quoted))


def squeezed(text: str) -> str:
    """Without white space and format characters, NFC: what may differ between two readings of one text."""
    kept = (char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept))


def body_text(document: Document) -> str:
    """What the body of the printed document says, in reading order: the edition's text with its ¶ numbers, the names

    of typed blocks, section numbers, bullets and footnotes, which stand after the passage that marks them.
    """
    return squeezed("".join(_Expected(document).body()))


class _Expected:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.by_key: dict[str, Passage] = {passage.key: passage for passage in passages(document)}
        self.numbers = {note.key: str(index) for index, note in enumerate(document.notes, 1)}
        self.notes = {note.key: note for note in document.notes}
        self.captions = caption_numbers(document)
        self.told: set[str] = set()
        headings = [passage.text for passage in self.by_key.values() if not passage.number]
        typed = [text for text in headings if re.match(r"(\d{1,2}(\.\d{1,2})*[.)]?|[IVXLC]+[.)])\s+\S", text)]
        self.numbered = len(headings) > 2 and len(typed) * 2 < len(headings)
        self.counters = [0, 0, 0]
        self.kinds: Counter[str] = Counter()

    def body(self) -> Iterator[str]:
        yield from self.blocks(self.document.blocks)

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Heading():
                    yield from self.heading(block.key, block.runs)
                case Paragraph():
                    yield from self.passage(block.key, block.runs)
                case ListBlock():
                    yield from self.items(block.items, block.ordered, 0)
                case Table():
                    yield from self.table(block)
                case Figure():
                    yield from self.passage(block.key, block.caption)
                case Quote():
                    yield from self.passage(block.key, block.runs)
                    if plain(block.attribution):
                        yield "—" + self.text(block.attribution)
                        yield from self.footnotes(block.attribution)
                case Section():
                    yield from self.section(block)

    def text(self, runs: Runs) -> str:
        return "".join(self.numbers[run.note] if run.note else run.text for run in runs)

    def passage(self, key: str, runs: Runs, before: str = "") -> Iterator[str]:
        label = ""
        if found := self.captions.get(key):
            label = f"{words_in(self.document.language)[found.kind.value].format(number=found.number)}."
        yield f"{before}{self.by_key[key].number}{label}{self.text(runs)}"
        yield from self.footnotes(runs)

    def footnotes(self, runs: Runs) -> Iterator[str]:
        for run in runs:
            if run.note and run.note not in self.told:
                self.told.add(run.note)
                yield self.numbers[run.note] + self.text(self.notes[run.note].runs)

    def heading(self, key: str, runs: Runs) -> Iterator[str]:
        level = self.by_key[key].level
        number = ""
        if self.numbered and level <= 3:
            self.counters[level - 1] += 1
            self.counters[level:] = [0] * (3 - level)
            number = ".".join(map(str, self.counters[:level]))
        yield number + self.text(runs)
        yield from self.footnotes(runs)

    def items(self, items: tuple[Item, ...], ordered: bool, depth: int) -> Iterator[str]:
        for index, item in enumerate(items, 1):
            yield from self.passage(item.key, item.runs, f"{index}." if ordered else "•–·"[min(depth, 2)])
            yield from self.items(item.items, item.ordered, depth + 1)

    def table(self, table: Table) -> Iterator[str]:
        if plain(table.caption):
            yield from self.passage(table.key, table.caption)
        later: list[str] = []
        if not any(row.cells for row in table.rows):
            return
        for row in table.rows:
            yield str(self.by_key[row.key].number) + "".join(self.text(cell) for cell in row.cells)
            later += [note for cell in row.cells for note in self.footnotes(cell)]
        yield from later

    def section(self, section: Section) -> Iterator[str]:
        kind = kind_name(str(section.kind), self.document.language)
        if section.kind in ("finding", "recommendation", "practice", "case_study"):
            self.kinds[section.kind] += 1
            kind = f"{kind} {self.kinds[section.kind]}"
        if kind.casefold() != plain(section.title).casefold():
            yield kind
        if plain(section.title):
            yield from self.heading(section.key, section.title)
        for detail in section.details:
            name = detail_name(detail.name, self.document.language)
            yield from self.passage(detail.key, detail.runs, f"{name}:" if name else "")
        yield from self.blocks(section.blocks)
