"""Brings together two texts that were made from one: what each editor changed since, by blocks and paragraphs. Pure.

Stored values in, stored values out. What one changed is taken over. What both changed stands twice, mine behind theirs
with a mark (`editions.document.collision_marks`); where a field can hold one wording only, mine stands in a marked
paragraph of its own. A text that was merged before meets its own marks again: they are brought up to date, not doubled.
"""

import html
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bpf_pages.conversion.block_keys import KEY_ATTRIBUTE, RowKeys
from bpf_pages.conversion.rewording import words_of
from bpf_pages.conversion.rich_pieces import Piece, joined, pieces, rekeyed, with_key, without_key
from bpf_pages.conversion.shapes import Kind, Shape
from editions.comparison.keyed_merge import merged
from editions.document.collision_marks import mark, unmarked

TEXT = "text"
"""The type of a block of running text, in which a wording stands that has no other place."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Whose wording is put beside another. code: the same for one person always; said: name and moment, in words."""

    code: str
    said: str


@dataclass(frozen=True, slots=True)
class Merge:
    """values: by field. twice: how many wordings stand beside another. settled: (label, what I had given) of facts that
    both changed, where theirs stays."""

    values: dict[str, Any]
    twice: int
    settled: tuple[tuple[str, Any], ...]


_NOTHING: Any = object()
"""Stands for a value that was not there."""


@dataclass(slots=True)
class _Aside:
    """What found no place in a block. words: (name of the place, base, mine); whole: the block itself stands twice."""

    words: list[tuple[str, Any, str]] = field(default_factory=list)
    whole: bool = False


def merge_fields(
    shapes: Mapping[str, Shape],
    base: Mapping[str, Any] | None,
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    writer: Writer,
) -> Merge:
    """The fields of two pages that were made from one. base: None where what both were made from is not known any
    more; then everything that differs stands twice, and nothing is taken out."""
    work = _Work(writer)
    aside = _Aside()
    base = base if base is not None else {}
    values = {
        name: work.value(shape, base.get(name, _NOTHING), theirs.get(name), mine.get(name), aside)
        for name, shape in shapes.items()
    }
    home = next((name for name, shape in shapes.items() if TEXT in shape.within), None)
    if home is not None and aside.words:
        blocks = {block["id"]: block for block in values[home] or ()}
        beside = dict(work.paragraphs("page", aside, blocks))
        values[home] = [*(new for key, new in beside.items() if key not in blocks),
                        *(beside.get(key, block) for key, block in blocks.items())]  # fmt: skip
    return Merge(values, work.twice, tuple(work.settled))


