"""Pages that programs saved: Word, Google Docs, LibreOffice, Wikipedia."""

from datetime import UTC, datetime

import pytest

from editions.document.model import Heading, ListBlock, Mark, Paragraph, Table, text_of_runs
from formats.draft import Doubt, NoteKind, Reason
from tests.formats.html.pages import CASES, DIALECTS, blocks, read
from tests.formats.said import cells, doubts, items, left, said


# Whole files
@pytest.mark.parametrize("maker", ["google", "libreoffice", "word"])
def test_the_same_document__of_three_makers__is_the_same(maker):
    draft = read((DIALECTS / f"{maker}.html").read_bytes())
    model = read((DIALECTS / "google.html").read_bytes()).document
    assert draft.document.title == "Shared routes"
    assert (draft.document.blocks, draft.document.notes) == (model.blocks, model.notes)
    assert [(note.kind, note.text, note.key) for note in draft.review_notes] == [
        (NoteKind.COMMENT, "Is this so?", "b2")
    ]


def test_the_same_document__holds_what_its_author_sees():
    document = read((DIALECTS / "google.html").read_bytes()).document
    assert [type(block) for block in document.blocks] == [
        Heading,
        Paragraph,
        ListBlock,
        Heading,
        ListBlock,
        Table,
        Paragraph,
    ]
    assert [block.level for block in document.blocks if isinstance(block, Heading)] == [1, 2]
    marked = {run.text: run.marks for run in document.blocks[1].runs if run.marks}
    assert marked == {"strong words": {Mark.STRONG}, "slanted words": {Mark.EMPHASIS}}
    assert [run.href for run in document.blocks[1].runs if run.href] == ["https://example.org/paper?a=1"]
    assert items(document.blocks[2].items) == [("outer one", ["inner of outer one"]), "outer two"]
    assert items(document.blocks[4].items) == ["first", "second"]
    assert document.blocks[4].ordered
    assert cells(document.blocks[5]) == [["Name", "Count"], ["Radio", "7"]]
    assert [text_of_runs(note.runs) for note in document.notes] == ["The text of the note."]


def test_remark_of_word__has_its_author_and_time():
    note = read((DIALECTS / "word.html").read_bytes()).review_notes[0]
    assert (note.author, note.at) == ("Ann Writer", datetime(2025, 1, 2, 9, 30, tzinfo=UTC))


def test_case_02_google__remark_is_left_out_note_is_kept():
    draft = read((CASES / "02-review-comments-google-docs.html").read_bytes())
    assert draft.document.title == "Shared draft"
    assert "PRIVATE" not in str(draft.document)
    assert left(draft, Reason.COMMENT) == ["[a]", "[a]PRIVATE REMARK of a colleague"]
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["The text of the note."]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["2."]


def test_case_04_libreoffice__notes_lists_and_numbers():
    draft = read((CASES / "04-footnotes-libreoffice.html").read_bytes())
    assert draft.document.title == "Office draft"
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["Foot note words.", "End note words."]
    first = next(block for block in draft.document.blocks if isinstance(block, ListBlock))
    assert items(first.items) == [("one", ["a. one a"]), "two"]
    lists = [block for block in draft.document.blocks if isinstance(block, ListBlock)]
    assert [(block.ordered, items(block.items)) for block in lists[1:]] == [(False, ["3. three"])]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["a.", "3."]
    assert doubts(draft, Doubt.DELETIONS_UNMARKED) == ["LibreOffice 7.4.7.2 (Linux)"]  # the file itself marks none
    assert [note.text for note in draft.review_notes] == ["PRIVATE REMARK of LibreOffice"]


def test_case_06__declared_charset_is_used():
    draft = read((CASES / "06-charset-cyrillic.html").read_bytes())
    assert [said(block) for block in draft.document.blocks] == ["Доклад", "Первый абзац."]
    assert not draft.findings


