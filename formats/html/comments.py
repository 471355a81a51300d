"""Remarks of reviewers in HTML whose mark does not lead to them, and changes that Word for the web marks by classes.

Programs that filter Word's HTML take the links between a mark, "[AB1]", and its remark away. What is left of either
must not become text. Pure.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import INLINE, LEFT_OUT, REMARK, TEXT, Node

_ITSELF = re.compile(r"cmnt\d+|_msocom_\d+|_com_\d+")
_LEADS_TO_ONE = re.compile(r"#_msocom_\d+")
_SIGN = re.compile(r"\[[^\W\d_]{1,6}\d{1,4}(?:[^\W\d_]\d{1,4})?\]")
"""Initials and number, "[AB1]"; those of an answer name the remark too, "[AB1R2]"."""
_MARKS = frozenset({"MsoCommentReference", "msocomanchor"})
_BODIES = frozenset({"msocomtxt", "MsoCommentText", "MsoCommentSubject"})
_CHANGES = {
    "msodel": "del", "trackchangetextdeletion": "del", "trackchangetextdeletionmarker": "del",
    "msoins": "ins", "trackchangetextinsertion": "ins", "trackchangetextinsertionmarker": "ins",
}  # fmt: skip


@dataclass(slots=True)
class RemarkBody:
    text: str
    author: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class _Lost:
    """number: of the remark, from 1. sign: what its mark says, "" where it says nothing. place: where it stood."""

    number: int
    sign: str
    place: Node


def make_changes_real(body: Node) -> None:
    """Changes that are tracked by the class of a <span> alone become <del> and <ins>."""
    for node in list(body.walk()):
        kinds = {_CHANGES[name.lower()] for name in node.classes if name.lower() in _CHANGES}
        if node.tag != "span" or not kinds:
            continue
        if not any(inner.tag in ("del", "ins") for inner in (*node.walk(), *node.ancestors())):
            node.tag = "del" if "del" in kinds else "ins"


def names_of(node: Node) -> set[str]:
    return {node.attributes.get("id", ""), node.attributes.get("name", "")}


def author_of(nodes: Iterable[Node]) -> str:
    """As Word names it."""
    said = (node.css.get("mso-comment-author", "").strip("\"' ") for node in nodes)
    return next(filter(None, said), "")


def leave_out_lost_remarks(body: Node, remarks: list[RemarkBody]) -> None:
    """Remarks without a mark, as of words deleted since, and marks without a link: no reviewer's word may become text.
    A remark stands where its sign does, else where it lay itself."""
    lost: list[_Lost] = []
    marks: list[Node] = []
    waiting = [body]
    while waiting:
        node = waiting.pop()
        is_body = node.css.get("mso-element") in ("comment", "comment-list") or bool(_BODIES & set(node.classes))
        if not is_body and any(_ITSELF.fullmatch(name) for name in names_of(node) if name):
            node, is_body = _block_of(node, body), True
        if _MARKS & set(node.classes) or (node.tag == "a" and _LEADS_TO_ONE.fullmatch(node.attributes.get("href", ""))):
            marks.append(node)
        elif not is_body or node is body:
            waiting.extend(reversed(node.children))
        elif said := node.words(left_out=False):
            sign = _SIGN.match(said)
            text = said[sign.end() :].strip() if sign else said
            remarks.append(RemarkBody(text or said, author_of(node.walk())))
            lost.append(_Lost(len(remarks), sign[0] if sign else "", left_out(node, Reason.COMMENT)))
    for mark in marks:
        found = _of(lost, " ".join(mark.words().split()))
        left_out(mark, Reason.COMMENT)
        mark.replace_with(mark, *_signs(found))
    _place_typed(body, lost)
    for one in lost:
        one.place.replace_with(one.place, *_signs(one))


def _of(lost: list[_Lost], sign: str) -> _Lost | None:
    """The remark that a mark is of, which then has a place."""
    found = next((one for one in lost if sign and one.sign == sign), None)
    if found is not None:
        lost.remove(found)
    return found


def _signs(found: _Lost | None) -> list[Node]:
    return [Node(REMARK, str(found.number))] if found is not None else []


def _place_typed(body: Node, lost: list[_Lost]) -> None:
    """Signs that are but letters of the text, where the remark with this sign lies in the file."""
    if not any(one.sign for one in lost):
        return
    for node in [node for node in body.walk() if node.tag == TEXT and "[" in node.text]:
        parts: list[Node] = []
        end = 0
        for sign in _SIGN.finditer(node.text):
            found = _of(lost, sign[0])
            if found is not None:
                told = Node(LEFT_OUT, sign[0], reason=Reason.COMMENT)
                parts += [Node(TEXT, node.text[end : sign.start()]), told, *_signs(found)]
                end = sign.end()
        if parts:
            node.replace_with(*parts, Node(TEXT, node.text[end:]))


def _block_of(node: Node, body: Node) -> Node:
    """The paragraph a remark begins, with the <div> around it if that holds only this remark."""
    block = node
    while block.parent is not None and block.parent is not body and (block.tag in INLINE or block.parent.tag == "div"):
        outer = block.parent
        others = [inner for inner in outer.walk() if any(_ITSELF.fullmatch(name) for name in names_of(inner) if name)]
        if block.tag not in INLINE and len(others) > 1:
            break
        first = next((child for child in outer.children if child.words()), None)
        if block.tag not in INLINE and first is not block:
            break
        block = outer
    return block
