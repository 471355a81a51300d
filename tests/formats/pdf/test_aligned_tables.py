"""Tables without rules, by words that lie in given places; whole files with such tables are in test_structure."""

from formats.pdf.page.model import Style, Word
from formats.pdf.untagged.aligned_tables import aligned_tables
from formats.pdf.untagged.lines import Line

ROWS = [("البلد", "العام", "التعليقات"), ("مصر", "٢٠٩٩", "ثلاثة"), ("لبنان", "٢٠٩٨", "خمسة وعشرون")]
RIGHT_EDGES = (500.0, 380.0, 260.0)


def part(text: str, right: float, y: float) -> Line:
    """Words on one baseline whose first ends at `right`, six points a letter wide, on a page read from the right."""
    words, x1 = [], right
    for word in text.split():
        x0 = x1 - 6.0 * len(word)
        words.append(Word(word, x0, y, x1, y + 11, Style(11.0)))
        x1 = x0 - 3.0
    return Line(words, page=0, turned=True).measure()


def test_table_read_from_the_right__has_its_columns_where_cells_begin_at_the_right() -> None:
    lines = [part(text, right, 700.0 - 14 * row) for row, cells in enumerate(ROWS)
             for text, right in zip(cells, RIGHT_EDGES, strict=True)]  # fmt: skip
    ((grid, taken),) = aligned_tables(lines)
    seen = {place: " ".join(word.text for word in words) for place, words in grid.cells.items()}
    assert len(taken) == len(lines)
    assert [[seen[row, column] for column in range(3)] for row in range(3)] == [list(reversed(row)) for row in ROWS]
