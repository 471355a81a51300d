"""A document without what a file does not hold: keys, names of pictures. For comparing block by block."""

from editions.document.model import Block, Document, Figure, Heading, Item, ListBlock, Paragraph, Quote, Runs, Table
from formats.office.runs import tidy


def shapes(document: Document) -> list[object]:
    notes = {note.key: _text(note.runs, {}) for note in document.notes}
    return [document.title, *(_shape(block, notes) for block in document.blocks)]


def _shape(block: Block, notes: dict[str, object]) -> object:
    match block:
        case Heading():
            return ("heading", block.level, _text(block.runs, notes))
        case Paragraph():
            return ("paragraph", _text(block.runs, notes))
        case Quote():
            return ("quote", _text(block.runs, notes))
        case ListBlock():
            return ("list", block.ordered, _items(block.items, notes))
        case Table():
            rows = tuple(tuple(_text(cell, notes) for cell in row.cells) for row in block.rows)
            return ("table", _text(block.caption, notes), rows, block.header_rows)
        case Figure():
            return ("figure", _text(block.caption, notes))
    return block


def _items(items: tuple[Item, ...], notes: dict[str, object]) -> object:
    return tuple(
        (_text(item.runs, notes), bool(item.items) and item.ordered, _items(item.items, notes)) for item in items
    )


def _text(runs: Runs, notes: dict[str, object]) -> object:
    return tuple((run.text, tuple(sorted(run.marks)), run.href, notes.get(run.note, run.note)) for run in tidy(runs))
