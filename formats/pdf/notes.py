"""Footnotes of a PDF: their marks in the text become nodes `#note`, their own words leave the flow. Pure."""

import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import LEFT_OUT, NOTE, TEXT, Node

LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?[.:]?")
_BLOCKS = frozenset({
    "p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption",
})  # fmt: skip


def same_label(one: str, other: str) -> bool:
    return _bare(one) == _bare(other) != ""


def _bare(text: str) -> str:
    return text.strip().translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")).strip("[]().: ")


def take_notes(body: Node) -> list[Node]:
    """The notes, in the order of their marks. One without a mark stays where it is."""
    _name_notes(body)
    order = {id(node): place for place, node in enumerate(body.walk())}
    notes = [node for node in body.walk() if "pdf-note" in node.classes]
    marks = _marks(body)
    taken: list[tuple[int, Node, Node]] = []
    used: set[int] = set()
    for note in notes:
        label = _label(note)
        words = label.words() if label is not None else ""
        before = [
            mark
            for mark in marks
            if id(mark) not in used and same_label(mark.words(), words) and order[id(mark)] < order[id(note)]
        ]
        after = [
            mark
            for mark in marks
            if id(mark) not in used and same_label(mark.words(), words) and order[id(mark)] > order[id(note)]
        ]
        mark = before[-1] if before else after[0] if after else None
        if mark is None and not _stands_in_text(note):
            continue
        if label is not None:
            left_out(label, Reason.NOTE_NUMBER)
        if mark is not None:
            used.add(id(mark))
        taken.append((order[id(mark or note)], note, mark or note))
    taken.sort(key=lambda found: found[0])
    bodies = []
    for number, (_, note, mark) in enumerate(taken, 1):
        sign = Node(NOTE, str(number))
        if mark is note:
            note.replace_with(sign)
        else:
            mark.replace_with(Node(LEFT_OUT, mark.words(), reason=Reason.NOTE_NUMBER), sign)
            _remove(note)
        bodies.append(note)
    return bodies


def _name_notes(body: Node) -> None:
    """Paragraphs that begin with a raised number, which stands raised in the text before them, are notes."""
    seen: set[str] = set()
    for node in body.walk():
        if node.tag != "sup" or not LABEL.fullmatch(_bare(node.words()) or "-"):
            continue
        block = next((outer for outer in node.ancestors() if outer.tag in _BLOCKS or outer is body), body)
        if block.tag == "p" and _is_first(node, block) and _bare(node.words()) in seen:
            block.attributes["class"] = "pdf-note"
        else:
            seen.add(_bare(node.words()))


def _is_first(node: Node, block: Node) -> bool:
    for inner in block.walk():
        if inner is node:
            return True
        if inner.tag == TEXT and inner.text.strip():
            return False
    return False


def _marks(body: Node) -> list[Node]:
    """Raised numbers and references, the outermost of each."""
    found: list[Node] = []
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if "pdf-note" in node.classes:
            continue
        if (node.tag in ("sup", "a") or "reference" in node.classes) and LABEL.fullmatch(_bare(node.words()) or "-"):
            found.append(node)
            continue
        waiting.extend(reversed(node.children))
    return found


def _label(note: Node) -> Node | None:
    for node in note.walk():
        if "label" in node.classes or (node.tag == "sup" and LABEL.fullmatch(_bare(node.words()) or "-")):
            return node
        if node.tag == TEXT and node.text.strip():
            match = re.match(r"\s*([\[(]?(?:\d{1,3}|[*†‡§]{1,3})[\])]?[.:]?)\s+(?=\S)", node.text)
            if not match:
                return None
            label = Node("span", "", {"class": "label"})
            label.adopt([Node(TEXT, match[1])])
            node.replace_with(label, Node(TEXT, node.text[match.end() :]))
            return label
    return None


def _stands_in_text(note: Node) -> bool:
    return any(outer.tag in _BLOCKS for outer in note.ancestors())


def _remove(node: Node) -> None:
    if node.parent is not None:
        node.parent.children = [child for child in node.parent.children if child is not node]
        node.parent = None
