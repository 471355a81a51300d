"""Word files: cells stand under their heads, merged, nested or wide."""

from editions.document.model import Table
from formats.draft import Doubt, Thing
from tests.formats.blocks import blocks, doubts, text
from tests.formats.docx.docx_files import (
    BULLET,
    CASES,
    DECIMAL,
    PNG,
    STYLES,
    body,
    cell,
    deleted,
    docx,
    item,
    note,
    numbering,
    opened,
    p,
    picture,
    row,
    t,
    table,
)


def test_a_cell_merged_downwards_shifts_no_row():
    draft, _ = opened((CASES / "03-merged-cell.docx").read_bytes())
    assert blocks(draft.document)[2] == (
        "table", "", ("Region", "Product", "Units"), ("North", "Cable", "12"), ("", "Radio", "7"),
    )  # fmt: skip
    assert doubts(draft, Doubt.MERGED_CELLS) == ["North"]


def test_a_table_without_heads_takes_its_first_row_and_says_so():
    draft, _ = opened(docx(table(row("Name", "Role"), row("Ann", "Chair"))))
    assert doubts(draft, Doubt.HEADINGS_FROM_FIRST_ROW) == ["Name | Role"]


def test_a_table_that_declares_no_heads_has_none():
    draft, _ = opened(docx(table(row("1", "2"), row("3", "4"), look='<w:tblLook w:firstRow="0"/>')))
    assert isinstance(found := draft.document.blocks[0], Table)
    assert found.header_rows == 0


def test_row_heads_are_known_by_the_style_of_the_table():
    styles = STYLES + (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr>'
        '</w:tblStylePr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    look = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="04A0"/>'
    draft, _ = opened(docx(table(row("", "2024"), row("North", "4"), look=look), styles=styles))
    assert isinstance(found := draft.document.blocks[0], Table)
    assert (found.header_rows, found.header_column) == (1, True)
    assert not draft.findings


def test_wide_and_skipped_cells_keep_the_columns():
    wide = cell("Both", '<w:gridSpan w:val="2"/>')
    late = row("z", properties='<w:gridBefore w:val="2"/>')
    head = row("a", "b", "c", properties="<w:tblHeader/>")
    assert body(table(head, row(wide, "x"), late)) == [("table", "", ("a", "b", "c"), ("Both", "", "x"), ("", "", "z"))]


def test_rows_and_cells_in_content_controls_are_rows_and_cells():
    inner = f"<w:sdt><w:sdtContent>{cell('x')}</w:sdtContent></w:sdt>"
    rows = f"<w:sdt><w:sdtContent><w:tr>{inner}{cell('y')}</w:tr></w:sdtContent></w:sdt>"
    assert body(table(row("a", "b", properties="<w:tblHeader/>"), rows)) == [("table", "", ("a", "b"), ("x", "y"))]


def test_a_table_in_a_table_becomes_text_of_its_cell_and_is_told():
    inner = table(row("i", "j"), row("k", "l")) + p()
    draft, _ = opened(docx(table(row("a", "b", properties="<w:tblHeader/>"), row(cell(inner), "y"))))
    assert blocks(draft.document) == [("table", "", ("a", "b"), ("i | j\nk | l", "y"))]
    assert doubts(draft, Doubt.NESTED_TABLE) == ["i | j"]


def test_a_box_of_one_cell_is_its_text():
    assert body(table(row(cell(p("Key points", "Heading2") + item("a"))))
                , numbers=numbering(BULLET)) == [("h2", "Key points"), ("ul", "a")]  # fmt: skip


def test_lists_in_cells_keep_their_numbers():
    rows = (row("a", "b", properties="<w:tblHeader/>"), row(cell(item("x") + item("y")), "z"))
    assert body(table(*rows), numbers=numbering(DECIMAL)) == [("table", "", ("a", "b"), ("1. x\n2. y", "z"))]


def test_equations_changes_and_pictures_in_cells_notes_and_headings():
    maths = "<m:oMath><m:r><m:t>n+1</m:t></m:r></m:oMath>"
    draft, ledger = opened(
        docx(
            p(t("Load ") + maths, "Heading1")
            + table(
                row("a", "b", properties="<w:tblHeader/>"),
                row(cell(p(t("is ") + maths + deleted("gone") + picture("i.png", "Seal"))), "c"),
            )
            + p(t("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
            footnotes=note("1", p(t("see ") + maths)),
            media={"i.png": PNG},
        )
    )
    heading, grid, figure, line = draft.document.blocks
    assert blocks(draft.document)[:2] == [("h1", "Load n+1"), ("table", "", ("a", "b"), ("is n+1", "c"))]
    assert isinstance(grid, Table)
    assert [text(one.runs) for one in draft.document.notes] == ["see n+1"]
    assert [one.key for one in draft.equations] == [heading.key, grid.rows[1].key, draft.document.notes[0].key]
    assert {one.key for one in draft.review_notes} == {grid.rows[1].key}
    assert blocks(draft.document)[2:] == [("figure", "Seal", ""), f"x[{draft.document.notes[0].key}]"]
    assert figure.key != line.key
    assert ledger.left_out == {"deletion": 1}


def test_cells_merged_the_old_way_keep_the_columns():
    first, second = cell("Both", '<w:hMerge w:val="restart"/>'), cell("<w:p/>", "<w:hMerge/>")
    assert body(table(row("a", "b", properties="<w:tblHeader/>"), row(first, second))) == [
        ("table", "", ("a", "b"), ("Both", ""))
    ]


def test_words_in_a_cell_that_goes_on_are_not_lost():
    rows = (
        row("a", properties="<w:tblHeader/>"),
        row(cell("x", '<w:vMerge w:val="restart"/>')),
        row(cell("y", "<w:vMerge/>")),
    )
    assert body(table(*rows)) == [("table", "", ("a",), ("x",), ("y",))]


def boxed(content: str) -> str:
    """A text box in the two forms in which Word writes it."""
    drawn = f"<w:drawing><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>"
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>'


def test_cells_that_are_told_of__are_not_called_lost():
    """A table in a cell became its text; a deleted cell and the second form of a box are left out."""
    inner = table(row(cell(p(t("inner a"))), cell(p(t("inner b")))))
    gone = cell(p(t("gone")), '<w:cellDel w:id="5" w:author="A. Reader"/>')
    _draft, ledger = opened(
        docx(
            table(
                row(cell(p(t("Region"))), cell(p(t("Count")))),
                row(cell(p(t("North")) + inner + p()), cell(p(t("7")))),
                row(cell(p(t("South"))), gone),
            )
            + p(boxed(table(row(cell(p(t("one"))), cell(p(t("two")))))))
        )
    )
    cells = ledger.things[Thing.CELL]
    assert (cells.in_file, cells.in_draft, cells.told) == (12, 7, 5)
