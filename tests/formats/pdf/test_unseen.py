"""Words of a page of a PDF that nobody sees are left out and told."""

import pytest

from formats.draft import Doubt, Reason
from tests.formats.pdf.sheets import SENTENCE, Sheet, picture, read, wrapped
from tests.formats.said import left


def in_white(canvas):
    canvas.setFillGray(0.99)
    canvas.drawString(72, 300, "Unseen words")


def without_ink(canvas):
    text = canvas.beginText(72, 300)
    text.setTextRenderMode(3)
    text.textLine("Unseen words")
    canvas.drawText(text)


def seen_through(canvas):
    canvas.setFillAlpha(0)
    canvas.drawString(72, 300, "Unseen words")


def behind_a_box(canvas):
    canvas.drawString(72, 300, "Unseen words")
    canvas.rect(60, 290, 200, 30, fill=1)


def behind_a_picture(canvas):
    canvas.drawString(72, 300, "Unseen words")
    canvas.drawImage(picture(), 60, 290, 200, 30)


def beside_the_page(canvas):
    canvas.drawString(72, -40, "Unseen words")


def tiny(canvas):
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(72, 300, "Unseen words")


def cut_off(canvas):
    """As a browser draws the first line of the next page once more, where a sign of it reaches over the edge."""
    path = canvas.beginPath()
    path.rect(62, 310, 400, 500)
    canvas.saveState()
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 302, "Unseen words")
    canvas.restoreState()


UNSEEN = [in_white, without_ink, seen_through, behind_a_box, behind_a_picture, beside_the_page, tiny, cut_off]


@pytest.mark.parametrize("draw", UNSEEN)
def test_words_that_nobody_sees__are_told_and_no_text(draw):
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    draw(sheet.canvas)
    draft = read(sheet.content())
    assert left(draft, Reason.HIDDEN) == ["Unseen words"]
    assert "Unseen" not in str(draft.document)


@pytest.mark.parametrize("ground", ["box", "picture"])
def test_white_words_on_a_dark_ground__are_text(ground):
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    if ground == "box":
        sheet.canvas.rect(60, 290, 200, 30, fill=1)
    else:
        sheet.canvas.drawImage(picture(), 60, 290, 200, 30)
    sheet.canvas.setFillGray(1)
    sheet.canvas.drawString(72, 300, "Seen words")
    draft = read(sheet.content())
    assert not left(draft, Reason.HIDDEN)
    assert "Seen words" in str(draft.document)


def test_line_at_the_edge_of_what_a_page_shows__is_text_where_most_of_it_is_seen():
    sheet = Sheet()
    path = sheet.canvas.beginPath()
    path.rect(62, 62, 470, 720)
    sheet.canvas.clipPath(path, stroke=0)
    sheet.text(wrapped(SENTENCE * 3))
    sheet.canvas.drawString(72, 61, "The last line of the page.")
    draft = read(sheet.content())
    assert not left(draft, Reason.HIDDEN)
    assert "The last line of the page." in str(draft.document)


@pytest.mark.parametrize("draw", [without_ink, behind_a_picture])
def test_words_recognised_from_the_picture_of_a_page__are_text_and_told(draw):
    sheet = Sheet()
    if draw is without_ink:
        sheet.canvas.drawImage(picture(), 0, 0, 595, 842)
    text = sheet.canvas.beginText(72, 700)
    text.setTextRenderMode(3 if draw is without_ink else 0)
    for one in wrapped(SENTENCE * 3):
        text.textLine(one)
    sheet.canvas.drawText(text)
    if draw is behind_a_picture:
        sheet.canvas.drawImage(picture(), 0, 0, 595, 842)
    draft = read(sheet.content())
    assert not left(draft, Reason.HIDDEN)
    assert [(one.doubt, one.detail) for one in draft.findings if one.doubt == Doubt.RECOGNISED] == [
        (Doubt.RECOGNISED, "1")
    ]
    assert "gather people" in str(draft.document)
