"""Elements of WordprocessingML, made one at a time. Pure."""

from typing import Any

from lxml import etree

from formats.docx.package import W
from formats.office.archive import Element
from formats.xml_text import lines

VALUE = f"{W}val"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add(parent: Element, name: str, value: str | None = None, /, **attributes: str) -> Element:
    """A new last child `w:name`, with `w:val` and other attributes of the same namespace."""
    if value is None and not attributes:
        return etree.SubElement(parent, W + name)
    given = {VALUE: value} if value is not None else {}
    return etree.SubElement(parent, W + name, given | {W + key: text for key, text in attributes.items()})


def add_text(run: Element, text: str, tag: str = "t") -> None:
    """Letters into a run; a line end becomes a break, a tab a tab. tag: of the letters, "delText" of removed ones."""
    for place, line in enumerate(lines(text)):
        if place:
            add(run, "br")
        for part, stretch in enumerate(line.split("\t")):
            if part:
                add(run, "tab")
            if stretch:
                letters = add(run, tag)
                letters.text = stretch
                if stretch[0] == " " or stretch[-1] == " ":  # else nobody drops anything
                    letters.set(SPACE, "preserve")


def root(name: str, namespaces: dict[str, str]) -> Any:
    return etree.Element(W + name, nsmap=namespaces)
