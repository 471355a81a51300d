"""The base of front matter, body and back matter: headings, facts and sentences in the language of the document."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.languages.direction import direction_of
from pdf.composition.inline_marks import link_span, plain_span
from pdf.composition.strings import Words, primary, words_in
from pdf.layout.context import LayoutContext
from pdf.layout.paragraphs import Label, Paragraph
from pdf.layout.styles import SOFT, Look, Styles, bold, coloured
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node, list_attributes
from pdf.text.bidi import isolated
from pdf.text.spans import Ink, Span

FACT_COLUMN = 108.0  # where the values of facts begin


def level_of(language: str) -> int:
    """The base level of UAX 9 of a text in this language: 0 left to right, 1 right to left."""
    return int(direction_of(language) == "rtl")


@dataclass
class Matter:
    """Builds small parts in the words of a document's language."""

    job: PrintJob
    context: LayoutContext

    @property
    def styles(self) -> Styles:
        return self.context.styles

    @property
    def language(self) -> str:
        return self.job.document.language

    @property
    def words(self) -> Words:
        return words_in(self.language)

    @property
    def words_language(self) -> str:
        """The language of the words this page adds; English where the document's is none of the six."""
        return primary(self.language)

    def ltr(self, text: str) -> str:
        """An address, identifier or date that keeps its order in a right-to-left document."""
        return isolated(text) if self.context.direction else text

    def text(
        self, text: str, tag: str, parent: Node, look: Look, ink: Ink, labels: Sequence[Label] = (), language: str = ""
    ) -> Paragraph:
        node = Node(tag, parent)
        span = plain_span(text, ink, node, language) if language else self.own_words(text, ink, node)
        return Paragraph([span], look, self.context, labels)

    def own_words(self, text: str, ink: Ink, node: Node) -> Span:
        """Words that the page adds, in their own order where they are read the other way than the document."""
        span = plain_span(text, ink, node, self.words_language)
        if level_of(self.words_language) != self.context.direction:
            span.phrase = self.words_language
        return span

    def heading(self, text: str, parent: Node, key: str = "", small: bool = False) -> Paragraph:
        """A heading of the page's own; small: inside a panel."""
        ink = replace(self.styles.heading_ink(3), size=11.2) if small else self.styles.heading_ink(1)
        look = Look(self.styles.heading(3).leading, after=3.0) if small else self.styles.heading(1)
        block = self.text(text, "H2", parent, look, ink)
        block.keeps_with_next = not small
        if key:
            block.anchors, block.bookmark = (key,), (text, key, 0)
        return block

    def subheading(self, text: str, parent: Node, tag: str = "H3") -> Paragraph:
        block = self.text(text, tag, parent, self.styles.heading(2), self.styles.heading_ink(2))
        block.keeps_with_next = True
        return block

    def fact(self, name: str, value: Sequence[Span], label: Node) -> Paragraph:
        hung = Label([self.own_words(name, coloured(self.styles.fact_ink, SOFT), label)], 0.0)
        look = replace(self.styles.fact, indent=FACT_COLUMN)
        return Paragraph(value, look, self.context, [hung])

    def facts(self, rows: Sequence[tuple[str, str, str]], parent: Node) -> list[Paragraph]:
        """Named facts as a list: (name, text, address to link to or "")."""
        made = []
        parent = Node("L", parent, attributes=list_attributes(False))
        for name, text, address in rows:
            item = Node("LI", parent)
            label, body = Node("Lbl", item), Node("LBody", item)
            make = link_span if address else plain_span
            options = {"address": address} if address else {}
            value = make(text, self.styles.fact_ink, body, self.language, **options)
            made.append(self.fact(name, [value], label))
        return made

    def panel_line(self, text: str, parent: Node, strong: bool = False) -> Paragraph:
        ink = bold(self.styles.fact_ink) if strong else self.styles.fact_ink
        return self.text(text, "P", parent, replace(self.styles.fact, after=3.0), ink)

    def prose(
        self, text: str, parent: Node, *, strong: bool = False, soft: bool = False, language: str = ""
    ) -> Paragraph:
        """A paragraph of the back matter, set like the body but without a number. strong: it leads into the next."""
        ink = bold(self.styles.body_ink) if strong else self.styles.body_ink
        node = Node("P", parent, language=language if language not in ("", self.language) else "")
        ink = coloured(ink, SOFT) if soft else ink
        span = plain_span(text, ink, node, language) if language else self.own_words(text, ink, node)
        look = replace(self.styles.body, counted=False, after=2.0 if strong else self.styles.body.after)
        block = Paragraph([span], look, self.context, direction=level_of(language) if language else None)
        block.keeps_with_next = strong
        return block
