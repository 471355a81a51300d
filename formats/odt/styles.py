"""What the styles of an OpenDocument text say of a paragraph or a span, inherited from style to style. Pure.

A style that the program made for direct formatting is the paragraph's own word; a named one is how its kind looks.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from editions.document.model import Mark
from formats.odt.package import FO, OFFICE, STYLE, TABLE, TEXT, font_of, number
from formats.office.archive import Element
from formats.office.paragraph_roles import Role
from formats.office.style_names import StyleMeaning, is_code, meaning_of, number_style

DEEPEST = 12  # styles in a chain
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_LIGHT = frozenset({"normal", "100", "200", "300", "400", "500"})


@dataclass(frozen=True, slots=True)
class Style:
    name: str
    parent: str = ""
    title: str = ""
    automatic: bool = False
    outline: int = 0
    list_style: str = ""
    text: dict[str, str] = field(default_factory=dict)
    hidden_section: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """Of a stretch of text. languages: declared ones."""

    marks: frozenset[Mark] = frozenset()
    hidden: bool = False
    number: str = ""  # the style of the library's own numbers that it has
    languages: tuple[str, ...] = ()
    font: str = ""


class OdtStyles:
    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, Element] = {}
        self.outline: Element | None = None
        self.default: dict[str, str] = {}
        for root in roots:
            for group in root.iterchildren(f"{OFFICE}automatic-styles", f"{OFFICE}styles"):
                self._add(group, group.tag == f"{OFFICE}automatic-styles")
        self.meaning = cache(self._meaning)
        self.look = cache(self._look)

    def _add(self, group: Element, automatic: bool) -> None:
        for one in group:
            name = str(one.get(f"{STYLE}name") or "")
            if one.tag == f"{STYLE}style":
                key = (str(one.get(f"{STYLE}family") or ""), name)
                self._styles.setdefault(key, _style(one, name, automatic))
            elif one.tag == f"{TEXT}list-style":
                self.lists.setdefault(name, one)
            elif one.tag == f"{TEXT}outline-style":
                self.outline = one
            elif one.tag == f"{STYLE}default-style" and one.get(f"{STYLE}family") == "paragraph":
                self.default = _text_properties(one)

    def chain(self, family: str, name: str) -> list[Style]:
        found: list[Style] = []
        while name and len(found) < DEEPEST:
            style = self._styles.get((family, name)) or Style(name)
            found.append(style)
            name = style.parent
        return found

    def _meaning(self, name: str) -> StyleMeaning:
        """Of a paragraph style."""
        named = [one for one in self.chain("paragraph", name) if not one.automatic]
        like_title = False
        for place, one in enumerate(named):
            meaning = meaning_of(one.title) or meaning_of(one.name)
            if meaning is not None and not (place and meaning.role in (Role.TITLE, Role.SUBTITLE)):
                return meaning
            if one.outline:
                return StyleMeaning(Role.HEADING, one.outline)
            like_title = like_title or (meaning is not None and meaning.role == Role.TITLE)
        return StyleMeaning(Role.LIKE_TITLE if like_title else Role.BODY)

    def named(self, name: str) -> str:
        """The paragraph style that a person chose, behind what the program made of it."""
        return next((one.name for one in self.chain("paragraph", name) if not one.automatic), name)

    def list_style(self, name: str) -> str:
        return next((one.list_style for one in self.chain("paragraph", name) if one.list_style), "")

    def is_hidden_section(self, name: str) -> bool:
        return any(one.hidden_section for one in self.chain("section", name) + self.chain("table", name))

    def is_code(self, name: str) -> bool:
        return any(is_code(one.title) or is_code(one.name) for one in self.chain("text", name))

    def number_style(self, name: str) -> str:
        found = (number_style(said) for one in self.chain("text", name) for said in (one.title, one.name))
        return next(filter(None, found), "")

    def _look(self, paragraph: str, spans: tuple[str, ...]) -> Look:
        """spans: names of the text styles around, innermost last."""
        said: dict[str, str] = {}
        code, own_number = False, ""
        own = self.chain("paragraph", paragraph)
        for style in reversed(own):
            shown = style.text if style.automatic else {key: style.text[key] for key in _INHERITED if key in style.text}
            said |= shown
        for span in spans:
            for style in reversed(self.chain("text", span)):
                said |= style.text
            code = code or self.is_code(span)
            own_number = own_number or self.number_style(span)
        kinds = ("language", "asian", "complex")
        languages = tuple(found for key in kinds if (found := said.get(key) or self.default.get(key, "")))
        marks = {mark for mark, key in _MARKS if said.get(key)}
        every = frozenset(marks | ({Mark.CODE} if code else set()))
        return Look(every, said.get("display") == "none", own_number, languages, said.get("font", ""))


_INHERITED = ("font", "display", "language", "asian", "complex")
_MARKS = (
    (Mark.STRONG, "bold"),
    (Mark.EMPHASIS, "italic"),
    (Mark.DELETED, "struck"),
    (Mark.SUPERSCRIPT, "super"),
    (Mark.SUBSCRIPT, "sub"),
)


def _style(one: Element, name: str, automatic: bool) -> Style:
    section = one.find(f"{STYLE}section-properties")
    table = one.find(f"{STYLE}table-properties")
    is_hidden = (section is not None and section.get(f"{TEXT}display") == "none") or (
        table is not None and table.get(f"{TABLE}display") == "false"
    )
    return Style(
        name,
        str(one.get(f"{STYLE}parent-style-name") or ""),
        str(one.get(f"{STYLE}display-name") or decoded(name)),
        automatic,
        number(one.get(f"{STYLE}default-outline-level")),
        str(one.get(f"{STYLE}list-style-name") or ""),
        _text_properties(one),
        is_hidden,
    )


def decoded(name: str) -> str:
    """A style's name as people see it: `Heading_20_1` is "Heading 1"."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)


