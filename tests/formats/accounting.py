"""The words of a file against those of its draft: a small stand-in for the ledger, for tests of readers only."""

import re
import unicodedata
from collections import Counter

from editions.document.model import Figure, Heading, ListBlock, Paragraph, Quote, Section, Table


def words_of(text: str) -> list[str]:
    text = unicodedata.normalize(
        "NFKC",
        re.sub(
            "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2028\u202a-\u202e\u2060-\u2069\ufeff\ufffd]",
            "",
            text,
        ),
    )
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text.casefold()))


def _text(runs) -> str:
    return "".join(run.text if not run.note else " " for run in runs)


def texts(blocks):
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield _text(block.runs)
            case ListBlock():
                yield from item_texts(block.items)
            case Table():
                yield _text(block.caption)
                yield from (_text(cell) for row in block.rows for cell in row.cells)
            case Figure():
                yield _text(block.caption)
            case Quote():
                yield _text(block.runs)
                yield _text(block.attribution)
            case Section():
                yield _text(block.title)
                yield from texts(block.blocks)


def item_texts(items):
    for item in items:
        yield _text(item.runs)
        yield from item_texts(item.items)


def draft_words(draft) -> Counter[str]:
    document = draft.document
    said = [document.title, document.subtitle, *texts(document.blocks), *(_text(note.runs) for note in document.notes)]
    said += [left.text for left in draft.left_out]
    return Counter(word for text in said for word in words_of(text))


def unaccounted(sources, draft) -> str:
    """Words of the file that the draft neither keeps nor tells of; a word cut otherwise is the same by its letters."""
    there, kept = Counter(word for source in sources for word in words_of(source.text)), draft_words(draft)
    missing, over = there - kept, kept - there
    letters = Counter("".join(missing.elements())) - Counter("".join(over.elements()))
    return " ".join(missing.elements()) if letters else ""
