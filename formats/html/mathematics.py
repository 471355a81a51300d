"""MathML as readable text: (a+b)/2, x^2, √(x). Pure."""

from formats.html.tree import TEXT, Node

_WRAPPED = {
    "mfrac": "{0}/{1}",
    "msup": "{0}^{1}",
    "msub": "{0}_{1}",
    "mroot": "{1}√{0}",
    "munder": "{0}_{1}",
    "mover": "{0}^{1}",
}
_TRIPLE = frozenset({"msubsup", "munderover"})


def readable(node: Node) -> str:
    """Of a <math> element, without the annotations that say the same in another language."""
    return " ".join(_text(node).split())


def annotations(node: Node) -> list[Node]:
    return [inner for inner in node.walk() if inner.tag in ("annotation", "annotation-xml")]


def source(node: Node) -> str:
    """The element as markup, written anew."""
    parts: list[str] = []
    waiting: list[Node | str] = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            parts.append(found)
        elif found.tag == TEXT:
            parts.append(found.text.replace("&", "&amp;").replace("<", "&lt;"))
        elif not found.tag.startswith("#"):
            said = "".join(
                f' {name}="{value.replace("&", "&amp;").replace(chr(34), "&quot;")}"'
                for name, value in found.attributes.items()
                if name in ("display", "mathvariant", "stretchy", "fence")
            )
            parts.append(f"<{found.tag}{said}>")
            waiting.append(f"</{found.tag}>")
            waiting.extend(reversed(found.children))
    return "".join(parts)


def _text(node: Node) -> str:  # noqa: C901  one element a case
    if node.tag == TEXT:
        return "".join(node.text.split())
    if node.tag in ("annotation", "annotation-xml") or node.tag.startswith("#"):
        return ""
    parts = [_text(child) for child in node.elements() if child.tag not in ("annotation", "annotation-xml")]
    if node.tag == "mtext":
        return " ".join(child.text for child in node.children if child.tag == TEXT)
    if not parts or any(child.tag == TEXT and child.text.strip() for child in node.children):
        return "".join(_text(child) for child in node.children)
    if node.tag in _WRAPPED and len(parts) == 2:
        return _WRAPPED[node.tag].format(
            *(part if node.tag in ("munder", "mover") else _grouped(part) for part in parts)
        )
    if node.tag in _TRIPLE and len(parts) == 3:
        return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    if node.tag == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if node.tag == "mfenced":
        return f"({', '.join(parts)})"
    if node.tag in ("mtable",):
        return "; ".join(parts)
    if node.tag == "mtr":
        return ", ".join(parts)
    return "".join(_text(child) for child in node.children)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
