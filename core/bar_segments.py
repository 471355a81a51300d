"""Parts of a whole as stretches of a bar, for pictures that the server draws. Pure."""

from collections.abc import Iterable, Iterator

WHOLE = 1000
"""Units that a bar is long. Whole numbers only: a picture is written the same in every language."""


def stretches(counts: Iterable[int], whole: int) -> Iterator[tuple[int, int]]:
    """(start, width) of each count, side by side and without gaps, in thousandths of `whole`, which is above 0."""
    before = 0
    for count in counts:
        start, end = round(WHOLE * before / whole), round(WHOLE * (before + count) / whole)
        yield start, end - start
        before += count
