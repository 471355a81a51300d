"""MathML, as OpenDocument keeps formulas, as a line of text that can be read out. Pure."""

from collections.abc import Callable

from lxml import etree

from formats.office.archive import Element

DEEPEST = 60
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_UNSAID = frozenset({"annotation", "annotation-xml"})


def linear(element: Element, depth: int = 0) -> str:
    name = etree.QName(element).localname
    if name in _UNSAID:
        return ""
    if name in _LEAVES or depth > DEEPEST:
        return " ".join("".join(element.itertext()).split())
    parts = [linear(one, depth + 1) for one in element]
    if name == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    shape = _SHAPES.get((name, len(parts))) or _SHAPES.get((name, 0))
    return shape(parts) if shape else "".join(parts)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _power(parts: list[str]) -> str:
    return f"{parts[0]}^{_grouped(parts[1])}"


def _index(parts: list[str]) -> str:
    return f"{parts[0]}_{_grouped(parts[1])}"


def _both(parts: list[str]) -> str:
    return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])} "


_SHAPES: dict[tuple[str, int], Callable[[list[str]], str]] = {
    ("mfrac", 2): lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}",
    ("msup", 2): _power,
    ("mover", 2): _power,
    ("msub", 2): _index,
    ("munder", 2): _index,
    ("msubsup", 3): _both,
    ("munderover", 3): _both,
    ("msqrt", 0): lambda parts: f"√({''.join(parts)})",
    ("mroot", 2): lambda parts: f"√({parts[1]}&{parts[0]})",
    ("mtable", 0): lambda parts: f"[{'; '.join(parts)}]",
    ("mtr", 0): lambda parts: " & ".join(parts),
    ("mspace", 0): lambda parts: " ",
}
"""By name and number of parts; 0 for any number."""
