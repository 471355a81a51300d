"""Word files: items stand as Word draws them, with the numbers a list counts."""

import pytest

from formats.draft import Doubt, Thing
from tests.formats.blocks import blocks, doubts
from tests.formats.docx.docx_files import (
    BULLET,
    CASES,
    DECIMAL,
    STYLES,
    body,
    cell,
    deleted,
    docx,
    item,
    level,
    numbering,
    opened,
    p,
    row,
    t,
    table,
)


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


def test_a_further_paragraph_of_an_item_stays_in_it():
    styles = STYLES + '<w:style w:type="paragraph" w:styleId="LC"><w:name w:val="List Continue"/></w:style>'
    content = item("a") + p("more of a", "LC") + item("b")
    assert body(content, styles=styles, numbers=numbering(DECIMAL)) == [("ol", "a\nmore of a", "b")]


def test_numbers_below_bullets_begin_anew_at_each_bullet():
    content = item("a") + item("a1", level=1) + item("a2", level=1) + item("b") + item("b1", level=1)
    levels = level(0, "bullet", "•") + level(1, "decimal", "%2.")
    assert body(content, numbers=numbering(levels)) == [("ul", ("a", "ol", "a1", "a2"), ("b", "ol", "b1"))]


def test_a_further_paragraph_in_a_list_without_signs__is_counted_as_no_item():
    """pandoc puts further paragraphs of an item, and cells of tables, in a list whose bullet is a blank."""
    content = item("a") + item("more of a", 2) + item("b") + table(row(cell(item("in it", 2)), cell(item("c"))))
    _, ledger = opened(docx(content, numbers=numbering(DECIMAL, level(0, "bullet", " "))))
    items = ledger.things[str(Thing.LIST_ITEM)]
    assert (items.in_file, items.in_draft) == (2, 2)


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
