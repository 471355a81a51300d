"""How many blocks of a document came back as they were: each heading, paragraph, item, row, quote and picture is one."""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from editions.document.model import Document, Figure, Heading, Item, ListBlock, Paragraph, Quote, Runs, Table
from formats.office.runs import tidy

Said = Callable[[Runs], object]


def likeness(there: Document, back: Document, *, styles: bool = True) -> tuple[int, int]:
    """(blocks that are the same and in order, blocks of the longer document). styles: marks, links and notes count."""
    one, other = list(_blocks(there, styles)), list(_blocks(back, styles))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return sum(match.size for match in matcher.get_matching_blocks()), max(len(one), len(other))


def differences(there: Document, back: Document, *, styles: bool = True) -> list[str]:
    """What a person looks at where too little came back."""
    one, other = list(_blocks(there, styles)), list(_blocks(back, styles))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [f"{one[a:b]}\n   -> {other[c:d]}" for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def _blocks(document: Document, styles: bool) -> Iterator[tuple[object, ...]]:
    notes = {note.key: _bare(note.runs) for note in document.notes}

    def styled(runs: Runs) -> object:
        return tuple((run.text, tuple(sorted(run.marks)), run.href, notes.get(run.note, "")) for run in tidy(runs))

    said: Said = styled if styles else _bare
    yield ("title", " ".join(document.title.split()))
    for block in document.blocks:
        match block:
            case Heading():
                yield ("heading", block.level, said(block.runs))
            case Paragraph():
                yield ("paragraph", said(block.runs))
            case Quote():
                yield ("quote", said(block.runs))
            case ListBlock():
                yield from _items(block.items, block.ordered, 1, said)
            case Table():
                yield ("table", said(block.caption))
                for place, row in enumerate(block.rows):
                    yield ("row", place < block.header_rows, tuple(map(said, row.cells)))
            case Figure():
                yield ("figure", said(block.caption))


def _items(items: tuple[Item, ...], ordered: bool, depth: int, said: Said) -> Iterator[tuple[object, ...]]:
    for item in items:
        yield ("item", depth, ordered, said(item.runs))
        yield from _items(item.items, item.ordered, depth + 1, said)


def _bare(runs: Runs) -> str:
    return " ".join("".join(run.text for run in runs).split())
