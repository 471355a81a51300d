"""How a run of Word text looks, as far as a draft keeps it: emphasis, language, and whether anyone sees it. Pure."""

import re
from dataclasses import dataclass

from core.languages.scripts import apart
from editions.document.model import Mark
from formats.docx.package import W, switched, value
from formats.docx.styles import Styles
from formats.office.archive import Element
from formats.office.languages import MainLanguage, believed

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_TOGGLES = (("b", "bCs", Mark.STRONG), ("i", "iCs", Mark.EMPHASIS), ("strike", "dstrike", Mark.DELETED))
_VERTICAL = {"superscript": Mark.SUPERSCRIPT, "subscript": Mark.SUBSCRIPT}


@dataclass(frozen=True, slots=True)
class RunStyle:
    marks: frozenset[Mark] = frozenset()
    hidden: bool = False
    number: str = ""  # the style of the library's own numbers that it has
    languages: tuple[str, ...] = ()  # declared ones, to be believed or not


PLAIN = RunStyle()


def run_style(properties: Element | None, paragraph_style: str, styles: Styles) -> RunStyle:
    """Bold of a paragraph's style is how headings and quotes look; only what a run says itself is emphasis."""
    if properties is None:
        hidden = styles.is_hidden(paragraph_style)
        return RunStyle(hidden=hidden) if hidden else PLAIN
    said = {one.tag: one for one in properties}
    own = value(said.get(f"{W}rStyle"))
    marks = set()
    right = bool(switched(said.get(f"{W}rtl"))) or bool(switched(said.get(f"{W}cs")))
    for usual, other, mark in _TOGGLES:
        names = (
            (other, usual) if right and mark != Mark.DELETED else (usual, other) if mark == Mark.DELETED else (usual,)
        )
        if any(_toggled(said, own, name, styles) for name in names):
            marks.add(mark)
    vertical = value(said.get(f"{W}vertAlign")) or (styles.vertical(own) if own else "")
    if vertical in _VERTICAL:
        marks.add(_VERTICAL[vertical])
    if own and styles.is_code(own):
        marks.add(Mark.CODE)
    direct = switched(said.get(f"{W}vanish"))
    hidden = bool(direct)
    if direct is None:
        hidden = bool(own and styles.is_hidden(own)) or styles.is_hidden(paragraph_style)
    number = styles.number_style(own) if own else ""
    return RunStyle(frozenset(marks), hidden, number, _languages(said.get(f"{W}lang"), right))


def _toggled(said: dict[str, Element], own: str, name: str, styles: Styles) -> bool:
    direct = switched(said.get(W + name))
    return direct if direct is not None else bool(own and styles.toggled(own, name))


def _languages(lang: Element | None, right: bool) -> tuple[str, ...]:
    if lang is None:
        return ()
    order = ("bidi", "val", "eastAsia") if right else ("val", "eastAsia", "bidi")
    return tuple(found for name in order if (found := value(lang, name)))


def run_font(run: Element) -> str:
    """The font that a run itself names for Latin letters, which those of symbol fonts are; "" where a theme says it."""
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is None or value(fonts, "asciiTheme"):
        return ""
    return value(fonts, "ascii") or value(fonts, "hAnsi")


def language_of(style: RunStyle, text: str, paragraph_style: str, styles: Styles) -> str:
    """The language that a run's text is declared in and can be in."""
    order = ("eastAsia", "val", "bidi") if _CJK.search(text) else ("val", "bidi", "eastAsia")
    inherited = (styles.language(paragraph_style, name) for name in order)
    return believed((*style.languages, *inherited), text)


def main_language(body: Element, styles: Styles) -> str:
    found = MainLanguage()
    for run in body.iter(f"{W}r"):
        text = "".join(one.text or "" for one in run.iterfind(f"{W}t"))
        if any(map(str.isalpha, text)):
            properties = run.find(f"{W}rPr")
            said = {one.tag: one for one in properties} if properties is not None else {}
            languages = _languages(said.get(f"{W}lang"), bool(switched(said.get(f"{W}rtl"))))
            found.add(language_of(RunStyle(languages=languages), text, "", styles), text)
    return found.language


def run_language(style: RunStyle, text: str, paragraph_style: str, styles: Styles, main: str) -> str:
    if not style.languages and not main and text.isascii():
        return ""
    return apart(language_of(style, text, paragraph_style, styles), main)
