"""An HTML file as a tree of plain nodes, parsed as browsers do it (lexbor, docs/adr/0100). Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from formats.draft import Reason, Thing, Unreadable, UnreadableFile

LONGEST = 60_000_000  # characters; a book of 2,000 pages with its pictures as data: addresses is 40 million
DEEPEST = 90  # levels kept; what lies deeper is lifted: no text needs more, and readers here call themselves
TEXT, COMMENT, LEFT_OUT, NOTE, REMARK = "#text", "#comment", "#left-out", "#note", "#remark"
PAGE, FINDING = "#page", "#finding"  # where a page begins; what to tell of this place, its kind as attribute "doubt"
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "del",
    "dfn", "em", "embed", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "meter", "nobr", "object",
    "output", "picture", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "select", "small",
    "source", "span", "strike", "strong", "sub", "sup", "svg", "time", "track", "tt", "u", "var", "wbr", "math",
    "audio", "video", "canvas", "map", "area",
})  # fmt: skip
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
_CLOSED_AT_ONCE = re.compile(rf"<(?!(?:{_VOID})\b)([a-zA-Z][\w:]*)((?:\s[^<>]{{0,2000}})?)/>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_COLUMNS = re.compile(r"</?col(?:group)?\b[^<>]{0,1000}>?", re.IGNORECASE)
_XHTML = re.compile(r"\s*(?:<\?xml|<!DOCTYPE html PUBLIC [^>]*XHTML)", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Node:
    """tag: of an element, or one of the names above. text: of a text or comment; key of a note.

    holds_blocks: whether anything in it, at any depth, is no inline element. reason: of what is left out;
    things: what stood in it.
    """

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)
    parent: "Node | None" = None
    holds_blocks: bool = False
    reason: Reason | None = None
    css: dict[str, str] = field(default_factory=dict)
    things: Counter[Thing] | None = None

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def walk(self) -> "Iterator[Node]":
        """It and all below it, in order, without calling itself."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def before(self) -> "Node | None":
        """The nearest sibling before it that has words."""
        found = None
        for sibling in self.parent.children if self.parent is not None else ():
            if sibling is self:
                break
            if sibling.words():
                found = sibling
        return found

    def ancestors(self) -> "Iterator[Node]":
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def words(self, *, left_out: bool = True) -> str:
        """Its text on one line, blocks parted by spaces. left_out: with what was left out in it; remarks last, since
        one may stand within a word."""
        parts: list[str] = []
        remarks: list[str] = []
        for node in self.walk():
            if node.tag == LEFT_OUT and node.reason in (Reason.COMMENT, Reason.METADATA):
                remarks += [f" {node.text}"] if left_out else []
            elif node.tag == TEXT or (left_out and node.tag == LEFT_OUT):
                parts.append(f" {node.text} " if node.holds_blocks else node.text)
            elif node.tag == "br" or is_block(node):
                parts.append(" ")
        return " ".join("".join([*parts, *remarks]).split())

    def replace_with(self, *nodes: "Node") -> None:
        if self.parent is None:
            return
        place = next(place for place, child in enumerate(self.parent.children) if child is self)
        self.parent.children[place : place + 1] = nodes
        for node in nodes:
            node.parent = self.parent
        if self not in nodes:
            self.parent = None

    def adopt(self, nodes: "list[Node]") -> None:
        for node in nodes:
            node.parent = self
        self.children.extend(nodes)

    def elements(self) -> "list[Node]":
        return [child for child in self.children if not child.tag.startswith("#")]


def prepared(text: str) -> str:
    """What both readings of a file begin with: no NUL, no frames, no XHTML that an HTML parser reads otherwise."""
    if len(text) > LONGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    text = re.sub(r"<(/?)frameset\b", r"<\1div", text.replace("\x00", ""), flags=re.IGNORECASE)
    if "<![CDATA[" in text:  # which is text in one place and a comment in another
        text = _CDATA.sub(lambda found: escape(found[1], quote=False), text).replace("<![CDATA[", "")
    if "<template" in text.lower():  # in which text after a <col> would be dropped, as the standard says
        text = _COLUMNS.sub(" ", text)
    return _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text) if _XHTML.match(text) else text


def parsed(text: str) -> Node:
    """The whole file below one node `#document`: comments outside of <html> too, templates with what is in them."""
    top = Node("#document")
    root = LexborHTMLParser(text).root
    if root is None:
        return top
    first = root
    while first.prev is not None:
        first = first.prev
    _grow(top, first)
    mark_blocks(top)
    return top


def _grow(top: Node, first: LexborNode) -> None:
    waiting: list[tuple[LexborNode | None, Node, int]] = [(first, top, 0)]
    while waiting:
        found, parent, depth = waiting.pop()
        while found is not None:
            node = _node(found)
            node.parent = parent
            parent.children.append(node)
            child = _first_child(found)
            if child is not None:
                waiting.append((found.next, parent, depth))
                if depth < DEEPEST:
                    found, parent, depth = child, node, depth + 1
                else:
                    found = child
                continue
            found = found.next


def _first_child(found: LexborNode) -> LexborNode | None:
    if found.tag == "template":
        fragments = found.template_fragments()
        if fragments and fragments[0].first_child is not None:
            return fragments[0].first_child
    return found.first_child


def _node(found: LexborNode) -> Node:
    if found.is_text_node:
        return Node(TEXT, found.text_content or "")
    if found.is_comment_node:
        return Node(COMMENT, found.comment_content or "")
    if not found.is_element_node:
        return Node(COMMENT)
    return Node(
        (found.tag or "span").lower(), "", {name.lower(): value or "" for name, value in found.attributes.items()}
    )


def mark_blocks(top: Node) -> None:
    for node in reversed(list(top.walk())):
        if node.parent is not None and (node.holds_blocks or is_block(node)):
            node.parent.holds_blocks = True


def is_block(node: Node) -> bool:
    return not node.tag.startswith("#") and node.tag not in INLINE and ":" not in node.tag
