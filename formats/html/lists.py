"""Lists that are none in the HTML: Word's paragraphs with a bullet in them, Google's flat lists with levels. Pure.

Both become the nested lists they look like.
"""

import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.styles import inches
from formats.html.tree import LEFT_OUT, TEXT, Node
from formats.roman_numerals import roman_value

_WORD_LIST = re.compile(r"l(\d+)\s+level(\d+)\s+lfo(\d+)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?([0-9]{1,4}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,7})[.)]|[0-9]{1,3}(?:\.[0-9]{1,3})+\.?")
_GOOGLE = re.compile(r"lst-kix_(\w+)-(\d)")
_WORD_CLASSES = re.compile(r"MsoList(?:Paragraph|Bullet|Number)\w*")
MADE_ITEM = "made-here"
"""Attribute of an item that no file holds: a list below it began one level too deep."""
_HALF_INCH = 0.5
_TYPES = (
    ("I", re.compile(r"[IVXLCDM]+")),
    ("i", re.compile(r"[ivxlcdm]+")),
    ("A", re.compile(r"[A-Z]")),
    ("a", re.compile(r"[a-z]")),
)


def make_lists_real(body: Node) -> None:
    for node in list(body.walk()):
        if len(node.children) > 0:
            _word_lists_in(node)
            _google_lists_in(node)
            _web_word_lists_in(node)


class Nest:
    """A list that grows level by level."""

    def __init__(self) -> None:
        self.top: Node | None = None
        self.open: list[Node] = []

    def list_at(self, level: int, tag: str) -> Node:
        """The list for an item of this level, 1 and up, made where it is missing."""
        level = max(1, min(level, 9))
        del self.open[level:]
        if len(self.open) == level and self.open[-1].tag != tag and level > 1:
            self.open.pop()
        while len(self.open) < level:
            made = Node(tag, holds_blocks=True)
            if self.open:
                outer = self.open[-1]
                if not outer.children:
                    outer.adopt([Node("li", attributes={MADE_ITEM: ""}, holds_blocks=True)])
                outer.children[-1].adopt([made])
                outer.children[-1].holds_blocks = True
            else:
                self.top = made
            self.open.append(made)
        return self.open[-1]


def _word_lists_in(outer: Node) -> None:
    """Neighbouring paragraphs of one Word list as one list."""
    if not any(child.tag == "p" and _is_word_item(child) for child in outer.children):
        return
    children: list[Node] = []
    nest: Nest | None = None
    identity = ""
    for child in outer.children:
        if child.tag == "p" and _is_word_item(child):
            found, level = _word_place(child)
            marker = _word_marker(child)
            tag = "ol" if _NUMBER.fullmatch(marker) else "ul"
            if (
                nest is None
                or (found != identity and level == 1)
                or (level == 1 and nest.top is not None and nest.top.tag != tag)
            ):
                nest, identity = Nest(), found
                place = nest.list_at(level, tag)
                assert nest.top is not None  # noqa: S101  list_at has just made it
                nest.top.parent = outer
                children.append(nest.top)
            else:
                place = nest.list_at(level, tag)
            if not place.children and tag == "ol":
                place.attributes.update(_numbering(marker))
            item = Node("li", holds_blocks=child.holds_blocks)
            item.css, item.attributes = {}, {name: value for name, value in child.attributes.items() if name == "lang"}
            item.adopt(child.children)
            place.adopt([item])
        else:
            if nest is not None and (child.tag == LEFT_OUT or (child.tag == TEXT and not child.text.strip())):
                children.append(child)
                continue
            nest = None
            children.append(child)
    outer.children = children


def _is_word_item(node: Node) -> bool:
    listed = node.css.get("mso-list", "")
    if _WORD_LIST.search(listed):
        return True
    return (
        any(_WORD_CLASSES.fullmatch(name) for name in node.classes) and listed != "none" and _spacer(node) is not None
    )


def _spacer(node: Node) -> Node | None:
    """The small span of spaces with which Word's filtered HTML ends a bullet or number."""
    for inner in node.walk():
        if inner.tag == "span" and "7.0pt" in inner.css.get("font", "") and not inner.words().strip("\xa0 "):
            return inner
    return None


def _word_place(node: Node) -> tuple[str, int]:
    if match := _WORD_LIST.search(node.css.get("mso-list", "")):
        return f"{match[1]}/{match[3]}", int(match[2])
    return "", max(1, round(inches(node.css.get("margin-left", "")) / _HALF_INCH))


