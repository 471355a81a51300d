"""Notes that are numbered by hand: a raised number in the text, and a list or paragraphs of them at its end. Pure."""

import re

from formats.draft import Reason
from formats.html.tree import LEFT_OUT, NOTE, TEXT, Node, is_block
from formats.web.superscript_numbers import may_be_power

MOST_NOTES, MOST_MARKS = 999, 3000
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[\])]?\s*")
_TYPED = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)])\s+(?=\S)")


def take_typed_notes(body: Node, first: int) -> list[Node]:
    """The notes, taken out of the body; their marks become #note nodes numbered from first on.

    Only where the numbers 1, 2, 3 of the marks and those of the notes are the same, in the same order.
    """
    ends = _notes_at_end(body)
    if not ends:
        return []
    places = {id(node) for note in ends for node in note.walk()}
    raised = [node for node in body.walk() if node.tag == "sup" and id(node) not in places]
    if len(raised) > MOST_MARKS:
        return []
    marks = [(node, number) for node in raised if (number := _mark_number(node))]
    firsts = list(dict.fromkeys(number for _, number in marks))
    if firsts != list(range(1, len(ends) + 1)):
        return []
    for node, number in marks:
        told = Node(LEFT_OUT, node.words(), reason=Reason.NOTE_NUMBER)
        node.replace_with(told, Node(NOTE, str(first + number - 1)))
    for note in ends:
        if note.parent is not None:
            note.parent.children = [child for child in note.parent.children if child is not note]
        note.parent = None
        if note.tag != "li":
            _leave_out_number(note)
    return ends


def _notes_at_end(body: Node) -> list[Node]:
    """The items of an ordered list that ends the text, or the paragraphs there that begin with raised numbers."""
    blocks = _last_blocks(body)
    last = blocks[-1] if blocks else None
    if last is None:
        return []
    if last.tag == "ol":
        items = [child for child in last.children if child.tag != TEXT or child.text.strip()]
        plain = last.attributes.get("start", "1") == "1" and "reversed" not in last.attributes
        return items if plain and len(items) <= MOST_NOTES and all(item.tag == "li" for item in items) else []
    found: list[Node] = []
    for block in reversed(blocks):
        if block.tag not in ("p", "div") or not _own_number(block) or len(found) == MOST_NOTES:
            break
        found.append(block)
    found.reverse()
    return found if [_own_number(note) for note in found] == list(range(1, len(found) + 1)) else []


def _last_blocks(body: Node) -> list[Node]:
    """The blocks with words of the innermost element that ends the text."""
    outer = body
    while True:
        said = [child for child in outer.children if child.tag != LEFT_OUT and child.words(left_out=False)]
        last = said[-1] if said else None
        if last is None or not is_block(last):
            return []
        if last.tag in ("div", "section", "footer", "main", "article", "aside") and any(
            is_block(child) for child in last.children
        ):
            outer = last
            continue
        return said


def _own_number(note: Node) -> int:
    """The number that a note begins with, raised or typed as "1." or "[1]"; 0 for none."""
    first = _first_text(note)
    if first is None:
        return 0
    if (sign := _raised(first, note)) is not None:
        return _sup_number(sign)
    match = _TYPED.match(first.text)
    return int(match[1] or match[2] or match[3]) if match else 0


def _leave_out_number(note: Node) -> None:
    first = _first_text(note)
    if first is None:
        return
    if (sign := _raised(first, note)) is not None:
        sign.replace_with(Node(LEFT_OUT, sign.words(), reason=Reason.NOTE_NUMBER))
    elif match := _TYPED.match(first.text):
        told = Node(LEFT_OUT, match[0].strip(), reason=Reason.NOTE_NUMBER)
        first.text = first.text[match.end() :]
        first.replace_with(told, first)


def _first_text(note: Node) -> Node | None:
    return next((node for node in note.walk() if node.tag == TEXT and node.text.strip()), None)


def _raised(text: Node, note: Node) -> Node | None:
    """The raised number in the note that its first text stands in."""
    for outer in text.ancestors():
        if outer is note:
            break
        if _sup_number(outer):
            return outer
    return None


def _sup_number(node: Node) -> int:
    match = _NUMBER.fullmatch(node.words())
    return int(match[1]) if node.tag == "sup" and match and not any(inner.tag == "a" for inner in node.walk()) else 0


def _mark_number(node: Node) -> int:
    """0 for what is no mark: a raised number in a link, at the beginning of its line, or a power."""
    if node.tag != "sup" or not (number := _sup_number(node)) or node.parent is None:
        return 0
    if any(outer.tag in ("a", "math") for outer in node.ancestors()):
        return 0
    before = ""
    siblings = node.parent.children
    for sibling in reversed(siblings[: next(place for place, child in enumerate(siblings) if child is node)]):
        before = (sibling.text if sibling.tag == TEXT else sibling.words()) + before
        if before.strip():
            break
    before = before.rstrip()
    is_power = node.words().strip().isdigit() and may_be_power(before)
    return 0 if not before or is_power else number
