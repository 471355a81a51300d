"""What tags do not say and the text shows: numbers typed into items, and captions that are paragraphs in italics. Pure."""

import re

from formats.draft import Reason
from formats.html.tree import LEFT_OUT, TEXT, Node
from formats.pdf.text_nodes import label_text
from formats.plain.markers import Marker, marker_of

LONGEST_CAPTION = 120
LONGEST_LABEL = 6


def mend(body: Node) -> None:
    for node in list(body.walk()):
        if node.tag in ("ul", "ol"):
            _take_typed_labels(node)
        elif node.tag == "p" and not node.classes and _is_caption(node):
            node.attributes["class"] = "caption"


# Lists


def _take_typed_labels(node: Node) -> None:
    """Of a list that has no labels, and whose every item begins with a bullet or number. The list is of that kind."""
    items = [child for child in node.children if child.tag == "li" and _own_words(child)]
    found = [_typed(item) for item in items]
    labels = [(leaf, marker, text) for one in found if one is not None for leaf, marker, text in [one]]
    if not items or len(labels) < len(items):
        return
    kinds = {marker.kind for _, marker, _ in labels}
    numbers = [marker.number for _, marker, _ in labels]
    if len(kinds) > 1 or numbers != ([0] * len(numbers) if not numbers[0] else list(range(numbers[0], numbers[0] + len(numbers)))):
        return
    first = labels[0][1]
    for leaf, _, label in labels:
        rest = leaf.text.strip()[len(label) :]
        sign = Node(LEFT_OUT, label, reason=Reason.LIST_NUMBER)
        leaf.replace_with(sign, *([Node(TEXT, rest.lstrip())] if rest.strip() else []))
    node.tag = "ol" if first.ordered else "ul"
    if first.ordered and first.number > 1:
        node.attributes["start"] = str(first.number)
    kind = first.kind.strip("().")
    if first.ordered and kind in ("a", "i"):
        node.attributes["type"] = kind


def _own_words(item: Node) -> bool:
    return any(child.words() for child in item.children if child.tag not in ("ul", "ol"))


def _typed(item: Node) -> tuple[Node, Marker, str] | None:
    """The text an item begins with, its sign, and that as it stands there; None where it has a label or no sign."""
    for inner in item.walk():
        if inner.tag in ("ul", "ol") or (inner.tag == LEFT_OUT and inner.reason == Reason.LIST_NUMBER):
            return None
        if inner.tag != TEXT or not (text := inner.text.strip()):
            continue
        whole = label_text(text)
        if len(text) <= LONGEST_LABEL and (marker := marker_of(f"{whole} x")) is not None and marker.rest == "x":
            return inner, marker, text
        marker = marker_of(text)
        return (inner, marker, marker.text) if marker is not None and text.startswith(marker.text) else None
    return None


# Captions


def _is_caption(node: Node) -> bool:
    """Whether a paragraph is short, no sentence, and stands right before a table, or in italics after a picture."""
    words = node.words()
    if not words or len(words) > LONGEST_CAPTION or re.search(r"[.:!?。：؟]$", words):
        return False
    if _beside(node, 1) == "table":
        return True
    texts = [inner for inner in node.walk() if inner.tag == TEXT and inner.text.strip()]
    italic = all(any(outer.tag == "i" for outer in text.ancestors()) for text in texts)
    return italic and _beside(node, -1) in ("figure", "img")


def _beside(node: Node, step: int) -> str:
    siblings = node.parent.children if node.parent is not None else []
    place = next(at for at, child in enumerate(siblings) if child is node) + step
    while 0 <= place < len(siblings):
        other = siblings[place]
        holds = next((inner.tag for inner in other.walk() if inner.tag in ("figure", "img", "table")), "")
        if other.words() or holds:
            return holds
        place += step
    return ""

