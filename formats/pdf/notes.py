"""Footnotes of a PDF: their marks in the text become nodes `#note`, their own words leave the flow. Pure."""

import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import LEFT_OUT, NOTE, TEXT, Node
from formats.pdf.text_nodes import BACK, MARK

LABEL = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?[.:]?")
_NOTES = frozenset({"li", "p", "blockquote"})  # what a note can stand in
_NO_NOTE = frozenset({"ul", "ol", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset({
    "p", "li", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption",
})  # fmt: skip


def same_label(one: str, other: str) -> bool:
    return _bare(one) == _bare(other) != ""


def _bare(text: str) -> str:
    return text.strip().translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")).strip("[]().: ")


def take_notes(body: Node) -> list[Node]:
    """The notes, in the order of their first marks. One without a mark stays where it is, as do marks without one."""
    _name_linked(body)
    _name_notes(body)
    order = {id(node): place for place, node in enumerate(body.walk())}
    marks = _marks(body)
    used: set[int] = set()
    taken: list[tuple[int, Node, list[Node]]] = []
    for note in [node for node in body.walk() if "pdf-note" in node.classes]:
        label = _label(note)
        found = _marks_of(note, label, [mark for mark in marks if id(mark) not in used], order)
        if not found and not _stands_in_text(note):
            continue
        if label is not None:
            left_out(label, Reason.NOTE_NUMBER)
        used.update(map(id, found))
        taken.append((order[id(found[0] if found else note)], note, found))
    taken.sort(key=lambda one: one[0])
    for number, (_, note, found) in enumerate(taken, 1):
        for mark in found:
            mark.replace_with(Node(LEFT_OUT, mark.words(), reason=Reason.NOTE_NUMBER), Node(NOTE, str(number)))
        if found:
            _remove(note)
        else:
            note.replace_with(Node(NOTE, str(number)))
    return [note for _, note, _ in taken]


def _marks_of(note: Node, label: Node | None, marks: list[Node], order: dict[int, int]) -> list[Node]:
    """Those that link to it; else the last one before it with its label, or the first after it."""
    if number := note.attributes.get("data-note"):
        return [mark for mark in marks if _linked(mark) == number]
    words = label.words() if label is not None else ""
    same = [mark for mark in marks if not _linked(mark) and same_label(mark.words(), words)]
    before = [mark for mark in same if order[id(mark)] < order[id(note)]]
    return before[-1:] or same[:1]


def _linked(mark: Node) -> str:
    """The number of the note that a mark links to, "" for one without a link."""
    return next((node.attributes["data-note"] for node in mark.walk() if "data-note" in node.attributes), "")


def _name_linked(body: Node) -> None:
    """What holds a link back to a mark, and to no other, is its note; the link itself says nothing."""
    marks = {node.attributes["data-note"] for node in body.walk() if MARK in node.classes}
    for back in [node for node in body.walk() if BACK in node.classes]:
        number = back.attributes["data-note"]
        whole: Node | None = None
        for outer in back.ancestors():
            others = {node.attributes["data-note"] for node in outer.walk() if {MARK, BACK} & set(node.classes)}
            if outer is body or others != {number} or outer.tag in _NO_NOTE:
                break
            if outer.tag in _NOTES or "pdf-note" in outer.classes:
                whole = outer
        if whole is None or number not in marks or any(MARK in node.classes for node in whole.walk()):
            continue
        whole.attributes["class"], whole.attributes["data-note"] = "pdf-note", number
        words = back.words()
        left_out(back, Reason.NOTE_NUMBER)
        back.holds_blocks = False
        if not words:
            _remove(back)
    found = {node.attributes.get("data-note") for node in body.walk() if "pdf-note" in node.classes}
    for node in body.walk():
        if MARK in node.classes and node.attributes.get("data-note") not in found:
            del node.attributes["data-note"]


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
        if MARK in node.classes:
            found.append(node)
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
            if LABEL.fullmatch(node.text.strip()) and node.words() != note.words():
                return node
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
