"""The text of a document as the main body of an Akoma Ntoso statement. Pure.

Headings hold what follows them. Paragraphs are found by their anchor on the web page (`eId`, of this edition) and by
their key, which stays the same in every edition (`wId`): what the standard has the two for.
"""

from collections.abc import Callable
from types import MappingProxyType

from editions.document.model import Detail, Document, Figure, Mark, Quote, Runs, Section
from editions.document.passages import Passage, plain
from formats.cover import Cover
from formats.markup_writing import LANGUAGE, MarkupWriter
from formats.office.archive import Element
from formats.xml_text import one_line

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


class Text(MarkupWriter):
    """picture_address: where a figure is found, "" for nowhere."""

    namespace = NAMESPACE
    marks = MappingProxyType(
        {
            Mark.STRONG: ("b", {}), Mark.EMPHASIS: ("i", {}), Mark.CODE: ("inline", {"name": "code"}),
            Mark.SUPERSCRIPT: ("sup", {}), Mark.SUBSCRIPT: ("sub", {}), Mark.DELETED: ("del", {}),
        }
    )  # fmt: skip

    def __init__(self, document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> None:
        super().__init__(document, cover)
        self._picture_address = picture_address
        self._around: dict[Element, tuple[int, Element]] = {}  # what holds text: the level of its heading, its outer
        self._placed: set[str] = set()
        self._named: set[str] = set()

    def write(self, body: Element) -> None:
        self.blocks(body, self.document.blocks)
        for key in self._notes:
            if key not in self._placed:
                self.note_mark(self.add(body, "p"), key)
        if not len(body):
            self.add(body, "p")

    def name(self, element: Element, passage: Passage) -> None:
        element.set("eId", passage.anchor)
        if key := "".join(passage.key.split()):
            element.set("wId", key)

    def language(self, element: Element, language: str) -> None:
        element.set(LANGUAGE, language)

    def number(self, element: Element, passage: Passage) -> None:
        """The anchor says it."""

    def label(self, element: Element, passage: Passage, label: str) -> None:
        """Whoever draws it counts figures and tables as the schema's own elements."""

    def heading(self, place: Element, passage: Passage, runs: Runs) -> Element:
        """In the text a container of the hierarchy; inside a typed block, which may not hold one, a block."""
        while place in self._around and self._around[place][0] >= passage.level:
            place = self._around[place][1]
        if _tag(place) in ("mainBody", "content", "intro"):
            outer = place
            if _tag(place) != "mainBody":
                outer = place.getparent()
                self._only_before(place)
            made = self.add(outer, "hcontainer", name="section")
            self._heading(made, passage, runs)
            held = self.add(made, "content")
        else:
            made = held = self.add(place, "blockContainer", **{"class": "section"})
            self._heading(made, passage, runs)
        made.set("eId", f"section_{passage.anchor}")
        self._around[held] = (passage.level, place)
        return held

    def _only_before(self, held: Element) -> None:
        """What a container holds before the first container in it is its introduction."""
        if _tag(held) == "content":
            held.tag = f"{{{NAMESPACE}}}intro"

    def _heading(self, container: Element, passage: Passage, runs: Runs) -> None:
        self.passage(self.add(container, "heading"), passage, runs)

    def section(self, parent: Element, section: Section, label: str) -> Element:
        made = self.add(parent, "blockContainer", **{"class": section.kind.value})
        if label:
            self.add(made, "num").text = one_line(label)
        return made

    def end_of_section(self, inner: Element) -> None:
        """No container of blocks is empty: a title that nothing follows stands as a block."""
        for container in [*inner.iterdescendants(f"{{{NAMESPACE}}}blockContainer"), inner]:
            if all(_tag(child) in ("num", "heading") for child in container):
                self.add(container, "p")

    def details(self, parent: Element, details: list[tuple[Detail, Passage]]) -> None:
        for detail, passage in details:
            made = self.add(parent, "block", name=detail.name, title=one_line(self.cover.detail(detail.name)))
            self.passage(made, passage, detail.runs)

    def figure(self, parent: Element, figure: Figure, passage: Passage) -> None:
        made = self.add(parent, "blockContainer", **{"class": "figure"})
        line = self.add(made, "p")
        if address := self._picture_address(figure):
            shown = self.add(line, "img", src=address, alt=one_line(figure.alt))
            if figure.width and figure.height:
                shown.set("width", str(figure.width))
                shown.set("height", str(figure.height))
        else:
            line.text = one_line(figure.alt)
        self.passage(self.add(made, "block", name="caption"), passage, figure.caption)

    def quote(self, parent: Element, quote: Quote, passage: Passage) -> None:
        made = self.add(parent, "blockContainer", **{"class": "quote"})
        self.passage(self.add(made, "p"), passage, quote.runs)
        if plain(quote.attribution):
            self.runs(self.add(made, "block", name="attribution"), quote.attribution, self.document.language)

    def table(self, parent: Element) -> Element:
        return self.add(parent, "table")

    def row_group(self, table: Element, *, is_head: bool) -> Element:
        return table

    def cell(self, row: Element, scope: str) -> Element:
        return self.add(self.add(row, "th" if scope else "td"), "p")

    def note_mark(self, parent: Element, key: str) -> None:
        """The note itself at its first mark, a reference to it at another."""
        number, note, passage = self._notes[key]
        if key in self._placed:
            self.add(parent, "noteRef", href=f"#{passage.anchor}", marker=str(number))
            return
        self._placed.add(key)
        made = self.add(parent, "authorialNote", marker=str(number), placement="bottom")
        self.passage(made, passage, ())
        if made.get(LANGUAGE) is None and any(around.get(LANGUAGE) for around in made.iterancestors()):
            self.language(made, passage.language)  # not that of the words which it is marked at
        self.runs(self.add(made, "p"), note.runs, passage.language)

    def inner_link(self, parent: Element, anchor: str) -> Element:
        return self.add(parent, "a", href=f"#{anchor}")


def _tag(element: Element) -> str:
    found: str = element.tag
    return found.rpartition("}")[2]