def test_wikipedia_page__article_and_its_references_without_the_site():
    draft = read((DIALECTS / "wikipedia.html").read_bytes())
    document = draft.document
    assert document.title == "Routing"
    assert [text_of_runs(note.runs) for note in document.notes] == ["First source. Here", "Second source."]
    marks = [run.note for block in document.blocks if isinstance(block, Paragraph) for run in block.runs if run.note]
    assert marks == [document.notes[0].key, document.notes[0].key, document.notes[1].key]
    assert said(document.blocks[0]).endswith("Mass is E=mc^2.")
    assert "<mi>E</mi>" in draft.equations[0].source
    assert {"Main menu", "Nav box", "[edit]", "Privacy"} <= set(left(draft, Reason.NAVIGATION))
    assert left(draft, Reason.CONTENTS_LIST) == ["Contents 1 History"]
    assert document.blocks[0].runs[2].href == "https://en.wikipedia.org/wiki/Path"


# Siblings of the cases above
def test_word_filtered__its_lists_without_list_styles_are_lists():
    spacer = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"

    def paragraph(sign: str, text: str, style: str = "") -> str:
        return f"<p class=MsoListParagraph style='{style}text-indent:-.25in'>{sign}{spacer}{text}</p>"

    draft = read(
        paragraph("&middot;", "outer one")
        + paragraph("o", "inner", "margin-left:1.0in;")
        + paragraph("&middot;", "outer two")
        + paragraph("(a)", "letter a")
        + paragraph("(b)", "letter b")
    )
    assert [items(block.items) for block in draft.document.blocks] == [
        [("outer one", ["inner"]), "outer two"],
        ["(a) letter a", "(b) letter b"],
    ]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["a."]
    assert left(draft, Reason.LIST_NUMBER) == ["·", "o", "·"]


def test_numbered_heading_of_word__keeps_its_number():
    text = "<h2 style='mso-list:l1 level2 lfo3'><span style='mso-list:Ignore'>1.1<span>&nbsp;&nbsp; </span></span>Scope</h2><p>a"
    assert said(blocks(text)[0]) == "1.1 Scope"


def test_paste_of_google_docs__bold_wrapper_makes_nothing_bold():
    draft = read(
        "<!--StartFragment--><b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:400'>plain "
        "</span><span style='font-weight:700'>bold</span></p></b><!--EndFragment-->"
    )
    assert [(run.text, bool(run.marks)) for run in draft.document.blocks[0].runs] == [("plain ", False), ("bold", True)]
    assert not draft.left_out


def test_endnotes_of_word__with_two_paragraphs():
    draft = read(
        "<p>Text<a href='#_edn1' name='_ednref1'><span class=MsoEndnoteReference>[i]</span></a>.</p><div><hr><div id=edn1>"
        "<p class=MsoEndnoteText><a href='#_ednref1' name='_edn1'>[i]</a> One.</p><p class=MsoEndnoteText>Two.</p></div></div>"
    )
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["One.\nTwo."]


def test_remarks_of_google__two_paragraphs_and_two_marks():
    draft = read(
        "<p>a<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> b<sup><a href='#cmnt2' id='cmnt_ref2'>[b]</a></sup></p>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>First</span></p><p><span>goes on</span></p></div>"
        "<div><p><a href='#cmnt_ref2' id='cmnt2'>[b]</a><span>Second</span></p></div>"
    )
    assert [said(block) for block in draft.document.blocks] == ["a b"]
    assert [note.text for note in draft.review_notes] == ["First goes on", "Second"]


@pytest.mark.parametrize(
    "text",
    [
        "<div><p><a href='#cmnt_ref9' id='cmnt9'>[a]</a><span>Private</span></p><p>more of it</p></div>",
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><div id='_com_1' class=msocomtxt><p class=MsoCommentText>"
        "Private more of it</p></div></div></div>",
        "<p class=MsoCommentText>Private more of it</p>",
    ],
)
def test_remark_without_a_mark__is_no_text_either(text):
    draft = read(f"<p>before</p>{text}")
    assert [said(block) for block in draft.document.blocks] == ["before"]
    assert [note.text.removeprefix("[a]") for note in draft.review_notes] == ["Private more of it"]


def test_mark_of_a_remark__whose_remark_is_nowhere__is_no_text():
    draft = read("<p>Said<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_9'>[A9]</a></span>.")
    assert said(draft.document.blocks[0]) == "Said."
    assert left(draft, Reason.COMMENT) == ["[A9]"]
