"""Long running texts in several blocks, so that the editor stays quick: parted when they are saved. Pure.

A block longer than LONGEST is parted at its headings, a longer chapter between paragraphs. Its first
part keeps the block's id, and every paragraph its key. Whoever has the text open still holds the whole: what their
form says is laid out as the stored text is (`laid_out_like`) before the two are merged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bpf_pages.conversion.rich_pieces import Piece, joined, pieces

SPLIT_AT = 5_000
"""Characters of a text after which a heading begins a new block."""
PART = 8_000
"""And after so many a paragraph does. A key costs the more the longer the text around it: docs/performance.md."""
LONGEST = 12_000
"""So long may a block become before it is parted: each part has room for what is written next."""
TEXT = "text"

Block = Mapping[str, Any]


def is_long(body: Iterable[Block]) -> bool:
    """Whether any text in it is to be parted."""
    return any(len(block["value"]) > LONGEST for block in _texts(body))


def parted(body: Sequence[Block]) -> list[Any]:
    """The body with each long text in several blocks. A text that does not come apart, or is one list, stays whole."""
    ids = {str(block.get("id")) for block in _blocks(body)}
    return _parted(body, ids)


def _parted(stream: Sequence[Block], ids: set[str]) -> list[Any]:
    found: list[Any] = []
    for block in stream:
        if _is_text(block) and len(block["value"]) > LONGEST:
            found += _parts(block, ids)
        else:
            found.append(_with_streams(block, lambda inner, _name: _parted(inner, ids)))
    return found


def _parts(block: Block, ids: set[str]) -> Iterator[Block]:
    held = pieces(block["value"])
    groups = list(_groups(held)) if held and block.get("id") else []
    if len(groups) < 2 or "".join(joined(group.values()) for group in groups) != block["value"]:
        yield block
        return
    for number, group in enumerate(groups):
        name = str(block["id"])
        while number and (name == block["id"] or name in ids):
            name = str(uuid5(NAMESPACE_OID, f"{name} {next(iter(group))}"))
        ids.add(name)
        yield {**block, "value": joined(group.values()), "id": name}


def _groups(held: Mapping[str, Piece]) -> Iterator[dict[str, Piece]]:
    """A new one begins at a heading once SPLIT_AT signs stand before it, else at a paragraph before there are too many.
    A list is not taken apart: its numbers would begin anew."""
    group: dict[str, Piece] = {}
    length = 0
    for unit in _units(held):
        size = sum(len(piece.html) for _key, piece in unit)
        is_heading = unit[0][1].html.startswith("<h")
        if group and ((is_heading and length > SPLIT_AT) or length + size > PART):
            yield group
            group, length = {}, 0
        group.update(unit)
        length += size
    if group:
        yield group


def _units(held: Mapping[str, Piece]) -> Iterator[list[tuple[str, Piece]]]:
    """What stays together: a paragraph, a heading with what follows it, a list, with the list right behind it."""
    unit: list[tuple[str, Piece]] = []
    for key, piece in held.items():
        last = unit[-1][1] if unit else None
        if last and not last.html.startswith("<h") and not (piece.lists and last.lists):
            yield unit
            unit = []
        unit.append((key, piece))
    if unit:
        yield unit


def laid_out_like(stored: Sequence[Block], body: Sequence[Block]) -> list[Any]:
    """The words of `body`, its paragraphs in the blocks in which `stored` has them, where those came from parting.

    A paragraph that stored does not have stays behind the one before it.
    """
    names = {str(block.get("id")) for block in _blocks(body)}
    if all(str(block.get("id")) in names for block in _texts(stored)):
        return list(body)
    return _laid_out(stored, body, names)


def _laid_out(stored: Sequence[Block], body: Sequence[Block], names: set[str]) -> list[Any]:
    homes: dict[str, Block] = {}
    for block in stored:
        if _is_text(block) and str(block.get("id")) not in names:
            homes |= dict.fromkeys(pieces(block["value"]) or (), block)
    others = {block.get("id"): block for block in stored}
    found: list[Any] = []
    for block in body:
        if _is_text(block):
            found += _moved(block, homes, set(pieces(_value_of(others.get(block.get("id")))) or ()))
        else:
            like = others.get(block.get("id"))

            def inner(stream: Sequence[Block], name: str, like: Any = like) -> list[Any]:
                value = like["value"].get(name) if like and isinstance(like["value"], dict) else None
                return _laid_out(value, stream, names) if value and _is_stream(value) else list(stream)

            found.append(_with_streams(block, inner))
    return found


def _moved(block: Block, homes: Mapping[str, Block], stays: set[str]) -> list[Block]:
    """The block, and behind it those of `homes` that hold some of its paragraphs."""
    held = pieces(block["value"]) or {}
    if not any(key in homes and key not in stays for key in held):
        return [block]
    own = str(block.get("id"))
    groups: dict[str, list[Piece]] = {own: []}
    at = own
    for key, piece in held.items():
        if key in stays:
            at = own
        elif key in homes:
            at = str(homes[key]["id"])
        groups.setdefault(at, []).append(piece)
    return [{**block, "id": block.get("id") if name == own else name, "value": joined(group)}
            for name, group in groups.items()]  # fmt: skip


def _value_of(block: Block | None) -> str:
    return block["value"] if block is not None and _is_text(block) else ""


def _is_text(block: Block) -> bool:
    return block["type"] == TEXT and isinstance(block["value"], str)


def _is_stream(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) and "type" in each for each in value)


def _with_streams(block: Block, change: Any) -> Block:
    """The block with each stream inside it changed: change(stream, name of its field)."""
    value = block["value"]
    if not isinstance(value, dict):
        return block
    changed = {name: change(each, name) for name, each in value.items() if _is_stream(each) and each}
    return {**block, "value": {**value, **changed}} if changed else block


def _blocks(body: Iterable[Block]) -> Iterator[Block]:
    for block in body:
        yield block
        value = block["value"]
        for each in value.values() if isinstance(value, dict) else ():
            if _is_stream(each):
                yield from _blocks(each)


def _texts(body: Iterable[Block]) -> Iterator[Block]:
    return (block for block in _blocks(body) if _is_text(block))
