"""How many documents of each year answer a question, as bars that limit the results to their year. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

LONGEST = 30  # years from the first to the last in which empty years are drawn too
HEIGHT = 40  # units of the picture; a year with any document is MARGIN high at least
MARGIN = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """height, top: in units of a picture that is HEIGHT high."""

    year: str
    count: int
    height: int
    selected: bool

    @property
    def top(self) -> int:
        return HEIGHT - self.height


def bars(counts: Mapping[str, int], selected: Collection[str] = ()) -> list[Bar]:
    """Oldest first; none where the years do not differ. A chosen year has its bar even at zero."""
    years = sorted({year for year, count in counts.items() if count} | set(selected))
    if len(years) < 2:
        return []
    low, high = int(years[0]), int(years[-1])
    if high - low <= LONGEST:
        years = [str(year) for year in range(low, high + 1)]
    most = max([*counts.values(), 1])
    return [
        Bar(year, held, max(MARGIN, round(HEIGHT * held / most)) if held else 0, year in selected)
        for year in years
        for held in (counts.get(year, 0),)
    ]
