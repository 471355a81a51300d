"""Paragraphs of an HTML file that begin with numbers somebody typed, "1) …", "(a) …", as the lists they look like.

Only an unbroken run of them is one, as in a plain text. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from editions.document.model import Block, Item, ListBlock, Paragraph, Runs
from formats.draft import Doubt, Reason
from formats.plain.typed_numbers import TypedItem, typed_items, without_marker
from formats.web.drafting import Drafting
from formats.web.runs import plain


@dataclass(slots=True)
class _Open:
    item: TypedItem
    key: str
    runs: Runs
    below: "list[_Open]" = field(default_factory=list)


def with_typed_numbers(blocks: Sequence[Block], drafting: Drafting) -> list[Block]:
    texts = [plain(block.runs) if isinstance(block, Paragraph) else "" for block in blocks]
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
