"""Lists by what stands on the page: items by the bullet or number before them, levels by where they begin. Pure."""

from dataclasses import dataclass

from formats.html.tree import Node
from formats.plain.list_and_heading_markers import Marker

SAME_PLACE = 0.5  # of the size of type


@dataclass(slots=True)
class _Open:
    """begin, text: how far its markers stand from the edge of the column, and what follows them."""

    begin: float
    text: float
    marker: Marker
    node: Node

    @property
    def items(self) -> int:
        return sum(child.tag == "li" for child in self.node.children)

    @property
    def following(self) -> tuple[str, int]:
        """Kind and number of the item that would go on."""
        return self.marker.kind, self.marker.number + self.items

    def is_next(self, marker: Marker) -> bool:
        return marker.ordered and (marker.kind, marker.number) == self.following


class Lists:
    """The lists that are open at a place of the text. top: takes the outermost."""

    def __init__(self, top: Node) -> None:
        self.top = top
        self.open: list[_Open] = []
        self.ended: list[_Open] = []
        self.since = 0

    @property
    def last_item(self) -> Node | None:
        return self.open[-1].node.children[-1] if self.open else None

    @property
    def text(self) -> float:
        """Where the text of the last item begins."""
        return self.open[-1].text

    @property
    def begin(self) -> float:
        return self.open[-1].begin

    def end(self) -> None:
        if self.open:
            self.ended, self.open, self.since = self.open, [], len(self.top.children)

    def expected(self) -> list[tuple[str, int]]:
        """Kind and number of what goes on with a list that is open, or was."""
        return [one.following for one in [*self.open, *self.ended] if one.marker.ordered]

    def item(self, marker: Marker, begin: float, text: float, size: float) -> Node:
        """A new item. begin, text: how far its marker and what follows it stand from the edge of the column."""
        near = SAME_PLACE * size
        self._reopen(marker, begin, near)

        def is_same(one: _Open) -> bool:
            return abs(begin - one.begin) <= near or abs(text - one.text) <= near

        while self.open and not is_same(self.open[-1]) and begin < self.open[-1].begin:
            self.open.pop()
        if self.open and is_same(self.open[-1]) and not self._goes_on(self.open[-1], marker):
            outer = next((place for place, one in enumerate(self.open) if one.is_next(marker)), None)
            del self.open[outer + 1 if outer is not None else -1 :]
            if outer is None:
                self._begin(marker, begin, text)
        elif not self.open or not is_same(self.open[-1]):
            self._begin(marker, begin, text)
        item = Node("li", holds_blocks=True)
        self.open[-1].node.adopt([item])
        return item

    def _goes_on(self, one: _Open, marker: Marker) -> bool:
        if one.marker.ordered != marker.ordered:
            return False
        return not marker.ordered or one.is_next(marker) or (marker.kind == one.marker.kind and marker.number != 1)

    def _begin(self, marker: Marker, begin: float, text: float) -> None:
        made = Node("ol" if marker.ordered else "ul", holds_blocks=True)
        if marker.ordered and marker.number != 1:
            made.attributes["start"] = str(marker.number)
        if marker.ordered and marker.kind.strip("().") in ("a", "i"):
            made.attributes["type"] = marker.kind.strip("().")
        outer = self.last_item
        (outer if outer is not None else self.top).adopt([made])
        self.open.append(_Open(begin, text, marker, made))

    def _reopen(self, marker: Marker, begin: float, near: float) -> None:
        """A number that goes on with a list after a paragraph or two: they were of its last item."""
        if self.open or not marker.ordered or marker.number == 1:
            return
        between = self.top.children[self.since :]
        place = next((at for at, one in enumerate(self.ended) if one.is_next(marker)), None)
        if place is None or any(node.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "table", "img") for node in between):
            return
        if abs(self.ended[place].begin - begin) > near or len(between) > 6:
            return
        self.open = self.ended[: place + 1]
        del self.top.children[self.since :]
        item = self.last_item
        if item is not None:
            item.adopt(between)
