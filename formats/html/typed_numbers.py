"""Paragraphs of an HTML file that begin with numbers or bullets somebody typed, "1) …", "• …", as the lists they are.

Only an unbroken run of them is one, as in a plain text. Pure.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from editions.document.model import Block, Item, ListBlock, Paragraph, Runs, text_of_runs
from formats.draft import Doubt, Reason
from formats.office.runs import BREAK, tidy
from formats.office.typed_lists_and_headings import sign_of, without_sign
from formats.plain.typed_numbers import TypedItem, lines_of_runs, typed_items, typed_lines, without_marker
from formats.web.drafting import Drafting


@dataclass(slots=True)
class _Open:
    item: TypedItem
    key: str
    runs: Runs
    below: "list[_Open]" = field(default_factory=list)


def with_typed_numbers(blocks: Sequence[Block], drafting: Drafting) -> list[Block]:
    blocks = list(_parted(blocks))
    texts = [text_of_runs(block.runs) if isinstance(block, Paragraph) else "" for block in blocks]
    told: list[Block] = []
    open_lists: list[_Open] = []  # the items of the outermost list that is open
    for block, item in zip(blocks, typed_items(texts), strict=True):
        if item is None or not isinstance(block, Paragraph):
            told += _list(open_lists)
            open_lists = []
            told.append(block)
            continue
        if item.level == 0 and open_lists and open_lists[-1].item.series != item.series:
            told += _list(open_lists)
            open_lists = []
        beside = open_lists
        for _ in range(item.level):
            beside = beside[-1].below
        if not item.counts_so and (not beside or beside[-1].item.series != item.series):
            drafting.find(Doubt.LIST_NUMBERING, item.marker.text, block.key)
        beside.append(_Open(item, block.key, _runs(item, block, drafting)))
    return told + _list(open_lists)


def with_typed_bullets(blocks: Iterable[Block]) -> list[Block]:
    """Paragraphs next to each other that begin with the same bullet as items of a list."""
    told: list[Block] = []
    for sign, group in itertools.groupby(_bulleted_lines(blocks), key=_sign):
        found = list(group)
        if not sign or len(found) < 2:
            told += found
            continue
        items = (Item(one.key, without_sign(one.runs)) for one in found if isinstance(one, Paragraph))
        told.append(ListBlock(f"list of {found[0].key}", ordered=False, items=tuple(items)))
    return told


def _sign(block: Block) -> str:
    return sign_of(text_of_runs(block.runs)) if isinstance(block, Paragraph) else ""


def _bulleted_lines(blocks: Iterable[Block]) -> Iterator[Block]:
    """With each line on its own of a paragraph whose lines all begin with the same bullet."""
    for block in blocks:
        lines = text_of_runs(block.runs).split(BREAK) if isinstance(block, Paragraph) else []
        if isinstance(block, Paragraph) and len(lines) > 1 and sign_of(lines[0]) and len(set(map(sign_of, lines))) == 1:
            for place, runs in enumerate(lines_of_runs(block.runs)):
                yield replace(block, key=f"line {place} of {block.key}" if place else block.key, runs=tidy(runs))
        else:
            yield block


def _parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """With each line of a paragraph on its own where line ends part the items of a list."""
    for block in blocks:
        lines = typed_lines(block.runs) if isinstance(block, Paragraph) else []
        if not lines or not isinstance(block, Paragraph):
            yield block
            continue
        for place, runs in enumerate(lines):
            yield replace(block, key=f"line {place} of {block.key}" if place else block.key, runs=runs)


def _runs(item: TypedItem, block: Paragraph, drafting: Drafting) -> Runs:
    """Without the number, where the list draws it itself."""
    if not item.counts_so:
        return block.runs
    drafting.leave_out(Reason.LIST_NUMBER, item.marker.text, "", block.key)
    return without_marker(block.runs)


def _list(items: list[_Open]) -> list[Block]:
    if not items:
        return []
    return [ListBlock(f"list of {items[0].key}", items[0].item.counts_so, _items(items))]


def _items(items: Iterable[_Open]) -> tuple[Item, ...]:
    return tuple(
        Item(one.key, one.runs, _items(one.below), bool(one.below) and one.below[0].item.counts_so) for one in items
    )
