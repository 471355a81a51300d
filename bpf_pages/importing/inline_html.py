"""The words of an element as the editor's inline HTML. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from bpf_pages.conversion.rich_text import BREAKS, HEADINGS, MARKS, NOTE_ATTRIBUTE, UNSAID, safe_address
from editions.document.model import Mark

Notes = dict[int, str]
"""By id() of the element that marks a footnote: the inline HTML of the note."""

LIST_ITEMS = frozenset({"li", "dd", "dt"})
ELEMENTS = {
    Mark.STRONG: "b", Mark.EMPHASIS: "i", Mark.CODE: "code", Mark.SUPERSCRIPT: "sup", Mark.SUBSCRIPT: "sub",
    Mark.DELETED: "s",
}  # fmt: skip


def is_said(text: NavigableString) -> bool:
    """Whether a string is words: no comment, doctype or processing instruction, and not inside script or style."""
    return not isinstance(text, PreformattedString) and not any(parent.name in UNSAID for parent in text.parents)


def inline_html(node: Tag, notes: dict[int, str]) -> str:
    return trimmed("".join(_pieces(node.children, notes)))


def _pieces(nodes: Iterable[object], notes: dict[int, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, NavigableString):
            if is_said(node):
                yield escaped(node)
        elif isinstance(node, Tag) and node.name not in UNSAID:
            yield element_html(node, notes)


def element_html(tag: Tag, notes: dict[int, str]) -> str:
    if id(tag) in notes:
        return f'<span {NOTE_ATTRIBUTE}="">{notes[id(tag)]}</span>' if notes[id(tag)] else ""
    if tag.name == "br":
        return "<br/>"
    words = "".join(_pieces(tag.children, notes))
    if not words:
        return ""
    if mark := MARKS.get(tag.name):
        return f"<{ELEMENTS[mark]}>{words}</{ELEMENTS[mark]}>"
    if tag.name == "a" and words.strip() and (address := safe_address(str(tag.get("href") or ""))):
        return words if address.startswith("#") else f'<a href="{escape(address)}">{words}</a>'
    if tag.name in BREAKS or tag.name in HEADINGS or tag.name in LIST_ITEMS:
        return f" {words} "
    return words


def escaped(text: NavigableString) -> str:
    return escape(re.sub(r"\s+", " ", str(text)), quote=False)


def letters(tag: Tag) -> str:
    return "".join("".join(text for text in tag.find_all(string=True) if is_said(text)).split())


def trimmed(html: str) -> str:
    return re.sub(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$", "", re.sub(r" {2,}", " ", html))


def plain_words(cell: Tag) -> str:
    return " ".join(" ".join(text for text in cell.find_all(string=True) if is_said(text)).split())
