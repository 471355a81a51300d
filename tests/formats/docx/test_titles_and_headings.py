"""Word files: what is a title, a heading, a quotation, and in which language."""

from datetime import UTC, datetime

import pytest

from formats.draft import Doubt
from tests.formats.blocks import blocks, doubts, text
from tests.formats.docx.docx_files import (
    CASES,
    STYLES,
    body,
    docx,
    level,
    note,
    numbering,
    opened,
    p,
    t,
)


def test_a_first_heading_is_no_title():
    draft, _ = opened((CASES / "14-typed-title.docx").read_bytes())
    assert draft.document.title == ""
    assert blocks(draft.document)[0] == ("h1", "1 Introduction")  # its style is in a numbered list


@pytest.mark.parametrize(
    "name", ["Heading 2", "heading 2", "Überschrift 2", "标题 2", "Заголовок 2", "عنوان 2", "Címsor 2", "Titlu 2"]
)
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
