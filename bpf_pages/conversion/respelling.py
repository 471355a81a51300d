"""Gives back to what an editor did not touch the spelling that it was loaded with. Pure.

The editor writes every paragraph anew when it saves: `<strong>` becomes `<b>`, a text without keys gets some. Without
this every paragraph of a text that came from a program would count as changed by whoever saves first.
"""

import re
from collections.abc import Mapping
from typing import Any

from bpf_pages.conversion.block_keys import KEY_ATTRIBUTE
from bpf_pages.conversion.rich_pieces import Piece, joined, pieces
from bpf_pages.conversion.shapes import Kind, Shape

_KEY = re.compile(rf' {KEY_ATTRIBUTE}="[^"]*"')


def respelled(shapes: Mapping[str, Shape], base: Mapping[str, Any], side: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a page that was saved from a form, spelt as in `base` where they say the same."""
    return {name: _value(shape, base.get(name), side.get(name)) for name, shape in shapes.items()}


def _value(shape: Shape, base: Any, side: Any) -> Any:
    if side == base or base is None or side is None:
        return side
    match shape.kind:
        case Kind.RICH:
            return _rich(shape, str(base), str(side))
        case Kind.WORDS | Kind.LINES:
            return base if str(base).split() == str(side).split() else side
        case Kind.FIELDS if isinstance(base, dict) and isinstance(side, dict):
            return {**side, **{name: _value(shape.within[name], base.get(name), value)
                               for name, value in side.items() if name in shape.within}}  # fmt: skip
        case Kind.ITEMS | Kind.BLOCKS:
            return _blocks(shape, base, side)
        case Kind.TABLE if isinstance(base, dict) and isinstance(side, dict):
            return _table(shape.within.get("cell"), base, side)
    return side


def _blocks(shape: Shape, base: Any, side: Any) -> list[Any]:
    known = {block.get("id"): block for block in base}

    def spelt(block: Any) -> Any:
        kind, former = shape.within.get(block["type"]), known.get(block.get("id"))
        if kind is None or former is None or former["type"] != block["type"]:
            return block
        return {**block, "value": _value(kind, former["value"], block["value"])}

    return [spelt(block) for block in side]


def _rich(shape: Shape, base: str, side: str) -> str:
    posted = shape.as_posted(base) if shape.as_posted else base
    if _KEY.sub("", posted) == _KEY.sub("", side):
        return base
    former, as_posted, now = pieces(base), pieces(posted), pieces(side)
    if former is None or as_posted is None or now is None:
        return side

    def spelt(key: str, piece: Piece) -> Piece:
        return former[key] if key in former and as_posted.get(key) == piece else piece

    return joined(spelt(key, piece) for key, piece in now.items())


def _table(cell: Shape | None, base: Mapping[str, Any], side: Mapping[str, Any]) -> Any:
    def posted(words: Any) -> str:
        return _KEY.sub("", cell.as_posted(str(words or "")) if cell and cell.as_posted else str(words or ""))

    known = {tuple(posted(each) for each in row["values"]): row for row in base.get("rows", ())}
    rows = [known.get(tuple(_KEY.sub("", str(each or "")) for each in row["values"]), row) for row in side["rows"]]
    return {**side, "rows": rows, "caption": side.get("caption") or base.get("caption") or side.get("caption")}
