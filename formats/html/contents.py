"""Lists of contents: links to the headings of the same file, one below the other. Pure."""

import re

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import LEFT_OUT, TEXT, Node

FEWEST = 3  # links; two in a row may be a sentence's
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAIL = re.compile(r"[\s.…·\d\u0660-\u0669]*")
_ENTRY = re.compile(r"(.*?\S)[\s.…·]+[\d\u0660-\u0669]{1,4}")
_NAMED = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|tabla de contenido|оглавление|содержание|目录|目錄|المحتويات|فهرس",  # noqa: E501
    re.IGNORECASE,
)


def leave_out_contents(body: Node) -> None:
    _leave_out_typed(body)
    headings = _heading_names(body)
    if len(headings) < FEWEST:
        return
    for node in list(body.walk()):
        if node.tag in ("ul", "ol") and _is_contents([node], headings):
            _leave_out(node, [node])
        elif sum(child.tag == "p" for child in node.children) >= FEWEST:
            for group in _groups(node, headings):
                _leave_out(group[0], group)


def _leave_out_typed(body: Node) -> None:
    """Paragraphs that say headings of the text one after the other, each with the number of its page."""
    said = [node.words().casefold() for node in body.walk() if node.tag in _HEADINGS]
    if len(said) < FEWEST:
        return
    for node in list(body.walk()):
        if sum(child.tag == "p" for child in node.children) >= FEWEST:
            groups: list[list[Node]] = [[]]
            for child in node.children:
                if child.tag == "p" and (entry := _ENTRY.fullmatch(child.words())) and entry[1].casefold() in said:
                    groups[-1].append(child)
                elif child.tag != LEFT_OUT and child.words():
                    groups.append([])
            for group in groups:
                if len(group) >= FEWEST:
                    _leave_out(group[0], group)


def leave_out_heads_of_contents(body: Node) -> None:
    """What stands before a list of contents that is left out and says that it is one."""
    for node in list(body.walk()):
        if node.tag == LEFT_OUT and node.reason == Reason.CONTENTS_LIST:
            _leave_out(node, [])


def _heading_names(body: Node) -> set[str]:
    """Names a link may lead to that are of a heading: its own, of an anchor in it, or just before it."""
    found: set[str] = set()
    waiting: list[str] = []
    for node in body.walk():
        names = [name for name in (node.attributes.get("id", ""), node.attributes.get("name", "")) if name]
        inside = (
            node.tag in _HEADINGS or any(outer.tag in _HEADINGS for outer in node.ancestors())
            if names or node.tag in _HEADINGS
            else False
        )
        if inside:
            found.update(names + waiting)
        if names and not inside and node.tag in ("a", "span", "section", "div"):
            waiting = names
        elif node.tag == TEXT and node.text.strip():
            waiting = []
    return found


def _only_links(node: Node, headings: set[str]) -> int:
    """How many links to headings its words are, 0 if any word is outside of one."""
    count = 0
    for inner in node.walk():
        if inner.tag == "a" and inner.attributes.get("href", "").startswith("#") and inner.words():
            if inner.attributes["href"][1:] not in headings:
                return 0
            count += 1
        elif (
            inner.tag == TEXT
            and not _TAIL.fullmatch(inner.text)
            and not any(outer.tag == "a" for outer in inner.ancestors())
        ):
            return 0
    return count


def _is_contents(nodes: list[Node], headings: set[str]) -> bool:
    counts = [_only_links(node, headings) for node in nodes]
    return all(counts) and sum(counts) >= FEWEST


def _groups(outer: Node, headings: set[str]) -> list[list[Node]]:
    groups: list[list[Node]] = [[]]
    for child in outer.children:
        if child.tag == "p" and _only_links(child, headings) == 1:
            groups[-1].append(child)
        elif child.tag == LEFT_OUT or (child.tag in (TEXT, "p") and not child.words()):
            continue
        else:
            groups.append([])
    return [group for group in groups if len(group) >= FEWEST]


def _leave_out(first: Node, nodes: list[Node]) -> None:
    """With the heading just before that says what it is."""
    before = first.before()
    if before is not None and before.tag != LEFT_OUT and _NAMED.fullmatch(before.words().strip(" :")):
        left_out(before, Reason.CONTENTS_LIST)
    for node in nodes:
        left_out(node, Reason.CONTENTS_LIST)
