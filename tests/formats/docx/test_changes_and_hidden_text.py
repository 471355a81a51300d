"""Word files: tracked changes, remarks and hidden words are told and never part of the text by chance."""

from datetime import UTC, datetime

from formats.draft import NoteKind, Reason
from tests.formats.blocks import blocks, left_out, remarks, text
from tests.formats.docx.docx_files import (
    CASES,
    DECIMAL,
    SIGNED,
    body,
    cell,
    deleted,
    docx,
    inserted,
    item,
    note,
    numbering,
    opened,
    p,
    row,
    t,
    table,
)


def test_hidden_words_are_left_out_and_told():
    draft, ledger = opened((CASES / "08-hidden-text.docx").read_bytes())
    assert blocks(draft.document)[1] == "Visible words go on."
    assert left_out(draft, Reason.HIDDEN) == ["WORDS THE AUTHOR HID"]
    assert ledger.left_out == {"hidden": 4}


def test_tracked_changes_in_a_footnote_are_told():
    draft, _ = opened((CASES / "11-tracked-in-footnote.docx").read_bytes())
    assert [text(note.runs) for note in draft.document.notes] == ["Kept words new words"]
    assert remarks(draft) == [
        ("deletion", "A. Reader", "secret removed words"),
        ("insertion", "A. Reader", "new words"),
    ]
    assert {one.key for one in draft.review_notes} == {draft.document.notes[0].key}


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
