"""The logical structure of a tagged PDF (ISO 32000-1, 14.7): elements, their order, and what they hold. Pure.

The tree follows the text, not the layout: an element is made when its flowable is made, and drawing only adds the
numbers of the marked contents that carry it. So a heading repeated over pages or a footnote printed at the page's
foot stands once, where it is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ROLES = {"Del": "Span", "Ins": "Span"}
"""Structure types of our own, and the standard type (ISO 32000-1, 14.8.4) that each is for readers that do not know it.
PDF 2.0 has none for changes either."""
INLINE = frozenset({"Span", "Link", "Reference", "Lbl", *ROLES})
AttributeValue = str | float | list[float]


@dataclass(slots=True, eq=False)
class Slot:
    """A stretch of an element's own text. marks: (page number from 1, marked-content id), in the order drawn."""

    node: "Node"
    marks: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AnnotationMark:
    """A link annotation that belongs to the element: page number and the object number of the annotation."""

    page: int
    number: int


@dataclass(slots=True, eq=False)
class Node:
    """One structure element.

    tag: a standard structure type, or one of ROLES. attributes: owner -> {name: value}; a str value becomes a PDF name.
    spoken: what is read aloud in place of what is shown.
    identifier: unique in the document; given to notes, which references point at. refers_to: the anchor of an element
    that it refers to, as an entry of a table of contents does; told in files of PDF 2.0.
    """

    tag: str
    parent: "Node | None" = None
    alt: str = ""
    language: str = ""
    title: str = ""
    identifier: str = ""
    spoken: str = ""
    refers_to: str = ""
    attributes: Mapping[str, Mapping[str, AttributeValue]] = field(default_factory=dict)
    kids: list["Node | Slot | AnnotationMark"] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Node":
        return self  # a copied frame or flowable must never copy the tree

    def slot(self) -> Slot:
        """A new stretch of own text, after the kids made so far."""
        slot = Slot(self)
        self.kids.append(slot)
        return slot

    @property
    def passage(self) -> "Node":
        """The element around it that is more than words in a line: itself, or one above it."""
        node = self
        while node.tag in INLINE and node.parent is not None:
            node = node.parent
        return node

    def is_drawn(self) -> bool:
        """Whether anything on any page belongs to this element or to one below it."""
        return any(kid.is_drawn() if isinstance(kid, Node) else getattr(kid, "marks", True) for kid in self.kids)

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


def list_attributes(ordered: bool) -> dict[str, dict[str, AttributeValue]]:
    return {"List": {"ListNumbering": "Decimal" if ordered else "Disc"}}


def head_attributes(scope: str) -> dict[str, dict[str, AttributeValue]]:
    """scope: Column, Row or Both."""
    return {"Table": {"Scope": scope}}


def figure_attributes(box: Sequence[float]) -> dict[str, dict[str, AttributeValue]]:
    """box: left, bottom, right, top in points on its page."""
    return {"Layout": {"BBox": [round(side, 2) for side in box], "Placement": "Block"}}
