"""Lists and definition lists of an HTML file, and how their numbers are drawn. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from editions.document.model import Block, Heading, Item, ListBlock, Paragraph, Quote, Run, Runs
from formats.draft import Doubt, Reason
from formats.html.blocks.reader import BlockReader
from formats.html.blocks.texts import lines_of
from formats.html.lists import MADE_ITEM
from formats.html.styles import style_in
from formats.html.tree import LEFT_OUT, TEXT, Node
from formats.office.runs import before_words, tidy
from formats.roman_numerals import roman
from formats.web.runs import Style, joined_lines

Told = tuple[Item | None, list[Block]]
"""An item of a list, or none, and what stood in it and can be no item."""


def list_block(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    key = reader.drafting.new_key()
    items: list[Item] = []
    ordered, told = read_items(reader, node, style)
    before = 0  # items in what of the list stands above a table or a picture in it; the next is no first one
    for item, after in told:
        if item is not None:
            number = f"{before + len(items) + 1}."
            if ordered and before and not items:
                reader.drafting.find(Doubt.LIST_NUMBERING, number, item.key)
            items.append(_with_number(item, number) if ordered and before else item)
        if after:
            if items:
                reader.out.append(ListBlock(key, ordered and not before, tuple(items)))
                before += len(items)
            reader.out.extend(after)
            key, items = reader.drafting.new_key(), []
    if items:
        reader.out.append(ListBlock(key, ordered and not before, tuple(items)))


def read_items(reader: BlockReader, node: Node, style: Style) -> tuple[bool, list[Told]]:
    """Whether the list counts 1, 2, 3, and its items, each with what stands in it and can be no item.

    Where it counts otherwise, its numbers are text of its items, as those of office files are.
    """
    told: list[Told] = []
    number = 0
    said_before = len(reader.drafting.left_out)
    labels: dict[str, str] = {}  # what the list drew before each item, by its key
    numbering = _Numbering(node, sum(group[0].tag not in ("ul", "ol") for group in _item_groups(node)))
    for group in _item_groups(node):
        if len(group) == 1 and group[0].tag in ("ul", "ol"):
            _nest(reader, told, group[0], style)
            continue
        outer = group[0] if group[0].tag in ("li", "dd", "dt") else None
        own = style_in(outer, style) if outer is not None else style
        before = len(told)
        found = _item(reader, group if outer is None else outer.children, own, told)
        if found is not None:
            number += 1
            if numbering.differs(number, outer):
                reader.drafting.find(Doubt.LIST_NUMBERING, numbering.said(number), found)
            labels[found] = numbering.said(number)
        elif outer is not None and _is_numbered(outer):
            number += 1
            lifted = _lifted(outer, told[before:])
            if list(lifted.values()) != [f"{number}."]:
                numbering.passed(number, outer)
            labels.update(lifted)
    if node.tag != "ol" or not numbering.told_once:
        return node.tag == "ol", told
    _take_typed(reader, labels, said_before)
    return False, [(_labelled(item, labels), after) for item, after in told]


def _is_numbered(item: Node) -> bool:
    """Whether an item that says nothing of its own takes a number, as browsers draw it; one whose words are deleted or
    hidden takes none."""
    return MADE_ITEM not in item.attributes and not any(
        (inner.tag == LEFT_OUT and inner.reason != Reason.LIST_NUMBER and inner.text.strip())
        or (inner.tag == "del" and inner.words())
        for inner in item.walk()
    )


def _lifted(outer: Node, told: list[Told]) -> dict[str, str]:
    """What the list in an item that holds nothing else drew before its items, which became those of the outer one."""
    inner = next((node for node in outer.walk() if node.tag in ("ol", "ul")), None)
    items = [item for item, _ in told if item is not None]
    if inner is None or inner.tag != "ol" or not items:
        return {}
    numbering = _Numbering(inner, len(items))
    return {item.key: numbering.said(number) for number, item in enumerate(items, 1)}


def _take_typed(reader: BlockReader, labels: dict[str, str], since: int) -> None:
    """Numbers that the file itself types stay in the text as they are typed. since: what was left out before."""
    out = reader.drafting.left_out
    typed = [left for left in out[since:] if left.reason == Reason.LIST_NUMBER and left.key in labels]
    labels.update((left.key, left.text) for left in typed)
    out[since:] = [left for left in out[since:] if left.reason != Reason.LIST_NUMBER or left.key not in labels]


def _labelled(item: Item | None, labels: Mapping[str, str]) -> Item | None:
    label = labels.get(item.key) if item is not None else None
    return _with_number(item, label) if item is not None and label else item


def _with_number(item: Item, number: str) -> Item:
    return replace(item, runs=tidy([Run(before_words(number)), *item.runs]))


def _item(reader: BlockReader, nodes: Iterable[Node], style: Style, told: list[Told]) -> str | None:
    key = reader.drafting.new_key()
    lines: list[Runs] = []
    nested: list[Item] = []
    ordered = False
    after: list[Block] = []
    for block in reader.within(nodes, style, key):
        if isinstance(block, ListBlock):
            ordered = block.ordered if not nested else ordered
            nested.extend(block.items)
        elif isinstance(block, Paragraph | Quote | Heading) and not nested:
            lines.extend(lines_of(block)[0])
        elif isinstance(block, Paragraph):  # the item goes on after the list in it
            last = nested[-1]
            nested[-1] = replace(last, runs=joined_lines([last.runs, block.runs]))
        else:
            after.append(block)
    runs = joined_lines(lines)
    if not runs and nested:  # an item that only holds a list
        last_item = told[-1][0] if told else None
        if last_item is not None:
            told[-1] = (
                replace(
                    last_item,
                    items=(*last_item.items, *nested),
                    ordered=ordered if not last_item.items else last_item.ordered,
                ),
                [*told[-1][1], *after],
            )
        else:
            told.extend((item, []) for item in nested)
            if after:
                told.append((None, after))
        return None
    if runs:
        told.append((Item(key, runs, tuple(nested), ordered), after))
        return key
    if after:
        told.append((None, after))
    return None


def _nest(reader: BlockReader, told: list[Told], node: Node, style: Style) -> None:
    """A list straight in a list: it belongs to the item before it."""
    found = reader.within([node], style)
    for block in found:
        last = told[-1][0] if told else None
        if isinstance(block, ListBlock) and last is not None:
            ordered = last.ordered if last.items else block.ordered
            told[-1] = (replace(last, items=(*last.items, *block.items), ordered=ordered), told[-1][1])
        elif isinstance(block, ListBlock):
            told.extend((item, []) for item in block.items)
        else:
            told.append((None, [block]))


def definitions(reader: BlockReader, node: Node, style: Style) -> None:
    """Terms as items, what is said of them as items below."""
    reader.end_line()
    key = reader.drafting.new_key()
    items: list[Item] = []
    after: list[Block] = []
    for child in _definition_parts(node):
        told: list[Told] = []
        inside = child.children if child.tag in ("dt", "dd") else [child]
        _item(reader, inside, style_in(child, style) if not child.tag.startswith("#") else style, told)
        found = [item for item, _ in told if item is not None]
        after.extend(block for _, more in told for block in more)
        if child.tag == "dd" and items:
            items[-1] = replace(items[-1], items=(*items[-1].items, *found))
        else:
            items.extend(found)
    if items:
        reader.out.append(ListBlock(key, ordered=False, items=tuple(items)))
    reader.out.extend(after)


def _item_groups(node: Node) -> list[list[Node]]:
    """The items of a list; what stands between them and is no item makes one of its own."""
    groups: list[list[Node]] = []
    loose: list[Node] = []
    for child in node.children:
        if child.tag in ("li", "dd", "dt", "ul", "ol"):
            if any(found.tag != TEXT or found.text.strip() for found in loose):
                groups.append(loose)
            loose = []
            groups.append([child])
        else:
            loose.append(child)
    if any(found.tag != TEXT or found.text.strip() for found in loose):
        groups.append(loose)
    return groups


def _definition_parts(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.tag == "div":
            yield from _definition_parts(child)
        elif child.tag != TEXT or child.text.strip():
            yield child


class _Numbering:
    """The numbers an ordered list shows, against 1, 2, 3."""

    def __init__(self, node: Node, items: int) -> None:
        start = node.attributes.get("start", "")
        self.step = -1 if "reversed" in node.attributes else 1
        first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else (1 if self.step > 0 else items)
        self.shift = first - self.step
        self.kind = node.attributes.get("type", "1").strip() or "1"
        named = node.css.get("list-style-type", "") or node.css.get("list-style", "").partition(" ")[0]
        self.kind = {
            "lower-alpha": "a",
            "lower-latin": "a",
            "upper-alpha": "A",
            "upper-latin": "A",
            "lower-roman": "i",
            "upper-roman": "I",
        }.get(named, self.kind)
        self.ordered = node.tag == "ol" and named != "none"
        self.told = False
        self.told_once = False
        self.skips = False  # numbers of items that say nothing

    def passed(self, number: int, item: Node) -> None:
        """An item that says nothing took this number."""
        self._leap(number, item)
        self.skips, self.told = True, False

    def _leap(self, number: int, item: Node | None) -> None:
        value = item.attributes.get("value", "") if item is not None else ""
        if re.fullmatch(r"-?\d{1,6}", value) and int(value) - number * self.step != self.shift:
            self.shift, self.told = int(value) - number * self.step, False

    def differs(self, number: int, item: Node | None) -> bool:
        """Whether to tell of this item: the first of the list that counts otherwise, and each leap after it."""
        if not self.ordered:
            return False
        self._leap(number, item)
        counts_plainly = not self.shift and not self.skips and self.step > 0
        if self.told or (counts_plainly and self.kind not in ("a", "A", "i", "I")):
            return False
        self.told = self.told_once = True
        return True

    def said(self, number: int) -> str:
        number = number * self.step + self.shift
        if self.kind in ("a", "A") and 1 <= number <= 26:
            letter = chr(96 + number)
            return f"{letter.upper() if self.kind == 'A' else letter}."
        if self.kind in ("i", "I") and 1 <= number < 4000:
            return f"{roman(number) if self.kind == 'i' else roman(number).upper()}."
        return f"{number}."
