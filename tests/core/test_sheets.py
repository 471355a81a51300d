"""Sheets as offices send them come in as a person sees them: what is shown, what formulas came to, what was merged."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis.strategies import text
from openpyxl import Workbook

from core.budgets.budgeted_child import No
from core.budgets.sheet_job import UNCLOSED, rows
from core.spreadsheets import as_csv, cell, plain_cell


def xlsx(fill: Callable[[Workbook, Any], None], change: Callable[[str], str] = str) -> bytes:
    """change: of the XML of the first sheet."""
    book, made, out = Workbook(), io.BytesIO(), io.BytesIO()
    fill(book, book.active)
    book.save(made)
    with ZipFile(made) as archive, ZipFile(out, "w", ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            text = archive.read(name).decode()
            changed.writestr(name, change(text) if name.endswith("/sheet1.xml") else text)
    return out.getvalue()


def read(content: bytes, most: int = 50) -> list[list[str]]:
    """Without the empty cells at the end of rows."""
    found, _nothing = rows(content, most=most)
    return [row[: max((place for place, cell in enumerate(row, 1) if cell), default=0)] for row in found]


def test_formulas__are_what_their_program_kept_of_them_else_as_they_were_written() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.append(["year", "title", "typed"])
        sheet.append(["=2098+1", '=CONCATENATE("a","b")', "x"])
        sheet["C2"].value, sheet["C2"].data_type = "=1+1", "s"

    content = xlsx(fill, lambda text: re.sub(r"(2098\+1</f>)<v ?/>|(2098\+1</f>)<v></v>", r"\1\2<v>2099</v>", text))
    assert read(content)[1] == ["2099", '=CONCATENATE("a","b")', "=1+1"]


def test_cells_merged_downwards__stand_in_each_row_that_says_something_else() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        for row in (
            ["year", "forum", "title"],
            [2099, "Tides", "one"],
            ["", "", "two"],
            ["", "", ""],
            [2098, "", "three"],
        ):
            sheet.append([cell or None for cell in row])
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B2:B4")

    assert read(xlsx(fill))[1:] == [["2099", "Tides", "one"], ["2099", "Tides", "two"], ["2098", "", "three"]]


def test_hidden_and_empty_sheets__are_passed_by() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.append(["for us alone"])
        sheet.sheet_state = "hidden"
        book.create_sheet("Empty")
        book.create_sheet("Outputs").append(["year", "forum"])
        book.active = 1

    assert read(xlsx(fill)) == [["year", "forum"]]


def test_days_and_hidden_rows_and_columns__are_read() -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet.append(["year", "date", "title"])
        sheet.append([2099, date(2099, 11, 20), "hidden by a filter"])
        sheet.row_dimensions[2].hidden = sheet.column_dimensions["B"].hidden = True

    assert read(xlsx(fill))[1] == ["2099", "2099-11-20", "hidden by a filter"]


@pytest.mark.parametrize("place", [60, 1_000_000])
def test_row_far_below_the_others__is_not_lost(place: int) -> None:
    def fill(book: Workbook, sheet: Any) -> None:
        sheet["A1"], sheet[f"A{place}"] = "year", 2099

    assert read(xlsx(fill)) == [["year"], ["2099"]]


def test_empty_rows_that_were_coloured__cost_nothing() -> None:
    coloured = "".join(f'<row r="{number}" s="1"/>' for number in range(2, 200_000))
    content = xlsx(lambda book, sheet: sheet.append(["year"]), lambda text: text.replace("</row>", f"</row>{coloured}"))
    assert read(content) == [["year"]]


@pytest.mark.parametrize("charset", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_text__in_any_charset_and_with_any_delimiter__is_the_same_table(charset: str, delimiter: str) -> None:
    typed = [["year", "", "titre"], ["2099", "", '"Résultat; un, "'], ["2099", "", '"deux\nlignes ""dites"""']]
    content = "\r\n".join(delimiter.join(row) for row in typed).encode(charset)
    assert read(content) == [
        ["year", "", "titre"],
        ["2099", "", "Résultat; un, "],
        ["2099", "", 'deux\nlignes "dites"'],
    ]


def test_blanks_before_quotation_marks__keep_the_cell_whole() -> None:
    assert read(b'year, title\n2099, "one, two"\n') == [["year", "title"], ["2099", "one, two"]]


def test_cell_of_many_letters__is_read() -> None:
    assert read(b"year,title\n2099," + b"x" * 200_000)[1] == ["2099", "x" * 200_000]


def test_quotation_mark_that_nothing_closes__is_named_with_its_row() -> None:
    with pytest.raises(No) as refused:
        read(b'year,title\n2099,a\n2099,"b\n2099,c\n2099,d\n')
    assert (refused.value.reason, refused.value.detail) == (UNCLOSED, "3")


CALLS = ["=HYPERLINK(A1)", "@SUM(1)", "-2+3+cmd|' /C calc'!A0", "+A1(", "＝1+1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("sign", [";", "\t", "\n", "\r\n", "; ;", 'a, b";'])
@pytest.mark.parametrize("call", CALLS)
def test_words_that_another_program_takes_for_a_cell_of_their_own__run_as_no_formula(delimiter, sign, call) -> None:
    """Where a comma is a decimal sign, a program ends cells at semicolons, and quotation marks behind a comma end
    nothing: the rest of a comment begins a cell."""
    words = f"Some words, quoted{sign}{call}"
    written = as_csv(["who", "what"], [["Ann", words], [f"first{sign}{call}", "last"]]).removeprefix("\ufeff")
    cells = [each for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter) for each in row]
    assert not [each for each in cells if each.startswith(tuple("=@+-＝"))]
    kept = [row[1] for row in csv.reader(io.StringIO(written, newline=""))]
    assert plain_cell(kept[1]) == words


@given(text(alphabet=list("=+-@;\t\n'\"a (|!,")))
def test_text__written_to_a_cell_and_read_again__is_the_same(words: str) -> None:
    assert plain_cell(cell(words)) == words or words.startswith("'")


def test_items_of_a_list__stand_in_a_cell_as_they_were_written() -> None:
    assert cell("Two wishes:\n- light\n- cables; and time") == "Two wishes:\n- light\n- cables; and time"
