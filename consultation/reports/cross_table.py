"""Stakeholder groups by regions, without the small counts from which somebody could be known."""

from collections import Counter
from dataclasses import dataclass

from consultation.reports.services import Content
from consultation.reports.tables import counted
from consultation.vocabulary import Region, StakeholderGroup

SMALL = 3
"""Counts of one and two people in a table of group by region could name a person; such cells are not shown."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Stakeholder groups by regions. A cell is None where its count is too small to be shown. Totals are whole."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...], int], ...]
    totals: tuple[int, ...]
    total: int


def cross_table(content: Content, small: int = SMALL) -> CrossTable:
    """Group by region, cells below `small` not shown. Complementary ones are hidden too, so that none follows from
    the totals: a row or column with one hidden cell hides its next smallest as well."""
    rows = counted(content)
    found = Counter((row["group"], row["region"]) for row in rows)
    groups, regions = StakeholderGroup.values, Region.values
    hidden = {cell for cell, count in found.items() if 0 < count < small}
    changed = True
    while changed:
        changed = False
        lines = [[(g, r) for r in regions] for g in groups] + [[(g, r) for g in groups] for r in regions]
        for line in lines:
            open_cells = [cell for cell in line if found.get(cell) and cell not in hidden]
            if len([cell for cell in line if cell in hidden]) == 1 and open_cells:
                hidden.add(min(open_cells, key=lambda cell: found[cell]))
                changed = True
    return CrossTable(
        columns=tuple(str(label) for _value, label in Region.choices),
        rows=tuple(
            (
                str(label),
                tuple(None if (group, region) in hidden else found.get((group, region), 0) for region in regions),
                sum(found.get((group, region), 0) for region in regions),
            )
            for group, label in StakeholderGroup.choices
        ),
        totals=tuple(sum(found.get((group, region), 0) for group in groups) for region in regions),
        total=len(rows),
    )
