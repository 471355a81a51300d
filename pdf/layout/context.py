"""The layout context: paper, styles, direction and typesetter, with which every block of a document is set."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from pdf.layout.paper_sizes import Page, paper
from pdf.layout.styles import Styles
from pdf.text.typesetter import Typesetter


@dataclass(frozen=True, eq=False)
class LayoutContext:
    """language: a BCP 47 tag. text_direction: "ltr" or "rtl". paper_name: one of PAPERS.

    typesetter: with the fonts of one file; documents that share a file share it.
    """

    language: str
    text_direction: str = "ltr"
    paper_name: str = "A4"
    typesetter: Typesetter = field(default_factory=Typesetter)

    @cached_property
    def page(self) -> Page:
        return paper(self.paper_name)

    @cached_property
    def styles(self) -> Styles:
        return Styles(self.language)

    @cached_property
    def direction(self) -> int:
        """0 left to right, 1 right to left: the side where lines begin, and the base level of UAX 9."""
        return int(self.text_direction == "rtl")

    def of_part(self, language: str, text_direction: str) -> "LayoutContext":
        """For a document within a volume: the same paper and fonts, its own language and direction."""
        return replace(self, language=language, text_direction=text_direction)
