"""A mail that came as a web page only, as plain text with "> " before what it quotes, as mails in plain text have it.

What programs mark as quoted differs; what follows from it is found out once, in quotations. Pure.
"""

import re

from formats.html.left_out import leave_out_unseen
from formats.html.tree import TEXT, Node, is_block, parsed, prepared
from formats.mail.quotations import begins_answered, is_quoted, is_signature

_LINES = frozenset({"div", "tr", "td", "th", "address", "center", "html", "body", "table", "tbody"})
"""Blocks that programs make of a line; any other is a paragraph."""


def as_plain(page: str) -> str:
    """Raises formats.draft.UnreadableFile where the page is too large."""
    top = parsed(prepared(page))
    leave_out_unseen(top)
    lines: list[tuple[int, str]] = [(0, "")]  # how deeply it is quoted, and the words
    waiting: list[tuple[Node | int, int]] = [(top, 0)]
    answered = 0
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, int):  # a block ends, before so many lines
            lines += [(depth, "")] * node
            continue
        answered = answered or int(begins_answered(node))
        depth = max(depth + is_quoted(node), answered)
        if node.tag == TEXT:
            lines[-1] = (max(depth, lines[-1][0]), lines[-1][1] + node.text)
        elif node.tag == "br":
            lines.append((depth, ""))
        elif not node.tag.startswith("#") or node is top:
            apart = (1 if node.tag in _LINES and not depth else 2) if is_block(node) else 0
            lines += [(depth, "")] * apart
            lines += [(0, "-- "), (0, "")] if is_signature(node) else []
            waiting.extend(reversed([*((child, depth) for child in node.children), (apart, depth)]))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_drawn(depth, words) for depth, words in _once(lines)))


def _once(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the empty lines where one block ends and the next begins at the same place."""
    return [
        line for before, line in zip([(0, "x"), *lines], lines, strict=False) if line[1].strip() or before[1].strip()
    ]


def _drawn(depth: int, words: str) -> str:
    said = words if words == "-- " else " ".join(words.split())
    return f"{'>' * depth} {said}" if depth and said else said
