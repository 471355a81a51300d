"""Cells of an office file as a table of a draft: rows equally wide, words of a merged cell in its first place. Pure."""

from dataclasses import dataclass

from editions.document.model import Row, Runs, Table
from formats.draft import Doubt, Finding
from formats.office.runs import unmarked

WIDEST = 200  # columns


@dataclass(frozen=True, slots=True)
class Cell:
    """span: how many columns it covers; a cell that continues one above it is there, and empty."""

    runs: Runs = ()
    span: int = 1


def grid(
    key: str,
    rows: list[tuple[str, list[Cell]]],
    header_rows: int,
    header_column: bool,
    merged: str,
    findings: list[Finding],
) -> Table:
    """merged: first words of a merged cell, if there is any."""
    if merged:
        findings.append(Finding(Doubt.MERGED_CELLS, merged, key))
    wide = [(row_key, _spread(cells)) for row_key, cells in rows]
    width = max(len(cells) for _, cells in wide)
    found = tuple(
        Row(row_key, tuple(_head(runs, place < header_rows) for runs in cells) + ((),) * (width - len(cells)))
        for place, (row_key, cells) in enumerate(wide)
    )
    return Table(key, (), found, header_rows, header_column)


def _spread(cells: list[Cell]) -> list[Runs]:
    found: list[Runs] = []
    for cell in cells:
        found += [cell.runs, *[()] * (max(1, min(cell.span, WIDEST)) - 1)]
    return found


def _head(runs: Runs, is_head: bool) -> Runs:
    return unmarked(runs) if is_head else runs
