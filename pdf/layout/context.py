"""What every block of a document is set with: its paper, its styles, its direction and the typesetter. One value."""

from dataclasses import dataclass, replace

from pdf.layout.paper_sizes import Page, paper
from pdf.layout.styles import Styles
from pdf.text.typefaces import DocumentFonts
from pdf.text.typesetter import Typesetter


@dataclass(frozen=True)
class LayoutContext:
    """direction: 0 left to right, 1 right to left: the side where lines begin, and the base level of UAX 9."""

    page: Page
    styles: Styles
    direction: int
    typesetter: Typesetter

    @property
    def language(self) -> str:
        return self.styles.language

    def of_part(self, language: str, direction: str) -> "LayoutContext":
        """For a document of a volume: the same paper and fonts, its own language and direction ("ltr" or "rtl")."""
        return replace(self, styles=Styles(language), direction=int(direction == "rtl"))


def context_of(language: str, direction: str, paper_name: str = "A4") -> LayoutContext:
    """For a file of its own, with fonts of its own. direction: "ltr" or "rtl"."""
    return LayoutContext(paper(paper_name), Styles(language), int(direction == "rtl"), Typesetter(DocumentFonts()))
