"""What a draft holds, for the ledger: its texts in reading order, and the things besides words, counted. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Runs,
    Section,
    Table,
    text_of_runs,
)  # fmt: skip
from formats.draft import Doubt, Draft, Source, Thing

TOLD = {
    Thing.LINK: {Doubt.LINK_LEFT_OUT},
    Thing.PICTURE: {Doubt.PICTURE_KIND, Doubt.PICTURE_NOT_FETCHED, Doubt.PICTURE_REPEATED},
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of one thing. told: left out with a finding, or in what was left out."""

    in_file: int = 0
    in_draft: int = 0
    told: int = 0


def draft_texts(document: Document) -> Iterator[str]:
    """Every text of a document in reading order: title, blocks, captions, descriptions of pictures, notes."""
    yield document.title
    yield document.subtitle
    yield from _block_texts(document.blocks)
    for note in document.notes:
        yield text_of_runs(note.runs)


def _block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield text_of_runs(block.runs)
            case Quote():
                yield text_of_runs(block.runs)
                yield text_of_runs(block.attribution)
            case ListBlock():
                yield from (text_of_runs(item.runs) for item in _items(block.items))
            case Table():
                yield text_of_runs(block.caption)
                yield from (text_of_runs(cell) for row in block.rows for cell in row.cells)
            case Figure():
                yield block.alt
                yield text_of_runs(block.caption)
            case Section():
                yield text_of_runs(block.title)
                yield from (text_of_runs(detail.runs) for detail in block.details)
                yield from _block_texts(block.blocks)


def _items(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _items(item.items)


def tallies_of_things(draft: Draft, sources: list[Source]) -> dict[str, Tally]:
    in_file = Counter(source.thing for source in sources)
    in_draft = Counter(_draft_things(draft.document))
    told = Counter(finding.doubt for finding in draft.findings)
    beside = dict(draft.told_things)
    found = {
        str(thing): Tally(
            in_file[thing], in_draft[thing], beside.get(thing, 0) + sum(told[doubt] for doubt in TOLD.get(thing, ()))
        )
        for thing in Thing
        if thing != Thing.WORDS
    }
    levels = Counter(source.text for source in sources if source.thing == Thing.HEADING and source.text)
    drafted = Counter(str(heading.level) for heading in _headings(draft.document.blocks))
    for level in sorted(set(levels) | set(drafted)):
        found[f"{Thing.HEADING} {level}"] = Tally(levels[level], drafted[level])
    return found


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Section):
            yield from _headings(block.blocks)


def _draft_things(document: Document) -> Iterator[Thing]:
    for note in document.notes:
        yield from _links(note.runs)
    yield from _block_things(document.blocks)


def _block_things(blocks: Iterable[Block]) -> Iterator[Thing]:
    for block in blocks:
        for runs in _own_runs(block):
            yield from _links(runs)
        match block:
            case Heading():
                yield Thing.HEADING
            case ListBlock():
                yield from (Thing.LIST_ITEM for _ in _items(block.items))
            case Table():
                yield from (Thing.CELL for row in block.rows for cell in row.cells if text_of_runs(cell).strip())
            case Figure():
                yield Thing.PICTURE
            case Section():
                yield from _block_things(block.blocks)


def _own_runs(block: Block) -> Iterator[Runs]:
    match block:
        case Heading() | Paragraph() | Quote():
            yield block.runs
        case ListBlock():
            yield from (item.runs for item in _items(block.items))
        case Table():
            yield from (cell for row in block.rows for cell in row.cells)
        case Figure():
            yield block.caption
        case Section():
            yield block.title


def _links(runs: Runs) -> Iterator[Thing]:
    """One for each stretch of runs that leads to the same place."""
    before = ""
    for run in runs:
        if run.href and run.href != before:
            yield Thing.LINK
        before = run.href
