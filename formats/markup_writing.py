"""What the writers of EPUB and Akoma Ntoso share: a neutral document block by block, as elements of XML. Pure.

The walk is that of `editions.document.passages`: each piece that is written takes the next passage, so that anchors
and numbers are those of the web page. Both vocabularies name paragraphs, lists, tables and emphasis alike; what they
do not share is asked for by the methods below.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from lxml import etree

from editions.document.caption_numbers import caption_numbers
from editions.document.model import (
    Block,
    Detail,
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
from editions.document.passages import Passage, passages, plain
from editions.document.phrases import phrases
from formats.cover import Cover, Labels
from formats.office.archive import Element
from formats.written_addresses import address_of
from formats.xml_text import lines

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def add_words(parent: Element, text: str) -> None:
    """Letters behind what an element holds so far."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


class MarkupWriter(ABC):
    """One pass over one document. namespace: of every element. marks: element and attributes for each."""

    namespace: ClassVar[str]
    marks: ClassVar[Mapping[Mark, tuple[str, Mapping[str, str]]]]

    def __init__(self, document: Document, cover: Cover) -> None:
        self.document = document
        self.cover = cover
        self.languages = {document.language: None}  # in the order in which they are met
        found = list(passages(document))
        self._next = iter(found)
        self._anchors = {passage.anchor for passage in found}
        own = found[len(found) - len(document.notes) :]
        self._notes = {
            note.key: (number, note, passage)
            for number, (note, passage) in enumerate(zip(document.notes, own, strict=True), 1)
        }
        self._labels = Labels(cover)
        self._caption_numbers = caption_numbers(document)

    def add(self, parent: Element, tag: str, **attributes: str) -> Element:
        return etree.SubElement(parent, f"{{{self.namespace}}}{tag}", attributes)

    def words(self, parent: Element, text: str, language: str) -> None:
        """Letters, with the line ends of their author. language: "" for program text."""
        for place, line in enumerate(lines(text)):
            if place:
                self.add(parent, "br")
            self.line(parent, line, language)

    def line(self, parent: Element, text: str, language: str) -> None:
        add_words(parent, text)

    # Blocks

    def blocks(self, parent: Element, blocks: tuple[Block, ...]) -> None:
        place = parent
        for block in blocks:
            match block:
                case Heading():
                    place = self.heading(place, next(self._next), block.runs)
                case Paragraph():
                    passage = next(self._next)
                    self.passage(self.add(place, "p"), passage, block.runs)
                case ListBlock():
                    self._list(place, block.items, ordered=block.ordered)
                case Table():
                    self._table(place, block)
                case Figure():
                    self.figure(place, block, next(self._next))
                case Quote():
                    self.quote(place, block, next(self._next))
                case Section():
                    self._section(place, block)

    def passage(self, element: Element, passage: Passage, runs: Runs, label: str = "") -> None:
        """An element that is one passage: its name, its language, its number and its words. label: of a caption."""
        self.name(element, passage)
        self.in_language(element, passage.language)
        self.number(element, passage)
        self.label(element, passage, label)
        self.runs(element, runs, passage.language)

    def caption_label(self, key: str) -> str:
        """What stands before a caption: "Table 3. "."""
        return self.cover.caption_label(self._caption_numbers.get(key))

    def in_language(self, element: Element, language: str) -> None:
        if language and language != self.document.language:
            self.language(element, language)
            self.languages.setdefault(language)

    def _list(self, parent: Element, items: tuple[Item, ...], *, ordered: bool) -> None:
        if not items:
            return
        made = self.add(parent, "ol" if ordered else "ul")
        for item in items:
            one = self.add(made, "li")
            self.passage(one, next(self._next), item.runs)
            self._list(one, item.items, ordered=item.ordered)

    def _table(self, parent: Element, table: Table) -> None:
        caption = next(self._next) if plain(table.caption) else None
        width = max((len(row.cells) for row in table.rows), default=0)
        if not width:
            for passage in [caption, *(next(self._next) for _ in table.rows)]:
                if passage is not None:
                    self.passage(self.add(parent, "p"), passage, passage.runs)
            return
        made = self.table(parent)
        if caption is not None:
            self.passage(self.add(made, "caption"), caption, table.caption, self.caption_label(table.key))
        heads = min(table.header_rows, len(table.rows) - 1)
        for place, row in enumerate(table.rows):
            passage = next(self._next)
            line = self.add(self.row_group(made, is_head=place < heads), "tr")
            self.name(line, passage)
            self.in_language(line, passage.language)
            for column in range(width):
                runs = row.cells[column] if column < len(row.cells) else ()
                scope = "col" if place < heads else "row" if table.header_column and column == 0 else ""
                cell = self.cell(line, scope)
                if column == 0:
                    self.number(cell, passage)
                self.runs(cell, runs, passage.language)

    def _section(self, parent: Element, section: Section) -> None:
        place = inner = self.section(parent, section, self._labels.next(section))
        if plain(section.title):
            place = self.heading(inner, next(self._next), section.title)
        if section.details:
            self.details(place, [(detail, next(self._next)) for detail in section.details])
        self.blocks(place, section.blocks)
        self.end_of_section(inner)

    # Runs

    def runs(self, parent: Element, runs: Runs, language: str) -> None:
        """language: of the element in which they stand."""
        for own, phrase in phrases(runs):
            place, spoken = parent, own or self.document.language
            if spoken != language and any(run.text for run in phrase):
                place = self.add(place, "span")
                self.language(place, spoken)
                self.languages.setdefault(spoken)
            for run in phrase:
                if run.note in self._notes:
                    self.note_mark(place, run.note)
                elif run.text and not run.note:
                    self._run(place, run, spoken)

    def _run(self, parent: Element, run: Run, language: str) -> None:
        place = parent
        if run.href:
            place = self._link(place, run.href)
        for mark in sorted(run.marks):
            tag, attributes = self.marks[mark]
            place = self.add(place, tag, **attributes)
        self.words(place, run.text, language if Mark.CODE not in run.marks else "")

    def _link(self, parent: Element, href: str) -> Element:
        if href.startswith("#"):
            return self.inner_link(parent, href[1:]) if href[1:] in self._anchors else parent
        address = address_of(href, self.cover.address)
        return self.add(parent, "a", href=address) if address else parent

    # What a vocabulary has for it

    @abstractmethod
    def name(self, element: Element, passage: Passage) -> None:
        """By which the passage is found."""

    @abstractmethod
    def language(self, element: Element, language: str) -> None: ...

    @abstractmethod
    def number(self, element: Element, passage: Passage) -> None:
        """As it is shown, where it is."""

    @abstractmethod
    def label(self, element: Element, passage: Passage, label: str) -> None:
        """What stands before a caption, where it is shown."""

    @abstractmethod
    def heading(self, place: Element, passage: Passage, runs: Runs) -> Element:
        """Answers where what follows it stands."""

    @abstractmethod
    def section(self, parent: Element, section: Section, label: str) -> Element: ...

    @abstractmethod
    def end_of_section(self, inner: Element) -> None: ...

    @abstractmethod
    def details(self, parent: Element, details: list[tuple[Detail, Passage]]) -> None: ...

    @abstractmethod
    def figure(self, parent: Element, figure: Figure, passage: Passage) -> None: ...

    @abstractmethod
    def quote(self, parent: Element, quote: Quote, passage: Passage) -> None: ...

    @abstractmethod
    def table(self, parent: Element) -> Element: ...

    @abstractmethod
    def row_group(self, table: Element, *, is_head: bool) -> Element:
        """Where the next row stands."""

    @abstractmethod
    def cell(self, row: Element, scope: str) -> Element:
        """Where its words stand. scope: "col" or "row" of a head, else ""."""

    @abstractmethod
    def note_mark(self, parent: Element, key: str) -> None: ...

    @abstractmethod
    def inner_link(self, parent: Element, anchor: str) -> Element: ...
