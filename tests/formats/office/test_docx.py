"""Word files: what a person sees in Word is what the draft holds, and everything else is told."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from editions.document.model import Mark, Paragraph, Table
from formats.draft import Doubt, NoteKind, Reason
from tests.formats.blocks import blocks, doubts, left_out, remarks, text
from tests.formats.office.docx_files import (
    CASES,
    NAMES,
    PNG,
    SIGNED,
    STYLES,
    cell,
    deleted,
    docx,
    field,
    inserted,
    item,
    level,
    note,
    numbering,
    opened,
    p,
    picture,
    row,
    t,
    table,
    zipped,
)

DECIMAL = level(0, "decimal", "%1.") + level(1, "decimal", "%2.")
BULLET = level(0, "bullet", "•") + level(1, "bullet", "o")


def body(content: str, **parts: object) -> list[object]:
    draft, _ = opened(docx(content, **parts))  # type: ignore[arg-type]
    return blocks(draft.document)


# The cases that once came out wrong


def test_a_file_in_arabic_comes_in():
    draft, _ = opened((CASES / "01-same-first-24-letters.docx").read_bytes())
    assert draft.document.title == "تقرير المنتدى"
    assert blocks(draft.document)[1] == ("ol", "البند الأول")


def test_a_cell_merged_downwards_shifts_no_row():
    draft, _ = opened((CASES / "03-merged-cell.docx").read_bytes())
    assert blocks(draft.document)[2] == (
        "table", "", ("Region", "Product", "Units"), ("North", "Cable", "12"), ("", "Radio", "7"),
    )  # fmt: skip
    assert doubts(draft, Doubt.MERGED_CELLS) == ["North"]


def test_an_equation_is_text_and_its_source_is_kept():
    draft, _ = opened((CASES / "07-equation.docx").read_bytes())
    assert blocks(draft.document)[1] == "The load is L=2n+1 at most."
    assert doubts(draft, Doubt.EQUATION) == ["L=2n+1"]
    assert draft.equations[0].text == "L=2n+1"
    assert "oMath" in draft.equations[0].source


def test_hidden_words_are_left_out_and_told():
    draft, ledger = opened((CASES / "08-hidden-text.docx").read_bytes())
    assert blocks(draft.document)[1] == "Visible words go on."
    assert left_out(draft, Reason.HIDDEN) == ["WORDS THE AUTHOR HID"]
    assert ledger.left_out == {"hidden": 4}


def test_links_are_mended_where_it_is_plain_what_was_meant():
    draft, ledger = opened((CASES / "09-links.docx").read_bytes())
    found = [one.runs[0].href for one in draft.document.blocks if isinstance(one, Paragraph)]
    assert found == [
        "https://example.org/My%20File%20(final).pdf",
        "https://www.example.org/page",
        "mailto:a@example.org?subject=Hello%20World",
        "https://müller.example/ü?x=ä",
        "https://example.org/a#fn:1",
        "",  # ftp: what the library publishes leads to the web and to mail alone
        "https://example.org/report",
        "https://example.org/%22q%22",
    ]
    assert doubts(draft, Doubt.LINK_LEFT_OUT) == ["ftp://example.org/x"]
    assert (ledger.things["links"].in_file, ledger.things["links"].in_draft, ledger.things["links"].told) == (8, 7, 1)


def test_word_for_the_web_and_word_give_the_same_document():
    web, _ = opened((CASES / "10-word-online.docx").read_bytes())
    word, _ = opened((CASES / "12-list-numbers.docx").read_bytes())
    assert web.document == word.document


def test_tracked_changes_in_a_footnote_are_told():
    draft, _ = opened((CASES / "11-tracked-in-footnote.docx").read_bytes())
    assert [text(note.runs) for note in draft.document.notes] == ["Kept words new words"]
    assert remarks(draft) == [
        ("deletion", "A. Reader", "secret removed words"),
        ("insertion", "A. Reader", "new words"),
    ]
    assert {one.key for one in draft.review_notes} == {draft.document.notes[0].key}


def test_numbers_that_a_list_cannot_draw_stay_in_its_text():
    draft, _ = opened((CASES / "12-list-numbers.docx").read_bytes())
    assert blocks(draft.document) == [
        ("ol", "Alpha item", "Beta item"),
        "A paragraph between the items.",
        ("ul", "3. Gamma item must be number three"),
        "As paragraph 3 above says, see item (b) below.",
        ("ul", "(a) Letter a", "(b) Letter b"),
        "List that starts at five:",
        ("ul", "5. Fifth recommendation", "6. Sixth recommendation"),
    ]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["3.", "(a)", "5."]


def test_a_file_of_libreoffice_names_its_title_notes_remarks_and_changes():
    draft, _ = opened((CASES / "13-title-style.docx").read_bytes())
    assert draft.document.title == "Office draft"
    assert [text(note.runs) for note in draft.document.notes] == ["Foot note words.", "End note words."]
    assert remarks(draft) == [
        ("insertion", "A", "added words"),
        ("deletion", "A", "removed words"),
        ("comment", "A", "PRIVATE REMARK of LibreOffice"),
    ]
    assert blocks(draft.document)[2] == ("ol", ("one", "ul", "a) one a"), "two")


def test_a_first_heading_is_no_title():
    draft, _ = opened((CASES / "14-typed-title.docx").read_bytes())
    assert draft.document.title == ""
    assert blocks(draft.document)[0] == ("h1", "1 Introduction")  # its style is in a numbered list


def test_pictures_come_in_as_they_are_and_others_are_told_by_kind():
    draft, ledger = opened((CASES / "15-images.docx").read_bytes())
    assert [one.name for one in draft.pictures] == ["picture1.jpg", "picture2.jpg", "picture3.png", "picture4.png"]
    assert doubts(draft, Doubt.PICTURE_KIND) == ["BMP: Picture p.bmp", "TIFF: Picture p.tiff", "EMF: Picture p.emf"]
    assert ledger.things["pictures"].in_file == 7


# Structure


@pytest.mark.parametrize("name", ["Heading 2", "heading 2", "Überschrift 2", "标题 2", "Заголовок 2", "عنوان 2"])
def test_a_style_is_known_by_its_name_in_the_writers_language(name):
    styles = STYLES + f'<w:style w:type="paragraph" w:styleId="x7"><w:name w:val="{name}"/></w:style>'
    assert body(p("Scope", "x7"), styles=styles) == [("h2", "Scope")]


def test_a_heading_is_known_by_what_its_style_is_based_on():
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="House"/><w:basedOn w:val="Heading2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Plan"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="D"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="D"/><w:basedOn w:val="C"/></w:style>'
    )
    content = p("One", "A") + p("Two", "B") + p("Loop", "C") + p("Direct", "", '<w:outlineLvl w:val="3"/>')
    assert body(content, styles=styles) == [("h2", "One"), ("h3", "Two"), "Loop", ("h4", "Direct")]


def test_levels_below_the_fifth_are_the_fifth():
    assert body(p("Deep", "Heading8")) == [("h5", "Deep")]


def test_title_and_subtitle_are_the_documents():
    draft, _ = opened(docx(p("A report", "Title") + p("on two lines", "Title") + p("Draft", "Subtitle") + p("Text")))
    assert (draft.document.title, draft.document.subtitle) == ("A report on two lines", "Draft")
    assert blocks(draft.document) == ["Text"]


def test_a_title_further_down_heads_a_part():
    draft, _ = opened(docx(p("Book", "Title") + p("Start", "Heading1") + p("Part two", "Title") + p("Text")))
    assert blocks(draft.document) == [("h1", "Start"), ("h1", "Part two"), "Text"]


def test_a_note_at_the_title_is_kept():
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    draft, _ = opened(docx(p(t("Book") + mark, "Title") + p("Text"), footnotes=note("1", "Funded by us.")))
    assert [text(one.runs) for one in draft.document.notes] == ["Funded by us."]
    assert blocks(draft.document)[0] == f"[{draft.document.notes[0].key}]"


def test_the_properties_name_a_file_that_has_no_title():
    core = "<dc:title>Named in its properties</dc:title><dc:creator>N. Writer</dc:creator>"
    core += "<dcterms:modified>2019-11-02T08:00:00Z</dcterms:modified>"
    draft, _ = opened(docx(p("Named in its properties", "Heading1") + p("Text"), core=core))
    assert draft.document.title == "Named in its properties"
    assert blocks(draft.document) == ["Text"]
    assert (draft.author, draft.written_at) == ("N. Writer", datetime(2019, 11, 2, 8, tzinfo=UTC))


def test_a_title_that_a_program_made_up_is_none():
    draft, ledger = opened(docx(p("Text"), core="<dc:title>Microsoft Word - final_v3.doc</dc:title>"))
    assert draft.document.title == ""
    assert "metadata" in ledger.left_out


def test_quotes_are_quotes_and_no_emphasis():
    draft, _ = opened(docx(p("Said so", "Quote")))
    assert blocks(draft.document) == [("quote", "Said so")]
    assert draft.document.blocks[0].runs[0].marks == frozenset()  # type: ignore[union-attr]


def test_a_bold_numbered_line_is_taken_for_a_heading_and_told():
    draft, _ = opened(docx(p(t("4.2.3 Wider aims", "<w:b/>")) + p(t("4.2.3 It is so.", "<w:b/>"))))
    assert blocks(draft.document) == [("h3", "4.2.3 Wider aims"), "4.2.3 It is so."]
    assert doubts(draft, Doubt.HEADING_GUESSED) == ["4.2.3 Wider aims"]


def test_emphasis_of_runs_is_kept():
    content = (
        t("a", "<w:b/>") + t("b", '<w:i w:val="1"/>') + t("c", '<w:vertAlign w:val="superscript"/>')
        + t("d", "<w:strike/>") + t("e", '<w:rStyle w:val="Strong"/>') + t("f", '<w:b w:val="0"/>')
        + t("g", '<w:rStyle w:val="Strong"/><w:b w:val="false"/>')
    )  # fmt: skip
    draft, _ = opened(docx(p(content)))
    assert [(run.text, set(run.marks)) for run in draft.document.blocks[0].runs] == [  # type: ignore[union-attr]
        ("a", {Mark.STRONG}), ("b", {Mark.EMPHASIS}), ("c", {Mark.SUPERSCRIPT}), ("d", {Mark.DELETED}),
        ("e", {Mark.STRONG}), ("fg", set()),
    ]  # fmt: skip


def test_signs_of_word_are_characters():
    content = (
        "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:tab/><w:t>net</w:t><w:softHyphen/><w:t>work</w:t><w:br/>"
        '<w:t>next</w:t><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    )
    assert body(p(content)) == ["co\u2011op network\nnext ≤α"]


def test_a_large_initial_is_part_of_its_word():
    content = p("O", "", '<w:framePr w:dropCap="drop"/>') + p("nce more.")
    assert body(content) == ["Once more."]


# Lists


def test_lists_in_lists():
    content = item("one") + item("one a", 2, 1) + item("one b", 2, 1) + item("two")
    assert body(content, numbers=numbering(DECIMAL, BULLET)) == [("ol", ("one", "ul", "one a", "one b"), "two")]


def test_a_number_of_two_levels_stays_in_the_text():
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    draft, _ = opened(docx(item("a") + item("b", 1, 1) + item("c") + item("d", 1, 1), numbers=numbering(levels)))
    assert blocks(draft.document) == [("ol", ("a", "ul", "1.1 b"), ("c", "ul", "2.1 d"))]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["1.1", "2.1"]


def test_a_list_that_starts_anew_is_a_list_of_its_own():
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    content = item("a") + item("b") + item("c", 2) + item("d", 2)
    assert body(content, numbers=numbering(DECIMAL, nums=nums)) == [("ol", "a", "b"), ("ol", "c", "d")]


def test_lists_of_one_definition_go_on_counting():
    nums = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    content = item("a") + p("Between.") + item("b", 2)
    assert body(content, numbers=numbering(DECIMAL, nums=nums)) == [("ol", "a"), "Between.", ("ul", "2. b")]


@pytest.mark.parametrize(
    ("form", "start", "drawn"),
    [("lowerRoman", 4, "iv"), ("upperLetter", 27, "AA"), ("decimalZero", 7, "07"), ("ordinal", 3, "3rd"),
     ("russianLower", 2, "б"), ("chineseCounting", 12, "十二"), ("arabicAlpha", 3, "ت")],
)  # fmt: skip
def test_numbers_are_drawn_as_the_list_draws_them(form, start, drawn):
    levels = level(0, form, "%1)", start)
    assert body(item("x"), numbers=numbering(levels)) == [("ul", f"{drawn}) x")]


def test_an_empty_item_takes_a_number_as_in_word():
    assert body(item("a") + item("") + item("c"), numbers=numbering(DECIMAL)) == [("ul", "1. a", "3. c")]


def test_a_list_named_by_another_style_is_found():
    link = '<w:numStyleLink w:val="Listing"/>'
    styles = STYLES + (
        '<w:style w:type="numbering" w:styleId="Listing"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    assert body(item("a"), styles=styles, numbers=numbering(link, DECIMAL)) == [("ol", "a")]


def test_a_numbered_heading_keeps_its_number():
    levels = level(0, "decimal", "%1", 1, '<w:pStyle w:val="Heading1"/>')
    levels += level(1, "decimal", "%1.%2", 1, '<w:pStyle w:val="Heading2"/>')
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{}"/></w:pPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>{number.format(0)}</w:style>'
        f'<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>{number.format(1)}</w:style>'
    )
    content = p("Aims", "Heading1") + p("Wide", "Heading2") + p("Narrow", "Heading2")
    content += (
        p("Free", "Heading1", '<w:numPr><w:numId w:val="0"/></w:numPr>') + p("Means", "Heading1") + p("x", "Heading2")
    )
    assert body(content, styles=styles, numbers=numbering(levels)) == [
        ("h1", "1 Aims"), ("h2", "1.1 Wide"), ("h2", "1.2 Narrow"), ("h1", "Free"), ("h1", "2 Means"), ("h2", "2.1 x"),
    ]  # fmt: skip


def test_a_further_paragraph_of_an_item_stays_in_it():
    styles = STYLES + '<w:style w:type="paragraph" w:styleId="LC"><w:name w:val="List Continue"/></w:style>'
    content = item("a") + p("more of a", "LC") + item("b")
    assert body(content, styles=styles, numbers=numbering(DECIMAL)) == [("ol", "a\nmore of a", "b")]


def test_a_list_whose_level_says_no_text_is_numbered():
    levels = '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="decimal"/></w:lvl>'
    assert body(item("a"), numbers=numbering(levels)) == [("ul", "2. a")]


def test_a_number_of_a_newer_form_has_one_for_all():
    levels = (
        '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1)"/></w:lvl>'
    )
    assert body(item("a"), numbers=numbering(levels)) == [("ul", "I) a")]


def test_a_list_by_style_alone_has_its_levels():
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="LB{n}"><w:name w:val="List Bullet{n}"/><w:pPr><w:numPr><w:numId w:val="{k}"/>'
        "</w:numPr></w:pPr></w:style>"
        for n, k in (("", 1), (" 2", 2))
    )
    content = p("a", "LB") + p("b", "LB 2") + p("c", "LB")
    assert body(content, styles=styles, numbers=numbering(BULLET, BULLET)) == [("ul", ("a", "ul", "b"), "c")]
    assert body(content, styles=styles) == [("ul", ("a", "ul", "b"), "c")]  # the file lacks its lists


def test_an_item_whose_words_are_hidden_or_deleted_takes_no_number():
    hidden = p(t("h", "<w:vanish/>"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    gone = p(deleted("d"), "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert body(item("a") + hidden + gone + item("b"), numbers=numbering(DECIMAL)) == [("ol", "a", "b")]


# Tables and pictures


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


def test_captions_go_to_what_they_name():
    grid = table(row("a", "b", properties="<w:tblHeader/>"), row("1", "2"))
    content = (
        p(picture("i.png", "A map")) + p("Figure 1: Where", "Caption")
        + p(t("Table ") + field(" SEQ Table ", t("1")) + t(": Counts"), "Caption") + grid
        + p("Alone", "Caption")
    )  # fmt: skip
    assert body(content, media={"i.png": PNG}) == [
        ("figure", "A map", "Figure 1: Where"),
        ("table", "Table 1: Counts", ("a", "b"), ("1", "2")),
        "Alone",
    ]


def test_a_caption_between_two_goes_by_what_it_says():
    grid = table(row("a", "b", properties="<w:tblHeader/>"), row("1", "2"))
    drawn, empty = p(picture("i.png", "Map")), ("table", "", ("a", "b"), ("1", "2"))

    def between(caption: str, first: str, second: str) -> list[object]:
        return body(first + p(caption, "Caption") + second, media={"i.png": PNG})

    assert between("Table 1: x", drawn, grid) == [("figure", "Map", ""), ("table", "Table 1: x", *empty[2:])]
    assert between("Figure 1: x", drawn, grid) == [("figure", "Map", "Figure 1: x"), empty]
    assert between("Figure 1: x", grid, drawn) == [empty, ("figure", "Map", "Figure 1: x")]
    assert between("Of the above", grid, drawn) == [("table", "Of the above", *empty[2:]), ("figure", "Map", "")]
    assert between("Of the next", grid, grid) == [empty, ("table", "Of the next", *empty[2:])]


def test_a_picture_in_a_cell_stands_behind_its_table():
    rows = (row("a", "b", properties="<w:tblHeader/>"), row(cell(p(picture("i.png", "Seal"))), "y"))
    assert body(table(*rows), media={"i.png": PNG}) == [("table", "", ("a", "b"), ("", "y")), ("figure", "Seal", "")]


def test_pictures_keep_their_place_in_a_paragraph():
    content = p(picture("i.png", "Before") + t("Words")) + p(t("Words") + picture("i.png", "After"))
    draft, _ = opened(docx(content, media={"i.png": PNG}))
    assert blocks(draft.document) == [("figure", "Before", ""), "Words", "Words", ("figure", "After", "")]
    assert len(draft.pictures) == 1  # the same part twice


def test_a_picture_without_a_description_or_elsewhere_is_told():
    linked = picture("x", "Far").replace("r:embed", "r:link")
    draft, _ = opened(docx(p(picture("i.png")) + p(picture("i.png", "scan01.png")) + p(linked), media={"i.png": PNG},
                           links={"x": "https://example.org/far.png"}))  # fmt: skip
    assert doubts(draft, Doubt.PICTURE_WITHOUT_ALT) == ["picture1.png", "picture1.png"]
    assert doubts(draft, Doubt.PICTURE_NOT_FETCHED) == ["https://example.org/far.png: Far"]
    assert left_out(draft, Reason.PICTURE) == ["Far"]


def test_a_text_box_is_read_once():
    inner = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='3' name='Box' "
        f"descr='A frame'/><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt='A frame'><v:textbox>"
        f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    draft, ledger = opened(docx(p(t("Before") + box) + p("After")))
    assert blocks(draft.document) == ["Before", "In the box", "After"]
    assert "In the box" in left_out(draft, Reason.DOUBLE)
    assert ledger.left_out["double"] == 5


# Notes, fields, links


def test_footnotes_and_endnotes_follow_their_marks_also_in_tables():
    first = t("x") + '<w:r><w:endnoteReference w:id="4"/></w:r>'
    second = cell(p(t("y") + '<w:r><w:footnoteReference w:id="7"/></w:r>'))
    draft, ledger = opened(
        docx(
            p(first) + table(row("a", "b", properties="<w:tblHeader/>"), row(second, "z")),
            footnotes=note("7", "Foot") + note("9", "Led to by nothing") + '<w:footnote w:type="separator" w:id="-1"/>',
            endnotes=note("4", p("End, first") + p("End, second"), "endnote"),
        )
    )
    assert [text(one.runs) for one in draft.document.notes] == ["End, first\nEnd, second", "Foot"]
    assert left_out(draft, Reason.HIDDEN) == ["Led to by nothing"]
    assert ledger.words == 16 - 2


def test_a_mark_of_the_writers_own_is_no_text():
    mark = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>A</w:t></w:r>'
    draft, _ = opened(docx(p(t("Words") + mark + t(" on.")), footnotes=note("1", "So.")))
    assert blocks(draft.document) == [f"Words[{draft.document.notes[0].key}] on."]
    assert left_out(draft, Reason.NOTE_NUMBER) == ["A"]


def test_a_list_of_contents_is_left_out_in_each_of_its_forms():
    in_control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Contents')}{p('Aims 3')}</w:sdtContent></w:sdt>"
    )
    begin, _, end = field(' TOC \\o "1-3" ', "|").partition("|")
    in_field = p(begin + t("Aims ") + field(" PAGEREF _Toc1 ", t("3"))) + p(t("Means 5") + end)
    draft, ledger = opened(docx(in_control + in_field + p("Aims 3", "TOC1") + p("Aims", "Heading1") + p("Text")))
    assert blocks(draft.document) == [("h1", "Aims"), "Text"]
    assert ledger.left_out["contents list"] == 9
    assert ledger.moved == 0


def test_results_of_fields_are_text_and_their_code_is_not():
    content = (
        t("See ") + field(" REF _Ref1 \\h ", t("section 4")) + t(" of ")
        + field(' HYPERLINK "www.example.org" \\o "tip" ', t("the site")) + t(" and ")
        + field(' HYPERLINK \\l "_Toc9" ', t("above")) + f'<w:fldSimple w:instr=" DATE ">{t(" today")}</w:fldSimple>'
    )  # fmt: skip
    draft, _ = opened(docx(p(content)))
    assert blocks(draft.document) == ["See section 4 of the site and above today"]
    assert [(run.text, run.href) for run in draft.document.blocks[0].runs if run.href] == [  # type: ignore[union-attr]
        ("the site", "https://www.example.org")
    ]
    assert left_out(draft, Reason.FIELD_CODE)[0].startswith("REF _Ref1 \\h")


@pytest.mark.parametrize(
    "target", ["file:///C:/Users/me/draft.docx", "C:\\drafts\\a.docx", "\\\\server\\share\\a", "http://intranet/x",
               "http://192.168.1.4/a", "../other.docx", "https://example.org/admin/pages/4/", "javascript:alert(1)"]
)  # fmt: skip
def test_a_link_into_its_writers_own_network_is_left_out_and_told(target):
    draft, ledger = opened(docx(p(f'<w:hyperlink r:id="x">{t("there")}</w:hyperlink>'), links={"x": target}))
    assert draft.document.blocks[0].runs[0].href == ""  # type: ignore[union-attr]
    assert doubts(draft, Doubt.LINK_LEFT_OUT) == [target]
    assert ledger.things["links"].told == 1


def test_content_controls_and_wrappers_are_seen_through():
    content = p(
        f"<w:smartTag>{t('Geneva')}</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>{t(' in May')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{t('Click here')}</w:sdtContent></w:sdt>"
    )
    draft, _ = opened(docx(f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"))
    assert blocks(draft.document) == ["Geneva in May"]
    assert left_out(draft, Reason.HIDDEN) == ["Click here"]


def test_fractions_powers_roots_and_sums_can_be_read_out():
    def run(letters: str) -> str:
        return f"<m:r><m:t>{letters}</m:t></m:r>"

    fraction = f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{run('n')}</m:e></m:rad>"
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i=1")}</m:sub><m:sup>{run("n")}</m:sup>'
        f"<m:e>{run('i')}</m:e></m:nary>"
    )
    content = (
        f"<m:oMathPara><m:oMath>{fraction}{run('=')}{power}{run('+')}{root}{run('−')}{total}</m:oMath></m:oMathPara>"
    )
    assert body(p(content)) == ["(a+b)/2=x^2+√(n)−∑_(i=1)^n i"]


def test_an_equation_of_a_form_of_its_own_loses_no_letter():
    total = "<m:nary><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:nary>"
    assert body(p(f"<m:oMath>{total}</m:oMath>")) == ["a b"]


def test_letters_in_a_symbol_font_are_letters():
    assert body(
        p(t("\uf061\uf0a3", '<w:rFonts w:ascii="Symbol"/>') + t("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>'))
    ) == ["α≤✓"]


def test_a_drawing_that_only_its_other_form_shows_is_taken_from_it():
    ink = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='aink'><w:drawing><wp:inline><a:graphic/></wp:inline></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:shape alt='Signed'><v:imagedata r:id='i.png'/></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert body(p(ink), media={"i.png": PNG}) == [("figure", "Signed", "")]


# Reviewers


def test_changes_are_taken_told_and_signed():
    content = p(t("The ") + inserted("new ") + deleted("old ") + t("text"))
    draft, ledger = opened(docx(content))
    assert blocks(draft.document) == ["The new text"]
    assert remarks(draft) == [("insertion", "M. Okoro", "new"), ("deletion", "M. Okoro", "old")]
    assert draft.review_notes[0].at == datetime(2026, 2, 3, 10, tzinfo=UTC)
    assert ledger.left_out == {"deletion": 1}


def test_what_was_moved_stands_where_it_was_moved_to():
    gone = p(f'<w:moveFrom w:id="4" {SIGNED}>{t("Moved words.")}</w:moveFrom>')
    here = p(f'<w:moveTo w:id="5" {SIGNED}>{t("Moved words.")}</w:moveTo>')
    draft, _ = opened(docx(gone + p("Middle.") + here))
    assert blocks(draft.document) == ["Middle.", "Moved words."]
    assert [one.kind for one in draft.review_notes] == [NoteKind.DELETION, NoteKind.INSERTION]


def test_a_deleted_end_of_paragraph_joins_two():
    mark = f'<w:rPr><w:del w:id="6" {SIGNED}/></w:rPr>'
    assert body(p("One ", "", mark) + p("two.", "Heading1")) == [("h1", "One two.")]
    assert body(p(deleted("All gone"), "", mark) + p("Stays.")) == ["Stays."]
    assert body(p("Last", "", mark)) == ["Last"]


def test_a_deleted_row_is_left_out():
    gone = row("old", "words", properties=f'<w:del w:id="7" {SIGNED}/>')
    fresh = row("new", "words", properties=f'<w:ins w:id="8" {SIGNED}/>')
    draft, _ = opened(docx(table(row("a", "b", properties="<w:tblHeader/>"), gone, fresh)))
    assert blocks(draft.document) == [("table", "", ("a", "b"), ("new", "words"))]
    assert [one.kind for one in draft.review_notes] == [NoteKind.DELETION] * 2 + [NoteKind.INSERTION] * 2


def test_a_note_whose_mark_was_deleted_is_deleted():
    mark = f'<w:del w:id="1" {SIGNED}><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'
    draft, _ = opened(docx(p(t("Text") + mark), footnotes=note("1", "Gone too")))
    assert draft.document.notes == ()
    assert left_out(draft, Reason.DELETION) == ["Gone too"]


def test_a_comment_belongs_to_its_paragraph():
    comments = f'<w:comment w:id="0" {SIGNED}>{p("Is this")}{p("so?")}</w:comment>'
    content = p("First.") + p(
        '<w:commentRangeStart w:id="0"/>' + t("Second.") + '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    draft, _ = opened(docx(content, comments=comments))
    assert remarks(draft) == [("comment", "M. Okoro", "Is this\nso?")]
    assert draft.review_notes[0].key == draft.document.blocks[1].key
    assert left_out(draft, Reason.COMMENT) == ["Is this\nso?"]


def test_a_comment_on_several_paragraphs_belongs_to_the_first():
    comments = f'<w:comment w:id="0" {SIGNED}>{p("Both?")}</w:comment>'
    end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    content = p("Zero.") + '<w:commentRangeStart w:id="0"/>' + p("One.") + p(t("Two.") + end)
    draft, _ = opened(docx(content, comments=comments))
    assert draft.review_notes[0].key == draft.document.blocks[1].key


def test_text_is_hidden_by_its_style_too():
    content = p("Not seen", "Unseen") + p(t("Seen ") + t("nor this", '<w:rStyle w:val="Secret"/>'))
    content += p(t("but this", '<w:vanish w:val="0"/>'), "Unseen")
    draft, _ = opened(docx(content))
    assert blocks(draft.document) == ["Seen", "but this"]
    assert left_out(draft, Reason.HIDDEN) == ["Not seen", "nor this"]


def test_running_heads_are_left_out_with_the_letters_behind_the_page():
    watermark = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    draft, _ = opened(docx(p("Text"), header=p(t("Forum 2026") + watermark)))
    assert blocks(draft.document) == ["Text"]
    assert sorted(left_out(draft, Reason.RUNNING_HEAD)) == ["DRAFT", "Forum 2026"]


# Makers


def test_strict_files_are_read_as_others():
    content = (
        p("Head", "Heading1") + p(t("Words ") + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>") + p(picture("i.png", "A"))
    )
    usual, _ = opened(docx(content, media={"i.png": PNG}))
    strict, _ = opened(docx(content, media={"i.png": PNG}, strict=True))
    assert usual.document == strict.document
    assert blocks(strict.document) == [("h1", "Head"), "Words x", ("figure", "A", "")]


def test_every_maker_gives_the_same_document():
    """The same report as Word, Word for the web, LibreOffice, WPS and Google Docs write it."""
    shared = item("one") + item("two")
    numbers = numbering(BULLET)

    def styled(heading: str, title: str, names: str) -> str:
        return p("A report", title) + p("Aims", heading) + p(t("Some ") + names + t(" words.")) + shared

    word = docx(styled("Heading1", "Title", t("bold", "<w:b/>")), numbers=numbers)
    web = docx(styled("Heading1", "Title", t("bold", "<w:b/><w:bCs/>")), numbers=numbers, main="word/document2.xml")
    office = docx(
        styled("Berschrift1", "Titel", t("bold", '<w:rStyle w:val="StrongEmphasis"/>')), numbers=numbers,
        styles='<w:style w:type="paragraph" w:styleId="Berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="character" w:styleId="StrongEmphasis"><w:name w:val="Strong Emphasis"/><w:rPr><w:b/></w:rPr></w:style>',
    )  # fmt: skip
    wps = docx(
        styled("2", "8", t("bold", "<w:b/>")), numbers=numbers,
        styles='<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="8"><w:name w:val="标题"/></w:style>',
    )  # fmt: skip
    google = docx(styled("Heading1", "Title", t("bold", '<w:b w:val="1"/><w:rtl w:val="0"/>')), numbers=numbers)
    found = [opened(one)[0].document for one in (word, web, office, wps, google)]
    assert all(one == found[0] for one in found)
    assert blocks(found[0]) == [("h1", "Aims"), "Some bold words.", ("ul", "one", "two")]


def test_languages_are_named_where_they_differ_and_believed_where_letters_allow():
    content = p(
        t("The forum said ", '<w:lang w:val="en-GB"/>') + t("le mot juste", '<w:lang w:val="fr-FR"/>')
        + t(" and ", '<w:lang w:val="en-US"/>') + t("كلمة", '<w:rtl/><w:lang w:bidi="ar-EG"/>')
        + t(" then 论坛", '<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>')
    ) + p(t("более", '<w:lang w:val="en-GB"/>'))  # fmt: skip
    draft, _ = opened(docx(content))
    assert draft.document.language == draft.language == "en-GB"
    found = [(run.text, run.language) for block in draft.document.blocks for run in block.runs]  # type: ignore[union-attr]
    assert found == [
        ("The forum said ", ""), ("le mot juste", "fr-FR"), (" and ", ""), ("كلمة", "ar-EG"), (" then 论坛", ""),
        ("более", ""),
    ]  # fmt: skip


def test_parts_in_another_case_and_with_backslashes_are_found():
    content = zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels\\.rels": '<Relationships xmlns="x"><Relationship Id="a" Type="o/officeDocument" Target="/Word/Document.xml"/>'
        "</Relationships>",
        "word\\document.xml": f"<w:document {NAMES}><w:body>{p('Here')}</w:body></w:document>",
    })  # fmt: skip
    assert blocks(opened(content)[0].document) == ["Here"]


# The same elsewhere


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


def test_hidden_words_in_headings_items_cells_and_notes():
    def gone() -> str:
        return t("unseen", "<w:vanish/>")

    draft, ledger = opened(
        docx(
            p(t("Aims ") + gone(), "Heading1") + p(gone(), "Heading1") + item("a") + p(gone(), "", "<w:numPr/>")
            + table(row("a", "b", properties="<w:tblHeader/>"), row(cell(p(gone())), "c"))
            + p(t("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
            footnotes=note("1", p(t("note ") + gone())), numbers=numbering(DECIMAL),
        )
    )  # fmt: skip
    assert "unseen" not in repr(draft.document)
    assert ledger.left_out == {"hidden": 5}


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


def test_another_file_in_the_place_of_text_is_told():
    content = docx(p("Before") + '<w:altChunk r:id="c"/>', media={"c": b"<html><p>Words of a <b>page</b></p></html>"})
    draft, ledger = opened(_as_chunk(content))
    assert blocks(draft.document) == ["Before"]
    assert ledger.left_out == {"embedded file": 4}
    assert doubts(draft, Doubt.PICTURE_KIND) == ["embedded file: word/media/c"]


def _as_chunk(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"/image", b"/aFChunk")
    return zipped(dict(parts))


def test_a_mark_whose_note_the_file_lacks_is_none():
    draft, _ = opened(docx(p(t("Text") + '<w:r><w:footnoteReference w:id="9"/></w:r>'), footnotes=note("1", "Alone")))
    assert (blocks(draft.document), draft.document.notes) == (["Text"], ())
    assert left_out(draft, Reason.HIDDEN) == ["Alone"]


def test_symbol_font_that_only_a_style_names__shows_its_signs():
    styles = STYLES + (
        '<w:style w:type="character" w:styleId="Sign"><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Sign"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Greek"><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:style>'
    )
    own = t("b", '<w:rFonts w:ascii="Arial"/>')
    body = p(t("Done ") + t("\u00fc", '<w:rStyle w:val="Mine"/>')) + p(t("a") + own, "Greek")
    draft, _ = opened(docx(body, styles=styles))
    assert blocks(draft.document) == ["Done ✓", "αb"]


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        (p("Report", "Mine") + p("Words."), "Report", ["Words."]),
        (p("Report", "Title") + p("May 2099", "Mine"), "Report", ["May 2099"]),
        (p("Words.") + p("Report", "Mine"), "", ["Words.", "Report"]),
    ],
)
def test_style_made_of_that_of_titles__is_the_title_where_it_begins_a_text_without_one(body, title, rest):
    styles = (
        STYLES
        + '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Cover"/><w:basedOn w:val="Title"/></w:style>'
    )
    draft, _ = opened(docx(body, styles=styles))
    assert (draft.document.title, blocks(draft.document)) == (title, rest)
