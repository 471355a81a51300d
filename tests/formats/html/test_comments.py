"""Reviewers' remarks and tracked changes of Word's HTML, full, filtered and pasted: none of their words is text."""

from datetime import UTC, datetime

import pytest

from formats.draft import Doubt, Reason
from formats.reading import read
from tests.formats.blocks import blocks, left_out, remarks

FULL = """<html><body lang=EN-GB><div class=WordSection1>
<p class=MsoNormal>The forum met <a style='mso-comment-reference:AB_1;mso-comment-date:20200131T1205'>in the hall</a><span
class=MsoCommentReference><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><span
style='mso-special-character:comment'>&nbsp;</span></span> last year.</p>
<p class=MsoNormal>It was <a style='mso-comment-reference:PS_2'>cold</a> <a href="#_msocom_2" name="_msoanchor_2">[PS2]</a>.</p></div>
<div style='mso-element:comment-list'><hr class=msocomoff align=left size=1 width="33%">
<div style='mso-element:comment'><div id="_com_1" class=msocomtxt><span style='mso-comment-author:"A. Bell"'><a name="_msocom_1"></a></span>
<p class=MsoCommentText><span class=MsoCommentReference>&nbsp;<a href="#_msoanchor_1" class=msocomoff>[AB1]</a></span>Which hall?</p></div></div>
<div style='mso-element:comment'><div id="_com_2" class=msocomtxt><span style='mso-comment-author:"P. Sato"'><a name="_msocom_2"></a></span>
<p class=MsoCommentText><span class=MsoCommentReference>&nbsp;<a href="#_msoanchor_2" class=msocomoff>[PS2]</a></span>Was it?</p></div></div>
</div></body></html>"""
FILTERED = """<html><body lang=EN-GB><div class=WordSection1>
<p class=MsoNormal>The forum met in the hall<span class=MsoCommentReference><span style='font-size:8.0pt'>[AB1]&nbsp;</span></span> last year.</p>
<p class=MsoNormal>It was cold<span class=MsoCommentReference><a class=msocomanchor href="#_msocom_2">[PS2]</a>&nbsp;</span>.</p></div>
<div><hr align=left size=1 width="33%">
<div><div id="_com_1"><p class=MsoCommentText><span class=MsoCommentReference>&nbsp;[AB1]</span>Which hall?</p></div></div>
<div><div id="_com_2"><p class=MsoCommentText><span class=MsoCommentReference>&nbsp;<a href="#_msoanchor_2">[PS2]</a></span>Was it?</p></div></div>
</div></body></html>"""
PASTED = """<p>The forum met in the hall<a href="#_msocom_1">[AB1]</a> last year.</p><p>It was cold<a href="#_msocom_2">[PS2]</a>.</p>
<p class=MsoCommentText><a href="#_msoanchor_1">[AB1]</a>Which hall?</p><p class=MsoCommentText>[PS2] Was it?</p>"""
TYPED = """<p>The forum met in the hall[AB1] last year.</p><p>It was cold[PS2].</p>
<p class=MsoCommentText>[AB1]Which hall?</p><p class=MsoCommentText>[PS2]Was it?</p>"""


@pytest.mark.parametrize("text", [FULL, FILTERED, PASTED, TYPED], ids=["full", "filtered", "pasted", "typed"])
def test_marks_and_remarks_of_word__leave_the_text_and_stand_at_their_paragraph(text):
    draft, ledger = read("x.htm", text.encode())
    found = blocks(draft.document)
    assert [said.replace(" .", ".") for said in found] == ["The forum met in the hall last year.", "It was cold."]
    assert ledger.balanced
    assert [(note.text, note.key) for note in draft.review_notes] == [
        ("Which hall?", draft.document.blocks[0].key),
        ("Was it?", draft.document.blocks[1].key),
    ]
    signs = [out[:5] for out in left_out(draft, Reason.COMMENT)]
    assert signs == ["[AB1]", "[PS2]"] * 2  # of the marks, and with the remarks


def test_the_time_of_a_remark_of_word__is_not_that_of_the_one_before_it():
    draft, _ = read("x.htm", FULL.encode())
    assert [(note.author, note.at) for note in draft.review_notes] == [
        ("A. Bell", datetime(2020, 1, 31, 12, 5, tzinfo=UTC)),
        ("P. Sato", None),
    ]


@pytest.mark.parametrize(
    "text", ["<p>See [AB1] and [12].</p>", "<p>Ann [AB1]</p><h2>References</h2><p>[AB1] A book.</p>"]
)
def test_a_reference_in_brackets__is_no_mark_of_a_remark(text):
    draft, _ = read("x.html", f"<html><body>{text}</body></html>".encode())
    assert not draft.review_notes
    assert not left_out(draft, Reason.COMMENT)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        (
            '<del cite="mailto:P.%20Sato" datetime="2020-01-31T12:05">old</del>',
            '<ins cite="mailto:P.%20Sato" datetime="2020-01-31T12:05">new</ins>',
        ),
        (
            '<span class=msoDel><del cite="mailto:P.%20Sato" datetime="2020-01-31T12:05">old</del></span>',
            '<span class=msoIns><ins cite="mailto:P.%20Sato" datetime="2020-01-31T12:05">new</ins></span>',
        ),
        ('<span class="msoDel">old</span>', '<span class="msoIns">new</span>'),
        (
            '<span class="TextRun TrackChangeTextDeletion TrackedChange SCXW1 BCX0">old</span>',
            '<span class="TextRun TrackChangeTextInsertion TrackedChange SCXW1 BCX0">new</span>',
        ),
    ],
    ids=["word", "word in spans", "classes alone", "word for the web"],
)
def test_changes_that_word_tracks__are_told_as_such(gone, come):
    draft, ledger = read("x.htm", f"<html><body><p>The {gone}{come} text.</p></body></html>".encode())
    assert blocks(draft.document) == ["The new text."]
    assert left_out(draft, Reason.DELETION) == ["old"]
    assert [(kind, said) for kind, _, said in remarks(draft)] == [("deletion", "old"), ("insertion", "new")]
    assert ledger.balanced
    assert {author for _, author, _ in remarks(draft)} == ({"P. Sato"} if "cite" in gone else {""})
    assert not [finding for finding in draft.findings if finding.doubt == Doubt.LINK_LEFT_OUT]
