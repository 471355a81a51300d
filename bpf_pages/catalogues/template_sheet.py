"""The sheet that people fill in: its columns by name, an example row, and what each column means."""

from bpf_pages.catalogues.columns import COLUMNS
from core.spreadsheets import Table, book_of, to_csv

NAME = "catalogue"


def xlsx() -> bytes:
    """A second sheet explains the columns, so that the first can be sent back as it is."""
    example = [int(column.example) if column.example.isdecimal() else column.example for column in COLUMNS]
    explained = [[column.heading, column.explained, column.example] for column in COLUMNS]
    return book_of(
        Table("Outputs", [column.heading for column in COLUMNS], [example], [column.width for column in COLUMNS]),
        Table("Columns", ["Column", "What it holds", "Example"], explained, [18, 90, 40]),
    )


def csv() -> bytes:
    return to_csv([column.heading for column in COLUMNS], [[column.example for column in COLUMNS]])
