"""Words and pictures of a page as nodes: emphasis, links, raised numbers, words cut at line ends put together. Pure."""

import base64
import re
from collections.abc import Iterable

from formats.draft import Doubt
from formats.html.tree import FINDING, TEXT, Node
from formats.pdf.page.model import Image, Word
from formats.web.joining import LIGATURES, Vocabulary

MARK, BACK = "pdf-mark", "pdf-back"  # classes of what leads to a note, and back from it
SENTENCE_END = re.compile(r"[.!?:;。！？؟：；][\"'”’)\]»]*$")
LONGEST_RAISED = 5  # letters; a longer word is of another typeface rather than a number of a note


def mark_raised(words: list[Word]) -> None:
    """Small words that stand higher than their neighbour on the line."""
    for place, word in enumerate(words):
        for other in (words[place - 1] if place else None, words[place + 1] if place + 1 < len(words) else None):
            if other is None or not min(word.y1, other.y1) - max(word.y0, other.y0) > 0:
                continue
            stands_higher = word.y0 > other.y0 + 0.12 * other.style.size and word.y1 > other.y1 - 0.1 * other.style.size
            if word.style.size < 0.9 * other.style.size and stands_higher and len(word.text) <= LONGEST_RAISED:
                word.raised = True
        if word.text and all(letter in "¹²³⁴⁵⁶⁷⁸⁹⁰" for letter in word.text):
            word.raised = True


PICTURE_PAGE = "data-page"
"""Attribute of a picture of the file: the page it stands on, from 0."""


def picture_node(image: Image | None, page: int) -> Node:
    """Its bytes as a data: address; for one that could not be taken out, its page."""
    if image is None:
        return Node("img", "", {"src": f"page {page + 1}"})
    data = base64.b64encode(image.content).decode()
    source = f"data:image/{image.kind};base64,{data}" if data else f"page {page + 1}"
    return Node("img", "", {"src": source, PICTURE_PAGE: str(page)})


def joined_text(words: Iterable[Word]) -> str:
    """As one line, spaces where they stood."""
    parts: list[str] = []
    for word in words:
        parts.append(f" {word.text}" if word.space and parts else word.text)
    return "".join(parts)


def label_text(text: str) -> str:
    """The number of an item: "1." also where it stood right to left, and so came as ".1"."""
    match = re.fullmatch(r"([.)])(\d{1,3}|[a-z])", text)
    return f"{match[2]}{match[1]}" if match else text


def cut_joined(before: str, after: str, vocabulary: Vocabulary) -> tuple[str, Node] | None:
    """What ends a line without the hyphen of the word that is cut there, and the finding that tells of it; None where
    no word is cut."""
    found = vocabulary.joined(before, after)
    if found is None:
        return None
    whole, how = found
    first, second = how.split("/", 1)
    kept = before[: len(before) - len(first)] + whole[: len(whole) - len(second)]
    return kept, Node(FINDING, f"{how} → {whole}", {"doubt": str(Doubt.WORDS_JOINED)})


def text_nodes(words: list[Word], vocabulary: Vocabulary, *, heading: bool = False) -> list[Node]:
    nodes: list[Node] = []
    texts: list[tuple[Node, list[str]]] = []
    last: Word | None = None
    for word in words:
        text = word.text.translate(LIGATURES)
        lead = " " if word.space and last is not None else ""
        if last is not None and word.line_break and texts:
            before = "".join(texts[-1][1])
            joined = cut_joined(before, text, vocabulary)
            if joined is not None:
                texts[-1][1][:] = [joined[0]]
                nodes.append(joined[1])
                lead = ""
            elif not vocabulary.needs_space(before, text):
                lead = ""
        style = _style(word, heading=heading)
        if texts and last is not None and _style(last, heading=heading) == style:
            texts[-1][1].append(lead + text)
        else:
            outer, leaf = _wrapped(style)
            if lead:
                nodes.append(Node(TEXT, " "))
            nodes.append(outer)
            texts.append((leaf, [text]))
        last = word
    for leaf, parts in texts:
        leaf.text = "".join(parts)
    return nodes


_Style = tuple[bool, bool, bool, bool, str, int]


def _style(word: Word, *, heading: bool) -> _Style:
    bold, mono = word.style.bold and not heading, word.style.mono and not heading
    return bold, word.style.italic, word.raised, mono, word.href, word.note


def _wrapped(style: _Style) -> tuple[Node, Node]:
    """The outermost and the innermost node for text of a style."""
    leaf = Node(TEXT)
    outer = leaf
    bold, italic, raised, mono, href, note = style
    if note:
        outer = Node("span", "", {"class": MARK if note > 0 else BACK, "data-note": str(abs(note))})
        outer.adopt([leaf])
        return outer, leaf
    for tag, wanted in (("b", bold), ("i", italic), ("sup", raised), ("code", mono), ("a", bool(href))):
        if wanted:
            holder = Node(tag, "", {"href": href} if tag == "a" else {})
            holder.adopt([outer])
            outer = holder
    return outer, leaf
