"""Word files: notes at their marks, results of fields, lists of contents, and where links may lead."""

import pytest

from editions.document.model import Paragraph
from formats.draft import Doubt, Reason
from tests.formats.blocks import blocks, doubts, left_out, text
from tests.formats.docx.docx_files import (
    CASES,
    cell,
    docx,
    field,
    note,
    opened,
    p,
    row,
    t,
    table,
)


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


def test_running_heads_are_left_out_with_the_letters_behind_the_page():
    watermark = '<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'
    draft, _ = opened(docx(p("Text"), header=p(t("Forum 2026") + watermark)))
    assert blocks(draft.document) == ["Text"]
    assert sorted(left_out(draft, Reason.RUNNING_HEAD)) == ["DRAFT", "Forum 2026"]


def test_a_mark_whose_note_the_file_lacks_is_none():
    draft, _ = opened(docx(p(t("Text") + '<w:r><w:footnoteReference w:id="9"/></w:r>'), footnotes=note("1", "Alone")))
    assert (blocks(draft.document), draft.document.notes) == (["Text"], ())
    assert left_out(draft, Reason.HIDDEN) == ["Alone"]


def test_a_field_without_a_result__as_entries_of_an_index_are__is_no_text_and_what_follows_is():
    mark = '<w:r><w:fldChar w:fldCharType="%s"/></w:r>'
    entry = mark % "begin" + '<w:r><w:instrText> XE "Lamp" </w:instrText></w:r>' + mark % "end"
    draft, _ = opened(docx(p(f"<w:r><w:t>Lamps</w:t></w:r>{entry}<w:r><w:t> help.</w:t></w:r>")))
    assert [text(one.runs) for one in draft.document.blocks] == ["Lamps help."]