class _Work:
    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.twice = 0
        self.settled: list[tuple[str, Any]] = []

    def value(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        return self._settlers[shape.kind](self, shape, base, theirs, mine, aside)

    # --- one value ------------------------------------------------------------------------------------------------

    def _words(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        if not str(mine or "").strip():
            return theirs
        if not str(theirs or "").strip():
            return mine
        aside.words.append((shape.label, base, str(mine)))
        return theirs

    def _fact(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        self.settled.append((shape.label, mine))
        return theirs

    def _chosen(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        if theirs is None or mine is None:
            return mine if theirs is None else theirs
        aside.whole = True
        return theirs

    def _lines(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> str:
        before, other, own = (_lines_by_words(side) for side in (base, theirs, mine))
        return "\n".join(merged(before, other, own, lambda key, _base, _theirs, line: [(key, line)]).values())

    def _fields(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        before = base if isinstance(base, dict) else {}
        found = {
            name: self.value(each, before.get(name, _NOTHING), theirs.get(name), mine.get(name), aside)
            for name, each in shape.within.items()
            if name in theirs or name in mine
        }
        return dict(theirs) | found

    # --- a rich text ----------------------------------------------------------------------------------------------

    def _rich(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> str:
        base = "" if base is _NOTHING else base or ""
        sides = [pieces(text or "") for text in (base, theirs, mine)]
        before, other, own = sides
        if before is None or other is None or own is None:
            self.twice += 1
            former, new = (rekeyed(text or "", self.writer.code) for text in (base, mine))
            if base and former in theirs:
                return str(theirs).replace(former, new)
            label = f'<p {KEY_ATTRIBUTE}="{self._key("whole")}">{self._mark()}</p>'
            return f"{theirs}{label}{new}"
        return joined(merged(before, other, own, partial(self._paragraph, other)).values())

    def _paragraph(
        self, others: Mapping[str, Piece], key: str, base: Piece | None, theirs: Piece | None, mine: Piece
    ) -> list[tuple[str, Piece]]:
        def is_former(piece: Piece) -> bool:
            return base is not None and unmarked(without_key(piece)) == unmarked(without_key(base))

        name, is_known = self._beside(key, others, is_former)
        stays = [] if theirs is None else [(key, theirs)]
        if theirs is None and not is_known:
            return [(key, mine)]
        if theirs is not None and unmarked(without_key(theirs)) == unmarked(without_key(mine)):
            return stays
        self.twice += 1
        bare = Piece(unmarked(mine.html), mine.lists, mine.begins)
        return [*stays, (name, with_key(bare, name, self._mark()))]

    # --- blocks ---------------------------------------------------------------------------------------------------

    def _items(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> list[Any]:
        def settle(key: str, before: Any, other: Any, own: Any) -> list[tuple[str, Any]]:
            if other is None:
                return [(key, own)]
            value = self.value(shape.within["item"], _value_of(before), _value_of(other), _value_of(own), aside)
            return [(key, {**other, "value": value})]

        return list(merged(_by_id(base), _by_id(theirs), _by_id(mine), settle).values())

    def _blocks(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> list[Any]:
        others = _by_id(theirs)

        def settle(key: str, before: Any, other: Any, own: Any) -> list[tuple[str, Any]]:
            if other is None:
                return [(key, own)]
            here = _Aside()
            kind = shape.within.get(own["type"])
            if kind is None or own["type"] != other["type"]:
                here.whole, stays = True, other
            else:
                value = self.value(kind, _value_of(before), _value_of(other), _value_of(own), here)
                stays = {**other, "value": value}
            found = [(key, stays)]
            if TEXT not in shape.within:
                aside.words += here.words
                aside.whole |= here.whole
                return found
            found += self.paragraphs(key, here, others)
            return found + (self._copy(key, before, own, others) if here.whole else [])

        return list(merged(_by_id(base), others, _by_id(mine), settle).values())

    def paragraphs(self, near: str, aside: _Aside, others: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """Blocks of text, by their ids, that hold the wordings without a place."""
        found = []
        for label, base, mine in aside.words:
            former = f"{html.escape('' if base is _NOTHING else str(base or ''), quote=False)}</p>"

            def is_former(block: Any, former: str = former) -> bool:
                held = pieces(str(block["value"])) if block["type"] == TEXT else None
                return [unmarked(without_key(piece)) for piece in (held or {}).values()] == [former]

            name, _known = self._beside(f"{near} {label}", others, is_former, _id_from)
            words = self._mark(label) + html.escape(mine, quote=False)
            found.append((name, _text_block(name, f'<p {KEY_ATTRIBUTE}="{self._key(name)}">{words}</p>')))
            self.twice += 1
        return found

    def _copy(self, key: str, before: Any, mine: Any, others: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """My block behind theirs, under a marked paragraph."""

        def is_former(block: Any) -> bool:
            return before is not None and block["value"] == before["value"]

        name, _known = self._beside(key, others, is_former, _id_from)
        self.twice += 1
        label = _id_from(f"{name} label")
        paragraph = f'<p {KEY_ATTRIBUTE}="{self._key(label)}">{self._mark()}</p>'
        return [(label, _text_block(label, paragraph)), (name, {**mine, "id": name})]

    # --- a table --------------------------------------------------------------------------------------------------

    def _table(self, shape: Shape, base: Any, theirs: Any, mine: Any, aside: _Aside) -> Any:
        before = base if isinstance(base, dict) else {"columns": None, "rows": []}
        if not (isinstance(theirs, dict) and isinstance(mine, dict)):
            aside.whole = True
            return theirs
        columns = {str(side.get("columns")) for side in (before, theirs, mine) if side.get("columns") is not None}
        if len(columns) > 1:
            aside.whole = True
            return theirs
        others = _rows(theirs)

        def settle(key: str, was: Any, other: Any, own: Any) -> list[tuple[str, Any]]:
            if other is None:
                return [(key, own)]

            def is_former(row: Any) -> bool:
                return was is not None and _said(row) == _said(was)

            known = next((name for name, row in others.items() if name != key and is_former(row)), None)
            self.twice += 1
            cells = own["values"]
            name = known or f"{key}~{self.writer.code}"
            return [(key, other), (name, {**own, "values": [self._marked_cell(cells[0]), *cells[1:]]})]

        rows = list(merged(_rows(base), others, _rows(mine), settle).values())
        words = Shape(Kind.WORDS, shape.label)
        caption = self.value(words, before.get("caption", _NOTHING), theirs.get("caption"), mine.get("caption"), aside)
        return {**theirs, "rows": rows, "caption": caption}

    def _marked_cell(self, cell: Any) -> str:
        opened = pieces(unmarked(str(cell or ""))) or {}
        if not opened:
            return self._mark() + str(cell or "")
        (key, first), *more = opened.items()
        return joined([with_key(first, self._key(key), self._mark()), *(piece for _key, piece in more)])

    # --- marks ----------------------------------------------------------------------------------------------------

    def _mark(self, label: str = "") -> str:
        return html.escape(mark(f"{self.writer.said}, {label}" if label else self.writer.said), quote=False)

    def _key(self, key: str) -> str:
        return _key_from(f"{key} {self.writer.code}")

    def _beside(
        self,
        key: str,
        others: Mapping[str, Any],
        is_former: Callable[[Any], bool],
        named: Callable[[str], str] | None = None,
    ) -> tuple[str, bool]:
        """(the key for my wording beside `key`, whether it stands there already as I last wrote it). What somebody has
        worked on meanwhile is left, and mine gets the next key."""
        following = named or _key_from
        name = following(f"{key} {self.writer.code}")
        while name in others and not is_former(others[name]):
            name = following(f"{name} {self.writer.code}")
        return name, name in others

    _settlers: Mapping[Kind, Callable[..., Any]] = {
        Kind.RICH: _rich,
        Kind.WORDS: _words,
        Kind.LINES: _lines,
        Kind.FACT: _fact,
        Kind.CHOSEN: _chosen,
        Kind.TABLE: _table,
        Kind.FIELDS: _fields,
        Kind.ITEMS: _items,
        Kind.BLOCKS: _blocks,
    }


def _by_id(blocks: Any) -> dict[str, Any]:
    """Blocks by their ids; what has none is named by its words."""
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for block in () if blocks is _NOTHING else blocks or ():
        key = str(block.get("id") or _id_from(str(block)))
        seen[key] += 1
        key = key if seen[key] == 1 else _id_from(f"{key}+{seen[key]}")
        found[key] = {**block, "id": key}
    return found


def _value_of(block: Any) -> Any:
    return _NOTHING if block is None else block["value"]


def _text_block(name: str, value: str) -> dict[str, Any]:
    return {"type": TEXT, "value": value, "id": name}


def _key_from(name: str) -> str:
    return sha256(name.encode()).hexdigest()[:10]


def _id_from(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name))


def _rows(table: Any) -> dict[str, Any]:
    name = RowKeys("")
    rows: Iterable[Any] = table.get("rows", ()) if isinstance(table, dict) else ()
    return {name(str(row["values"][0]) if row["values"] else ""): row for row in rows}


def _said(row: Any) -> list[str]:
    return [words_of(unmarked(str(cell or ""))) for cell in row["values"]]


def _lines_by_words(text: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for line in ("" if text is _NOTHING else str(text or "")).splitlines():
        if said := line.strip():
            seen[said] += 1
            found[f"{said}\n{seen[said]}"] = line
    return found
