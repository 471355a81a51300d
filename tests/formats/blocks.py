"""Blocks of a draft as short tuples, for telling in a test what must come out."""

from editions.document.model import Block, Document, Figure, Heading, Item, ListBlock, Paragraph, Quote, Runs, Table
from formats.draft import Doubt, Draft, Reason


def text(runs: Runs) -> str:
    return "".join(f"[{run.note}]" if run.note else run.text for run in runs)


def blocks(document: Document) -> list[object]:
    return [_block(one) for one in document.blocks]


def _block(block: Block) -> object:
    match block:
        case Heading():
            return (f"h{block.level}", text(block.runs))
        case Paragraph():
            return text(block.runs)
        case Quote():
            return ("quote", text(block.runs))
        case ListBlock():
            return ("ol" if block.ordered else "ul", *map(_item, block.items))
        case Table():
            return ("table", text(block.caption), *(tuple(map(text, row.cells)) for row in block.rows))
        case Figure():
            return ("figure", block.alt, text(block.caption))
    return block


def _item(item: Item) -> object:
    if not item.items:
        return text(item.runs)
    return (text(item.runs), "ol" if item.ordered else "ul", *map(_item, item.items))


def left_out(draft: Draft, reason: Reason) -> list[str]:
    return [one.text for one in draft.left_out if one.reason == reason]


def doubts(draft: Draft, doubt: Doubt) -> list[str]:
    return [one.detail for one in draft.findings if one.doubt == doubt]


def remarks(draft: Draft) -> list[tuple[str, str, str]]:
    return [(str(one.kind), one.author, one.text) for one in draft.review_notes]
