"""What the styles of a Word file say of a paragraph or a run, inherited from style to style. Pure."""

from dataclasses import dataclass, field
from functools import cache

from formats.docx.package import W, switched, value
from formats.office.archive import Element
from formats.office.paragraph_roles import Role
from formats.office.style_names import SECTION_LABEL, StyleMeaning, is_code, meaning_of, number_style

DEEPEST = 12  # styles in a chain; files with loops exist
BODY_LEVEL = 9  # an outline level that says "no heading"


@dataclass(frozen=True, slots=True)
class Style:
    """outline: from 0, or None. run: its run properties. head_row, head_column: a table style that sets them apart.
    indent: of its paragraphs, in twentieths of a point."""

    id: str
    name: str = ""
    based_on: str = ""
    outline: int | None = None
    numbering: tuple[str, int] | None = None
    run: Element | None = field(default=None, compare=False)
    head_row: bool = False
    head_column: bool = False
    indent: int | None = None


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default_run: Element | None = None
        self.default_paragraph = ""
        if root is not None:
            self.default_run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
            for one in root.iterfind(f"{W}style"):
                style = _style(one)
                self._styles.setdefault(style.id, style)
                if value(one, "type") == "paragraph" and switched_attribute(one, "default"):
                    self.default_paragraph = style.id
        self.meaning = cache(self._meaning)
        self.is_hidden = cache(self._is_hidden)
        self.is_code = cache(self._is_code)

    def chain(self, style: str) -> list[Style]:
        """The style and those it is based on, nearest first. A style that the file names and lacks has its id."""
        found: list[Style] = []
        while style and len(found) < DEEPEST:
            one = self._styles.get(style, Style(style, style))
            found.append(one)
            style = one.based_on
        return found

    def _meaning(self, style: str) -> StyleMeaning:
        like_title = False
        for place, one in enumerate(self.chain(style)):
            meaning = meaning_of(one.id) or meaning_of(one.name)
            if one.outline is not None and meaning is not None and meaning.role == Role.TITLE and not _is_title(one):
                meaning = None  # a word for titles and headings alike
            if meaning is not None and not (place and meaning.role in (Role.TITLE, Role.SUBTITLE)):
                return meaning
            if one.outline is not None:
                return _by_outline(one.outline)
            like_title = like_title or (meaning is not None and meaning.role == Role.TITLE)
        return StyleMeaning(Role.LIKE_TITLE if like_title else Role.BODY)

    def numbering(self, style: str) -> tuple[str, int] | None:
        """(id, level) of the list that a style puts its paragraphs in."""
        return next((one.numbering for one in self.chain(style) if one.numbering is not None), None)

    def indent(self, style: str) -> int | None:
        return next((one.indent for one in self.chain(style) if one.indent is not None), None)

    def toggled(self, style: str, name: str) -> bool | None:
        """A run property such as `b` in a style's chain: on, off, or not spoken of."""
        for one in self.chain(style):
            said = switched(one.run.find(W + name)) if one.run is not None else None
            if said is not None:
                return said
        return None

    def language(self, style: str, kind: str) -> str:
        runs = [one.run for one in self.chain(style)] + [self.default_run]
        found = (value(run.find(f"{W}lang"), kind) for run in runs if run is not None)
        return next((language for language in found if language), "")

    def vertical(self, style: str) -> str:
        runs = (one.run for one in self.chain(style))
        return next((said for run in runs if run is not None and (said := value(run.find(f"{W}vertAlign")))), "")

    def _is_hidden(self, style: str) -> bool:
        return bool(self.toggled(style, "vanish"))

    def _is_code(self, style: str) -> bool:
        return any(is_code(one.name) or is_code(one.id) for one in self.chain(style))

    def number_style(self, style: str) -> str:
        """Which of the library's own numbers a character style is made for, "" for none."""
        one = self._styles.get(style)
        return number_style(one.name) if one is not None else ""

    def is_label(self, style: str) -> bool:
        """Of words that the library writes beside the passages."""
        one = self._styles.get(style)
        return one is not None and one.name == SECTION_LABEL

    def sets_apart(self, style: str) -> tuple[bool, bool]:
        """Whether a table style draws the first row, and the first column, as heads."""
        chain = self.chain(style)
        return any(one.head_row for one in chain), any(one.head_column for one in chain)


def _is_title(style: Style) -> bool:
    """Whether it is Word's own style for the title, which may have an outline level."""
    return "title" in (style.id.casefold(), style.name.casefold())


def _by_outline(outline: int) -> StyleMeaning:
    return StyleMeaning(Role.HEADING, outline + 1) if 0 <= outline < BODY_LEVEL else StyleMeaning()


def outline_of(properties: Element | None) -> int | None:
    level = value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
    return int(level) if level.isdecimal() and len(level) < 3 else None


def indent_of(properties: Element | None) -> int | None:
    """Of a paragraph's beginning side, in twentieths of a point; None where nothing is said."""
    found = properties.find(f"{W}ind") if properties is not None else None
    said = value(found, "start") or value(found, "left")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """(id, level); the level is -1 where only the list is named. ("0", …) takes a paragraph out of its style's list."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    level = value(found.find(f"{W}ilvl"))
    return value(found.find(f"{W}numId")), int(level) if level.isdecimal() and len(level) < 3 else -1


def switched_attribute(element: Element, name: str) -> bool:
    return value(element, name).lower() in ("1", "true", "on")


def _style(one: Element) -> Style:
    properties = one.find(f"{W}pPr")
    apart = {value(part, "type"): part for part in one.iterfind(f"{W}tblStylePr")}
    return Style(
        value(one, "styleId"),
        value(one.find(f"{W}name")),
        value(one.find(f"{W}basedOn")),
        outline_of(properties),
        numbering_of(properties),
        one.find(f"{W}rPr"),
        _is_apart(apart.get("firstRow")),
        _is_apart(apart.get("firstCol")),
        indent_of(properties),
    )


def _is_apart(part: Element | None) -> bool:
    """Bold, or with a ground of its own."""
    if part is None:
        return False
    return bool(switched(part.find(f"{W}rPr/{W}b"))) or part.find(f"{W}tcPr/{W}shd") is not None
