"""Sheets as offices send them come in as a person sees them: what is shown, what formulas came to, what was merged."""

import contextlib
import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis.strategies import integers, text
from openpyxl import Workbook, load_workbook

from core.budgets.budgeted_child import No
from core.budgets.sheet_job import UNCLOSED, rows
from core.spreadsheets import as_csv, cell, plain_cell, to_xlsx


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


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
    '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    "</office:automatic-styles><office:body><office:{body}>{sheets}</office:{body}></office:body>"
    "</office:document-content>"
)


def ods(*sheets: str, body: str = "spreadsheet") -> bytes:
    """As LibreOffice writes it; a cell `c`, a row `r`, a paragraph `p` and the attributes `n`, `v`, `t` for short."""
    out = io.BytesIO()
    text = "".join(sheets)
    for short, name in (("c", "table:table-cell"), ("r", "table:table-row"), ("p", "text:p"), ("x", "table:table")):
        text = re.sub(rf"<(/?){short}(?=[ />])", rf"<\1{name}", text)
    for short, name in (("t", "office:value-type"), ("v", "office:value"), ("n", "table:number-columns-repeated")):
        text = text.replace(f" {short}=", f" {name}=")
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(sheets=text, body=body))
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


def test_sheet_of_libreoffice__has_numbers_days_and_words_as_they_were_typed() -> None:
    sheet = (
        '<x><table:table-header-rows><r><c><p>year</p></c><c n="2"><p>x</p></c></r></table:table-header-rows>'
        '<r><c t="float" v="2099"><p>2,099.00</p></c><c t="percentage" v="0.5"><p>50 %</p></c>'
        '<c t="date" office:date-value="2099-11-20"><p>20/11/99</p></c><c n="16378"/></r>'
        "<r><c><office:annotation><p>a remark</p></office:annotation><p>two<text:s text:c='2'/>blanks</p><p>and a "
        '<text:span>line</text:span></p></c><c t="string" table:formula="of:=CONCATENATE(B1;1)"><p>a1</p></c>'
        '<c table:formula="of:=1+1"/><c t="boolean" office:boolean-value="true"><p>WAHR</p></c></r>'
        '<r table:number-rows-repeated="1048573"><c n="16384"/></r></x>'
    )
    assert read(ods(sheet)) == [
        ["year", "x", "x"], ["2099", "0.5", "2099-11-20"], ["two  blanks\nand a line", "a1", "=1+1", "True"],
    ]  # fmt: skip


def test_sheet_of_libreoffice__has_merged_cells_in_each_row_and_no_hidden_sheet() -> None:
    hidden = '<x table:style-name="ta1"><r><c><p>for us alone</p></c></r></x><x><r><c/></r></x>'
    merged = (
        '<x><r><c table:number-rows-spanned="3"><p>2099</p></c><c><p>one</p></c></r>'
        "<r><table:covered-table-cell/><c><p>two</p></c></r><r><table:covered-table-cell/><c/></r>"
        '<r table:number-rows-repeated="2"><c><p>2098</p></c><c><p>three</p></c></r><r><c/><c><p>four</p></c></r></x>'
    )
    assert read(ods(hidden, merged)) == [["2099", "one"], ["2099", "two"], *[["2098", "three"]] * 2, ["", "four"]]


def test_repeated_rows_of_a_sheet__are_read_as_far_as_rows_are_taken() -> None:
    sheet = '<x><r table:number-rows-repeated="900000"><c><p>again</p></c></r></x>'
    assert read(ods(sheet), most=5) == [["again"]] * 6


WHOLE = ods('<x><r table:number-rows-repeated="2"><c n="2" t="float" v="7"><p>a<text:s text:c="3"/></p></c></r></x>')


@given(integers(0, len(WHOLE) - 1), integers(0, 255))
@example(WHOLE.index(b"content.xml"), 0)
def test_sheet_of_libreoffice_in_which_a_byte_is_another__is_read_or_refused(place: int, other: int) -> None:
    with contextlib.suppress(No):
        read(WHOLE[:place] + bytes([other]) + WHOLE[place + 1 :])


def test_document_of_libreoffice_that_is_no_sheet__is_refused() -> None:
    with pytest.raises(No):
        read(ods("<p>A text.</p>", body="text"))


def test_text_longer_than_a_cell_of_excel_holds__is_cut_there_and_no_earlier() -> None:
    book = load_workbook(io.BytesIO(to_xlsx("Sheet", ["text"], [["x" * 32_767], ["y" * 40_000]])))
    assert [len(row[0]) for row in book.active.iter_rows(min_row=2, values_only=True)] == [32_767, 32_767]