def _word_marker(node: Node) -> str:
    """The bullet or number in a paragraph, which then is left out of it."""
    for inner in node.walk():
        if inner.css.get("mso-list", "").lower() == "ignore":
            words = inner.words().strip("\xa0 ")
            left_out(inner, Reason.LIST_NUMBER)
            return words
    spacer = _spacer(node)
    if spacer is None:
        return ""
    words, before = "", []
    for inner in node.walk():
        if inner is spacer:
            break
        if inner.tag == TEXT and inner.text.strip():
            before.append(inner)
    for inner in before[:2]:
        words += inner.text.strip("\xa0 \n")
    if len(words) > 12:
        return ""
    for inner in before[:2]:
        left_out(inner, Reason.LIST_NUMBER, inner.text.strip())
    return words


def _numbering(marker: str) -> dict[str, str]:
    """start and type of an ordered list whose first number is this."""
    match = _NUMBER.fullmatch(marker)
    if not match:
        return {}
    said = match[1] or marker.rstrip(".").rsplit(".", 1)[-1]
    if said.isdigit():
        return {"start": said} if int(said) != 1 else {}
    for kind, letters in _TYPES if len(said) > 1 or said in "iI" else _TYPES[2:]:
        if letters.fullmatch(said):
            start = roman_value(said) if kind in "iI" else ord(said.lower()) - 96
            return {"type": kind} | ({"start": str(start)} if start != 1 else {})
    return {}


def _holder(nest: Nest, level: int, written: Node, outer: Node, children: list[Node]) -> Node:
    """The list that items of this level go into; a new one looks as the file writes it. The outermost list stands in
    `children`, which become those of `outer`, from its first item on."""
    had_top = nest.top is not None
    holder = nest.list_at(level, written.tag)
    if not had_top and nest.top is not None:
        nest.top.parent = outer
        children.append(nest.top)
    if not holder.children:
        holder.attributes, holder.css = dict(written.attributes), written.css
    return holder


def _web_word_list(node: Node) -> Node | None:
    """The list in the box that Word for the web sets around each item."""
    said = [child for child in node.children if child.tag != TEXT or child.text.strip()]
    is_box = "ListContainerWrapper" in node.classes and len(said) == 1 and said[0].tag in ("ul", "ol")
    return said[0] if is_box else None


def _web_word_lists_in(outer: Node) -> None:
    """Neighbouring boxes as one list, where each goes on with the numbers of the one before."""
    if not any(_web_word_list(child) for child in outer.children):
        return
    children: list[Node] = []
    nest: Nest | None = None
    counts: dict[int, int] = {}  # items by level
    for child in outer.children:
        found = _web_word_list(child)
        if found is None:
            nest = nest if child.tag == LEFT_OUT or (child.tag == TEXT and not child.text.strip()) else None
            children.append(child)
            continue
        items = found.elements()
        said = items[0].attributes.get("data-aria-level", "") if items else ""
        level = min(int(said), 9) if said.isdigit() and len(said) < 3 else 1
        start = found.attributes.get("start", "1")
        goes_on = found.tag == "ul" or level > 1 or start == str(counts.get(1, 0) + 1)
        if nest is None or nest.top is None or (level == 1 and (nest.top.tag != found.tag or not goes_on)):
            nest, counts = Nest(), {}
        holder = _holder(nest, level, found, outer, children)
        holder.adopt(items)
        counts[level] = counts.get(level, 0) + len(items)
    outer.children = children


def _google_place(node: Node) -> tuple[str, int] | None:
    if node.tag not in ("ul", "ol"):
        return None
    for name in node.classes:
        if match := _GOOGLE.fullmatch(name):
            return match[1], int(match[2]) + 1
    return None


def _google_lists_in(outer: Node) -> None:
    if not any(_google_place(child) for child in outer.children):
        return
    children: list[Node] = []
    nest: Nest | None = None
    identity = ""
    for child in outer.children:
        place = _google_place(child)
        if place is None:
            if nest is None or not (child.tag == LEFT_OUT or (child.tag == TEXT and not child.text.strip())):
                nest = None
            children.append(child)
            continue
        found, level = place
        if nest is None or found != identity or (level == 1 and nest.top is not None and nest.top.tag != child.tag):
            nest, identity = Nest(), found
        holder = _holder(nest, level, child, outer, children)
        if holder.children and (start := child.attributes.get("start")) and child.elements():
            child.elements()[0].attributes.setdefault("value", start)
        holder.adopt([inner for inner in child.children if inner.tag != TEXT or inner.text.strip()])
    outer.children = children
