"""What LibreOffice writes in its own way: the title in large type, styles as classes, nested lists in pieces, captions
that only keep with what they belong to. Pure."""

import itertools
import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.lists import Nest
from formats.html.styles import points
from formats.html.tree import LEFT_OUT, TEXT, Node
from formats.office.paragraph_roles import Role
from formats.office.style_names import meaning_of
from formats.web.structure import ends_a_sentence

TITLE_POINTS = 20  # the least size of type of a title that is only set large
LONGEST_CAPTION = 400  # characters; a paragraph below a picture that is longer goes on with the text
_OF_SCRIPT = re.compile(r"-(?:western|cjk|ctl)$")
_CLASSES = {Role.CAPTION: "caption", Role.QUOTE: "quote", Role.SUBTITLE: "subtitle", Role.TITLE: "title"}
_KEEPS = re.compile(r"(?:page-)?break-after\s*:\s*avoid", re.IGNORECASE)


def make_plain(body: Node, title: str) -> None:
    """title: what the file calls itself. Heads and feet of pages are left out."""
    for node in body.walk():
        if node.tag == "div" and node.attributes.get("title") in ("header", "footer"):
            left_out(node, Reason.RUNNING_HEAD)
    _name_classes(body)
    _name_title(body, title)
    for node in list(body.walk()):
        if node.children:
            _join_lists(node)
            _name_captions(node)


def _name_classes(body: Node) -> None:
    """A style of the writer's own is a class: `Block Text` is block-text, and block-text-western for its language."""
    for node in body.walk():
        if node.tag == "p":
            for name in node.classes:
                meaning = meaning_of(_OF_SCRIPT.sub("", name).replace("-", " "))
                if meaning is not None and meaning.role in _CLASSES:
                    _add_class(node, _CLASSES[meaning.role])


def _add_class(node: Node, name: str) -> None:
    node.attributes["class"] = " ".join([*node.classes, name])


def _is_nothing(node: Node) -> bool:
    return node.tag == LEFT_OUT or (node.tag == TEXT and not node.text.strip())


# The title


def _name_title(body: Node, title: str) -> None:
    """The first paragraph, before any heading, in large type or saying what the file calls itself."""
    for node in body.children:
        if _is_nothing(node):
            continue
        if node.tag == "p" and (_is_set_large(node) or (title and node.words(left_out=False) == title)):
            _add_class(node, "title")
        elif node.tag == "div":
            _name_title(node, title)
        return


def _is_set_large(node: Node) -> bool:
    """Whether all words of a paragraph are of the size of a title."""
    said = [inner for inner in node.walk() if inner.tag == TEXT and inner.text.strip()]
    return bool(said) and all(
        any(points(outer.css.get("font-size", "")) >= TITLE_POINTS for outer in text.ancestors()) for text in said
    )


# Lists


def _join_lists(outer: Node) -> None:
    """A list that ends where its inner list begins, and begins again behind it, is one."""
    children: list[Node] = []
    together: list[Node] = []
    between: list[Node] = []
    for child in [*outer.children, Node("end")]:
        if child.tag in ("ul", "ol"):
            together += [*between, child]
            between = []
        elif together and _is_nothing(child):
            between.append(child)
        else:
            children += [*_joined(together, outer), *between]
            together, between = [], []
            children.append(child)
    outer.children = children[:-1]


def _joined(together: list[Node], outer: Node) -> list[Node]:
    if not any(_begins_deeper(node) for node in together):
        return together
    found: list[Node] = []
    nest: Nest | None = None
    for piece in together:
        if piece.tag == LEFT_OUT:
            found.append(piece)
        if piece.tag not in ("ul", "ol"):
            continue
        if nest is None or nest.top is None or _begins_anew(piece, nest.top):
            nest = Nest()
            nest.list_at(1, piece.tag).attributes.update(piece.attributes)
            if nest.top is not None:
                nest.top.parent, nest.top.css, nest.top.holds_blocks = outer, piece.css, True
                found.append(nest.top)
        _place(nest, piece, 1)
    return found


def _begins_deeper(node: Node) -> bool:
    first = next((child for child in node.children if not _is_nothing(child)), None)
    return first is not None and first.tag in ("ul", "ol")


def _begins_anew(piece: Node, top: Node) -> bool:
    """Whether a list is another than the one before it: LibreOffice gives the first item of each its number."""
    if _begins_deeper(piece):
        return False
    first = next((child for child in piece.children if child.tag == "li"), None)
    return piece.tag != top.tag or (first is not None and first.attributes.get("value") == "1")


def _place(nest: Nest, piece: Node, level: int) -> None:
    for child in piece.children:
        if child.tag in ("ul", "ol"):
            _place(nest, child, level + 1)
        elif not (child.tag == TEXT and not child.text.strip()):
            holder = nest.list_at(level, piece.tag)
            if not holder.children:
                holder.attributes = {**piece.attributes, **holder.attributes}
            holder.adopt([child])


# Captions


def _name_captions(outer: Node) -> None:
    """A paragraph that keeps with the next stands above a table, or is the picture and its caption follows."""
    said = [child for child in outer.children if not _is_nothing(child)]
    for one, other in itertools.pairwise(said):
        if one.tag != "p" or not _KEEPS.search(one.attributes.get("style", "")):
            continue
        if _is_picture(one) and other.tag == "p" and _may_be_caption(other):
            _add_class(other, "caption")
        elif _holds_table(other) and _may_be_caption(one) and not ends_a_sentence(one.words()):
            _add_class(one, "caption")


def _is_picture(node: Node) -> bool:
    return not node.words() and any(inner.tag == "img" for inner in node.walk())


def _holds_table(node: Node) -> bool:
    if node.tag == "center":
        return any(child.tag == "table" for child in node.children)
    return node.tag == "table"


def _may_be_caption(node: Node) -> bool:
    said = node.words(left_out=False)
    return 0 < len(said) <= LONGEST_CAPTION and not any(inner.tag == "img" for inner in node.walk())
