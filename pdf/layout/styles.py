"""Styles of characters and paragraphs, for each language: one measure, three families, two colours. Lengths in points.

Pages are asymmetric: text stands in a column of about 75 letters a line, beside it a margin that holds ¶ numbers and
into which headings reach out. Arabic mirrors all of it.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from pdf.text.spans import Colour, Ink
from pdf.text.typefaces import DISPLAY, SANS, TEXT, Style

INK: Colour = (0.10, 0.13, 0.15)  # tokens.css --ink
SOFT: Colour = (0.29, 0.34, 0.37)  # --ink-soft
ACCENT: Colour = (0.04, 0.34, 0.42)  # --accent
TINT: Colour = (0.93, 0.955, 0.96)
RULE: Colour = (0.72, 0.77, 0.79)
WARNING: Colour = (0.55, 0.24, 0.05)
CHANGED: Colour = (0.62, 0.33, 0.05)  # the bar beside a passage that differs
REMOVED: Colour = (0.62, 0.09, 0.09)  # words that an edition took out
ADDED: Colour = (0.03, 0.30, 0.55)  # and put in; both are marked by lines and signs too
WARNING_TINT: Colour = (0.985, 0.95, 0.90)

NUMBER_COLUMN = 48.0
"""Width of the margin beside the text, inside the column."""

INDENT = 17.0  # of each level of a list

START, END, CENTRE = "start", "end", "centre"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style; all lengths in points. indent: on the side where its lines begin.

    counted: its lines count for the line numbers of a draft. justified: full lines end where the column does.
    """

    leading: float
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    end_indent: float = 0.0
    align: str = START
    hyphenated: bool = False
    counted: bool = False
    justified: bool = False


@dataclass(frozen=True)
class Styles:
    """The character styles (inks) and paragraph styles (looks) of one language.

    Arabic and Chinese need more room between lines than Latin and Cyrillic.
    """

    language: str

    @cached_property
    def _spread(self) -> float:
        """Leading over type size in running text."""
        return {"ar": 1.78, "fa": 1.78, "ur": 1.9, "zh": 1.66}.get(self.language.split("-")[0].lower(), 1.43)

    def _lead(self, size: float, tightness: float = 1.0) -> float:
        return round(size * self._spread * tightness, 1)

    @cached_property
    def _size(self) -> float:
        return 10.3 if self._is_chinese else 10.8

    @cached_property
    def body_ink(self) -> Ink:
        return Ink(Style(TEXT), self._size, INK)

    @cached_property
    def body(self) -> Look:
        look = Look(self._lead(self._size), after=7.5, indent=NUMBER_COLUMN, hyphenated=True, counted=True)
        return replace(look, justified=self._is_chinese)

    @cached_property
    def _is_chinese(self) -> bool:
        """Its signs are all of one width, so that a ragged edge looks like a mistake (clreq, 3.1.5)."""
        return self.language.split("-")[0].lower() == "zh"

    @cached_property
    def number_ink(self) -> Ink:
        return Ink(Style(SANS), 7.6, SOFT)

    @cached_property
    def note_ink(self) -> Ink:
        return Ink(Style(TEXT), 8.7, INK)

    @cached_property
    def note(self) -> Look:
        return Look(self._lead(8.7, 0.93), indent=NUMBER_COLUMN, hyphenated=True)

    @cached_property
    def title_ink(self) -> Ink:
        return Ink(Style(DISPLAY), 27, INK)

    @cached_property
    def title(self) -> Look:
        return Look(self._lead(27, 0.83), after=6)

    @cached_property
    def subtitle_ink(self) -> Ink:
        return Ink(Style(TEXT), 14, SOFT)

    @cached_property
    def subtitle(self) -> Look:
        return Look(self._lead(14, 0.95), after=4)

    def heading_ink(self, level: int) -> Ink:
        """level: 1 to 5 below the title."""
        size = (17.0, 13.2, 11.4, 10.6, 10.2)[level - 1]
        colour = ACCENT if level in (1, 3) else INK
        return Ink(Style(SANS, bold=True, italic=level == 5), size, colour)

    def heading(self, level: int) -> Look:
        size = self.heading_ink(level).size
        before = (26.0, 19.0, 14.0, 12.0, 11.0)[level - 1]
        indent = 0.0 if level <= 2 else NUMBER_COLUMN
        return Look(self._lead(size, 0.9), before, 6.5 if level <= 2 else 4.0, indent)

    @cached_property
    def label_ink(self) -> Ink:
        """The kind of a typed block, above its title."""
        return Ink(Style(SANS, bold=True), 7.8, ACCENT)

    @cached_property
    def label(self) -> Look:
        return Look(self._lead(7.8), before=14, after=1, indent=NUMBER_COLUMN)

    @cached_property
    def cell_ink(self) -> Ink:
        return Ink(Style(SANS), 8.8, INK)

    @cached_property
    def cell(self) -> Look:
        return Look(self._lead(8.8, 0.93), hyphenated=True)

    @cached_property
    def caption_ink(self) -> Ink:
        return Ink(Style(SANS), 8.8, SOFT)

    @cached_property
    def caption(self) -> Look:
        return Look(self._lead(8.8, 0.95), after=4, indent=NUMBER_COLUMN)

    @cached_property
    def fact_ink(self) -> Ink:
        return Ink(Style(SANS), 9.2, INK)

    @cached_property
    def fact(self) -> Look:
        return Look(self._lead(9.2, 0.98), after=2)

    @cached_property
    def running_ink(self) -> Ink:
        return Ink(Style(SANS), 7.8, SOFT)


def bold(ink: Ink) -> Ink:
    return replace(ink, style=replace(ink.style, bold=True))


def coloured(ink: Ink, colour: Colour) -> Ink:
    return replace(ink, colour=colour)
