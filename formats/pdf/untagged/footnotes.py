"""Footnotes by their place: lines below all others that begin with a number, which is raised in the text and they are
small, or which links back to the text. Pure."""

from formats.html.tree import TEXT, Node
from formats.pdf.notes import LABEL
from formats.pdf.page.model import Word
from formats.pdf.text_nodes import text_nodes
from formats.pdf.untagged.lines import Line, with_breaks
from formats.web.joining import Vocabulary

SMALL = 0.94  # of the size of the text
LONGEST_LINKED = 12  # lines of a note that links back
BETWEEN_LINES = 1.7  # of the size of type, from line to line of such a note


def take_footnotes(lines: list[Line], body_size: float) -> tuple[list[Line], list[list[Line]]]:
    """The other lines of a page, and those of each footnote."""
    raised = {
        word.text.strip("[]()") for line in lines for word in line.words if word.raised and line.size > 0.9 * body_size
    }
    ranked = sorted((line for line in lines if line.words), key=lambda line: (-line.y0, line.x0))
    small: list[Line] = []
    while raised and ranked and ranked[-1].size < SMALL * body_size:
        small.insert(0, ranked.pop())
    groups: list[list[Line]] = []
    for line in small:
        first = line.words[0].text
        if LABEL.fullmatch(first) and first.strip("[]().: ") in raised:
            groups.append([line])
        elif groups:
            groups[-1].append(line)
    groups = groups or _linked(ranked)
    taken = {id(line) for group in groups for line in group}
    return [line for line in lines if id(line) not in taken], groups


def _linked(ranked: list[Line]) -> list[list[Line]]:
    """Notes at the end of a page, of whatever size, whose numbers link back. ranked: its lines from the top."""
    groups: list[list[Line]] = []
    group: list[Line] = []
    for line in reversed(ranked):
        if group and (line.y0 - group[0].y0 > BETWEEN_LINES * line.size or len(group) == LONGEST_LINKED):
            break
        group.insert(0, line)
        if line.words[0].note < 0 and len(line.words) > 1:
            groups.insert(0, group)
            group = []
    return groups


def note_of(group: list[Line], vocabulary: Vocabulary) -> Node:
    note = Node("div", "", {"class": "pdf-note"}, holds_blocks=True)
    words: list[Word] = [word for line in group for word in with_breaks(line)]
    if words[0].note < 0:
        note.attributes["data-note"] = str(-words[0].note)
    label = Node("span", "", {"class": "label"})
    label.adopt([Node(TEXT, words[0].text)])
    rest = words[1:]
    for word in rest[:1]:
        word.space = True
    note.adopt([label, Node(TEXT, " "), *text_nodes(rest, vocabulary)])
    return note
