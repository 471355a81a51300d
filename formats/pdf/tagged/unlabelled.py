"""What tags do not say and the page shows: numbers typed into items, levels of lists, captions. Pure."""

from dataclasses import dataclass

from formats.draft import Reason
from formats.html.tree import LEFT_OUT, PAGE, TEXT, Node
from formats.pdf.lists import SAME_PLACE, Lists
from formats.pdf.text_nodes import SENTENCE_END, label_text
from formats.plain.list_and_heading_markers import Marker, marker_of

BEGIN, SIZE = "data-begin", "data-size"  # attributes of an item: where it begins on its page, its size of type
LONGEST_CAPTION = 120
LONGEST_LABEL = 6


def mend(body: Node) -> None:
    for node in list(body.walk()):
        if node.tag in ("ul", "ol"):
            _take_typed_labels(node)
    for node in list(body.walk()):
        if node.tag not in ("ul", "ol", "table", "tr"):
            _nest_lists_in(node)
    for node in list(body.walk()):
        if node.tag == "p" and not node.classes and _is_caption(node):
            node.attributes["class"] = "caption"


# Lists


def _take_typed_labels(node: Node) -> None:
    """Of a list that has no labels, and whose every item begins with a bullet or number. The list is of that kind."""
    items = [child for child in node.children if child.tag == "li" and _own_words(child)]
    labels: list[_Typed] = []
    for item in items:
        following = [(labels[-1].marker.kind, labels[-1].marker.number + 1)] if labels else []
        if (found := _typed(item, following)) is None:
            return
        labels.append(found)
    if not items:
        return
    kinds = {label.marker.kind for label in labels}
    numbers = [label.marker.number for label in labels]
    if len(kinds) > 1 or numbers != (
        [0] * len(numbers) if not numbers[0] else list(range(numbers[0], numbers[0] + len(numbers)))
    ):
        return
    first = labels[0].marker
    for label in labels:
        leaf, *more = label.leaves
        rest = "" if more else leaf.text.strip()[len(label.text) :]
        sign = Node(LEFT_OUT, label.text, reason=Reason.LIST_NUMBER)
        leaf.replace_with(sign, *([Node(TEXT, rest.lstrip())] if rest.strip() else []))
        for other in more:
            other.replace_with()
    node.tag = "ol" if first.ordered else "ul"
    if first.ordered and first.number > 1:
        node.attributes["start"] = str(first.number)
    kind = first.kind.strip("().")
    if first.ordered and kind in ("a", "i"):
        node.attributes["type"] = kind


def _own_words(item: Node) -> bool:
    return any(child.words() for child in item.children if child.tag not in ("ul", "ol"))


@dataclass(frozen=True, slots=True)
class _Typed:
    """The sign of an item as it stands in the texts it begins with: number and full stop may be two of them."""

    leaves: list[Node]
    marker: Marker
    text: str


def _typed(item: Node, expected: list[tuple[str, int]]) -> _Typed | None:
    """The sign an item begins with; None where it has a label or no sign."""
    leaves: list[Node] = []
    for inner in item.walk():
        if inner.tag in ("ul", "ol") or (inner.tag == LEFT_OUT and inner.reason == Reason.LIST_NUMBER):
            return None
        if inner.tag != TEXT or not inner.text.strip():
            continue
        leaves.append(inner)
        text = "".join(leaf.text.strip() for leaf in leaves)
        whole = label_text(text)
        if len(text) > LONGEST_LABEL:
            break
        if (marker := marker_of(f"{whole} x", expected)) is not None and marker.rest == "x":
            return _Typed(leaves, marker, text)
        if len(leaves) > 1:
            break
    text = leaves[0].text.strip() if leaves else ""
    marker = marker_of(text, expected)
    return _Typed(leaves[:1], marker, marker.text) if marker is not None and text.startswith(marker.text) else None


@dataclass(frozen=True, slots=True)
class _Item:
    node: Node
    begin: float
    size: float
    marker: Marker


def _nest_lists_in(outer: Node) -> None:
    """Lists that follow each other and begin in different places, of which one goes on with the one before: LibreOffice
    ends a list where one in it ends."""
    group: list[Node] = []
    between: list[Node] = []
    for child in [*outer.children, None]:
        if child is not None and child.tag in ("ul", "ol"):
            group += [*between, child]
            between = []
        elif (
            child is not None
            and group
            and ((child.tag.startswith("#") and not child.text.strip()) or _stands_between(child))
        ):
            between.append(child)
        else:
            if sum(node.tag in ("ul", "ol") for node in group) > 1:
                _nest(group)
            group, between = [], []


def _stands_between(node: Node) -> bool:
    """Whether lists go on behind it: the end of a page, or the notes at its foot."""
    notes = [inner for inner in node.walk() if "pdf-note" in inner.classes] if node.tag == "div" else []
    return node.tag == PAGE or bool(notes and sum(len(note.words()) for note in notes) >= len(node.words()))


def _nest(group: list[Node]) -> None:
    lists = [node for node in group if node.tag in ("ul", "ol")]
    items = [item for node in lists for item in _flat(node)]
    if any(item is None for item in items):
        return
    found = [item for item in items if item is not None]
    near = SAME_PLACE * max(item.size for item in found)
    first = [_flat(node)[0] for node in lists]
    if max(item.begin for item in first if item) - min(item.begin for item in first if item) <= near:
        return
    top = Node("div")
    made = Lists(top)
    signs = {id(node): node for node in group if _stands_between(node)}
    for item in found:
        for inner in _lists_of(item.node):
            inner.replace_with()
        inside = item.node.children
        node = made.item(item.marker, item.begin, item.begin, item.size)
        node.attributes |= item.node.attributes
        node.adopt(inside)
    group[0].replace_with(*signs.values(), *top.children)
    for node in group[1:]:
        if node.parent is not None and id(node) not in signs:
            node.replace_with()


def _flat(node: Node) -> list[_Item | None]:
    """Items of a list and of those in it, in order; None for one of which it is not known where it begins."""
    found: list[_Item | None] = []
    for child in node.children:
        if child.tag in ("ul", "ol"):
            found += _flat(child)
        elif child.tag == "li":
            found.append(_item(child, node.tag))
            for inner in _lists_of(child):
                found += _flat(inner)
        elif child.tag != TEXT or child.text.strip():
            found.append(None)
    return found


def _lists_of(item: Node) -> list[Node]:
    """The lists in an item, and not those in their items."""
    found: list[Node] = []
    waiting = list(item.children)
    while waiting:
        node = waiting.pop(0)
        if node.tag in ("ul", "ol"):
            found.append(node)
        else:
            waiting[:0] = node.children
    return found


def _item(node: Node, tag: str) -> _Item | None:
    label = next(
        (inner.text for inner in node.walk() if inner.tag == LEFT_OUT and inner.reason == Reason.LIST_NUMBER), ""
    )
    marker = marker_of(f"{label_text(label)} x") if label else None
    if marker is None and label and tag == "ul":
        marker = Marker(label, label, 0, "")
    if marker is None or BEGIN not in node.attributes:
        return None
    return _Item(node, float(node.attributes[BEGIN]), float(node.attributes[SIZE]), marker)


# Captions


def _is_caption(node: Node) -> bool:
    """Whether a paragraph is short, no sentence, and stands right before a table, or after a picture."""
    words = node.words()
    if not words or len(words) > LONGEST_CAPTION or SENTENCE_END.search(words):
        return False
    return _beside(node, 1) == "table" or _beside(node, -1) in ("figure", "img")


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