def _text_properties(one: Element) -> dict[str, str]:
    """What is said, in the words of this module; "" where a thing is said not to be."""
    properties = one.find(f"{STYLE}text-properties")
    if properties is None:
        return {}
    found = _languages(properties)
    for key, names, plain in _SAID:
        values = [value for name in names if (value := properties.get(name))]
        if values:
            found[key] = "yes" if any(value not in plain for value in values) else ""
    if position := str(properties.get(f"{STYLE}text-position") or "").split():
        found["super"] = "yes" if position[0] == "super" or _percent(position[0]) > 0 else ""
        found["sub"] = "yes" if position[0] == "sub" or _percent(position[0]) < 0 else ""
    if font := font_of(properties):
        found["font"] = font
    if display := properties.get(f"{TEXT}display"):
        found["display"] = str(display)
    return found


_SAID: tuple[tuple[str, tuple[str, str], frozenset[str]], ...] = (
    ("bold", (f"{FO}font-weight", f"{STYLE}font-weight-complex"), _LIGHT),
    ("italic", (f"{FO}font-style", f"{STYLE}font-style-complex"), frozenset({"normal"})),
    ("struck", (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type"), frozenset({"none"})),
)


def _languages(properties: Element) -> dict[str, str]:
    found = {}
    for key, names in _LANGUAGES:
        said = [str(properties.get(name) or "none") for name in names]
        if said[0] != "none":
            found[key] = "-".join(part for part in said if part != "none")
    return found


_LANGUAGES = (
    ("language", (f"{FO}language", f"{FO}script", f"{FO}country")),
    ("asian", (f"{STYLE}language-asian", f"{STYLE}script-asian", f"{STYLE}country-asian")),
    ("complex", (f"{STYLE}language-complex", f"{STYLE}script-complex", f"{STYLE}country-complex")),
)


def _percent(text: str) -> float:
    try:
        return float(text.rstrip("%"))
    except ValueError:
        return 0
