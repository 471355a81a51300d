"""Blocks and pieces of a line as plain runs: lines of a block, paragraphs of a line, cells of a row. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from editions.document.model import Block, Heading, Item, ListBlock, Paragraph, Quote, Run, Runs, Table
from formats.web.runs import BREAK, Piece


def parted(pieces: list[Piece]) -> list[list[Piece]]:
    """Where two line breaks follow each other, a paragraph ends: pages written by hand do it so."""
    if sum(BREAK in piece.text for piece in pieces) < 2:
        return [pieces]
    parts: list[list[Piece]] = [[]]
    breaks = 0
    for piece in pieces:
        if piece.text == BREAK and not piece.note:
            breaks += 1
            continue
        if not piece.text.strip() and not piece.note:
            if not breaks:
                parts[-1].append(piece)
            continue
        if breaks >= 2:
            parts.append([])
        elif breaks:
            parts[-1].append(Piece(BREAK, piece.style))
        breaks = 0
        parts[-1].append(piece)
    return parts


def lines_of(block: Block) -> tuple[list[Runs], list[Block]]:
    """Lines of text of a block that stands where only text can; or itself, where it can be none."""
    match block:
        case Heading() | Paragraph():
            return [block.runs], []
        case Quote():
            return [block.runs, block.attribution], []
        case ListBlock():
            return list(_item_lines(block.items)), []
        case Table():
            rows = [joined_cells(row.cells) for row in block.rows]
            return [block.caption, *rows], []
        case _:
            return [], [block]


def _item_lines(items: tuple[Item, ...]) -> Iterator[Runs]:
    for item in items:
        yield item.runs
        yield from _item_lines(item.items)


def joined_cells(cells: tuple[Runs, ...]) -> Runs:
    told: list[Run] = []
    for cell in cells:
        if cell:
            told.extend([*([Run(" | ")] if told else []), *cell])
    return tuple(told)


def without_dash(runs: Runs) -> Runs:
    if runs and not runs[0].note:
        return (replace(runs[0], text=re.sub(r"^[\s—–-]+", "", runs[0].text)), *runs[1:])
    return runs
