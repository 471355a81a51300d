"""PDF files with tags and without, of our own printing and of others."""

import io
import time
from importlib.resources import files
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from editions.document.model import Figure, Heading, ListBlock, Paragraph, Table, text_of_runs
from formats import pdf
from formats.draft import Doubt, NoteKind, Reason, Unreadable, UnreadableFile
from formats.ledger import account
from formats.pdf.page.right_to_left import Letter, in_reading_order
from pdf.render import render
from tests.examples import examples
from tests.formats.accounting import unaccounted
from tests.formats.blocks import blocks, left_out
from tests.formats.pdf.sheets import HEIGHT, SENTENCE, WIDTH, Sheet, wrapped
from tests.formats.said import cells, doubts, items, left, said
from tests.pdf.samples import document, job


def read(content):
    draft = pdf.read(content, "file.pdf")
    assert unaccounted(pdf.words(content), draft) == ""
    return draft


# Our own printing


@pytest.mark.parametrize("language", ["en", "ar", "zh", "ru"])
def test_own_printing__gives_back_its_words_and_structure(language):
    source = document(language, chapters=2)
    draft = read(render(job(source)).content)
    text = str(draft.document)
    first = next(block for block in source.blocks if isinstance(block, Heading))
    headings = [said(block) for block in draft.document.blocks if isinstance(block, Heading)]
    assert any(text_of_runs(first.runs) in heading for heading in headings)
    assert draft.language == language
    assert len(draft.document.notes) == len(source.notes)
    tables = [block for block in draft.document.blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [5, 5]
    assert left(draft, Reason.CONTENTS_LIST)
    assert left(draft, Reason.RUNNING_HEAD)
    assert len(draft.pages) == 4
    assert "\ufffd" not in text


# Untagged


def test_paragraph__over_lines_and_pages_is_one():
    sheet = Sheet()
    sheet.line("Shared routes", size=20)
    sheet.text(wrapped(SENTENCE * 3 + " It goes on without an end because the page"))
    sheet.page()
    sheet.text(wrapped("ends before the sentence does, and nobody minds. " + SENTENCE))
    draft = read(sheet.content())
    assert [type(block) for block in draft.document.blocks] == [Heading, Paragraph]
    assert "because the page ends before" in said(draft.document.blocks[1])
    assert draft.pages[0] == "b1"


def test_word_cut_at_a_line_end__is_joined_and_told():
    sheet = Sheet()
    sheet.text(["The model needs inter-", "national work by those who know it well."])
    draft = read(sheet.content())
    assert said(draft.document.blocks[0]) == "The model needs international work by those who know it well."
    assert doubts(draft, Doubt.WORDS_JOINED) == ["inter-/national → international"]


def test_running_heads_and_page_numbers__are_left_out():
    sheet = Sheet()
    for number in range(1, 5):
        sheet.canvas.setFont("Helvetica", 8)
        sheet.canvas.drawString(72, HEIGHT - 40, "Forum on Routes")
        sheet.canvas.drawString(290, 30, str(number))
        sheet.text(wrapped(f"Part {number} says: {SENTENCE}"))
        sheet.page()
    draft = read(sheet.content())
    assert len(draft.document.blocks) == 4
    assert left(draft, Reason.RUNNING_HEAD) == [
        text for number in range(1, 5) for text in ("Forum on Routes", str(number))
    ]
    assert draft.pages[:4] == ("b1", "b2", "b3", "b4")


def test_headings__by_size_and_by_weight():
    sheet = Sheet()
    sheet.text(["The whole report"], size=22)
    for part in range(2):
        sheet.text([f"Part {part}"], size=15)
        sheet.text(wrapped(SENTENCE * 2))
        sheet.text(["A closer look"], font="Helvetica-Bold")
        sheet.text(wrapped(SENTENCE * 2))
    draft = read(sheet.content())
    assert draft.document.title == "The whole report"
    assert [(block.level, said(block)) for block in draft.document.blocks if isinstance(block, Heading)] == [
        (1, "Part 0"), (2, "A closer look"), (1, "Part 1"), (2, "A closer look"),
    ]  # fmt: skip
    assert doubts(draft, Doubt.HEADING_GUESSED) == ["A closer look", "A closer look"]


@pytest.mark.parametrize(
    ("line", "title"),
    [("Best Practice Forum on Routes", True), ("Introduction", False), ("Executive summary", False), ("2099", False),
     ("3. What cables need", False)],
)  # fmt: skip
def test_lone_large_line_at_the_beginning__is_the_title_where_it_may_be_none_of_a_part(line, title):
    sheet = Sheet()
    sheet.text([line], size=20, font="Helvetica-Bold")
    for _ in range(4):
        sheet.text(wrapped(SENTENCE * 2))
    draft = read(sheet.content())
    assert draft.document.title == (line if title else "")
    assert title or line in str(draft.document.blocks[0])


def test_lone_bold_line_at_the_beginning__is_no_title():
    sheet = Sheet()
    sheet.text(["What we learned of routes"], font="Helvetica-Bold")
    for _ in range(4):
        sheet.text(wrapped(SENTENCE * 2))
    draft = read(sheet.content())
    assert (draft.document.title, said(draft.document.blocks[0])) == ("", "What we learned of routes")


def test_heading_that_is_but_a_number__is_one_where_others_look_like_it():
    sheet = Sheet()
    for heading in ("How it began", "2099", "What followed"):
        sheet.text([heading], size=15, font="Helvetica-Bold")
        sheet.text(wrapped(SENTENCE * 2))
        sheet.text(["2099"], size=11)  # a figure in the text
    draft = read(sheet.content())
    assert [said(block) for block in draft.document.blocks if isinstance(block, Heading)] == [
        "How it began", "2099", "What followed",
    ]  # fmt: skip


def test_two_columns__are_read_one_after_the_other():
    sheet = Sheet()
    lines = wrapped("Left words stand here. " * 12, 38)
    for number, line in enumerate(lines):
        sheet.canvas.setFont("Helvetica", 11)
        sheet.canvas.drawString(72, 700 - 14 * number, line)
        sheet.canvas.drawString(320, 700 - 14 * number, line.replace("Left", "Right"))
    draft = read(sheet.content())
    text = " ".join(said(block) for block in draft.document.blocks)
    assert text.rindex("Left") < text.index("Right")
    assert doubts(draft, Doubt.COLUMNS_GUESSED) == ["1"]


def test_lists__by_their_signs():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    for number in range(1, 3):
        sheet.line(f"{number}.", 80)
        sheet.y += 11 * 1.25
        sheet.line(f"point {number} of the list", 98)
    sheet.line("•", 98)
    sheet.y += 11 * 1.25
    sheet.line("inner point", 112)
    sheet.y -= 8
    sheet.text(wrapped(SENTENCE * 2))
    found = [block for block in read(sheet.content()).document.blocks if isinstance(block, ListBlock)]
    assert [(block.ordered, items(block.items)) for block in found] == [
        (True, ["point 1 of the list", ("point 2 of the list", ["inner point"])])
    ]


def test_ruled_table__has_its_cells():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    for row, line in enumerate([["Name", "Count"], ["Radio", "7"], ["Two lines", "8"]]):
        for column, text in enumerate(line):
            sheet.canvas.rect(72 + 150 * column, 500 - 24 * row, 150, 24)
            sheet.canvas.setFont("Helvetica-Bold" if not row else "Helvetica", 11)
            sheet.canvas.drawString(78 + 150 * column, 507 - 24 * row, text)
    draft = read(sheet.content())
    table = draft.document.blocks[1]
    assert cells(table) == [["Name", "Count"], ["Radio", "7"], ["Two lines", "8"]]
    assert not doubts(draft, Doubt.HEADINGS_FROM_FIRST_ROW)


def test_footnote__small_at_the_foot_with_a_raised_number():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.canvas.setFont("Helvetica", 11)
    sheet.canvas.drawString(72, 500, "A claim that needs proof")
    x = 72 + sheet.canvas.stringWidth("A claim that needs proof", "Helvetica", 11)
    sheet.canvas.setFont("Helvetica", 7)
    sheet.canvas.drawString(x, 504, "1")
    sheet.canvas.setFont("Helvetica", 11)
    sheet.canvas.drawString(x + 5, 500, " and more of it.")
    sheet.canvas.setFont("Helvetica", 8)
    sheet.canvas.drawString(72, 90, "1 See the second source.")
    draft = read(sheet.content())
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["See the second source."]
    last = draft.document.blocks[-1]
    assert [run.text or "note" for run in last.runs] == ["A claim that needs proof", "note", " and more of it."]


def test_annotations__of_annotations():
    sheet = Sheet()
    sheet.text(["Read the report today."])
    sheet.canvas.linkURL("https://example.org/x y", (95, HEIGHT - 95, 150, HEIGHT - 78))
    sheet.canvas.linkURL("file:///C:/x", (150, HEIGHT - 95, 190, HEIGHT - 78))
    sheet.canvas.textAnnotation("Is this so?", (72, 700, 92, 720))
    draft = read(sheet.content())
    assert {run.href for run in draft.document.blocks[0].runs} >= {"https://example.org/x%20y"}
    assert {finding.doubt for finding in draft.findings} >= {Doubt.LINK_MENDED}
    assert [(note.kind, note.text, note.key) for note in draft.review_notes] == [
        (NoteKind.COMMENT, "Is this so?", "b1")
    ]
    assert left(draft, Reason.COMMENT) == ["Is this so?"]


def test_annotation_of_a_page_amid_others__stands_where_that_page_begins():
    sheet = Sheet()
    sheet.text(["The first page."])
    sheet.page()
    sheet.canvas.textAnnotation("Is this so?", (72, 700, 92, 720))
    sheet.text(["The second page."])
    sheet.page()
    sheet.text(["The third page."])
    draft = read(sheet.content())
    (note,) = draft.review_notes
    texts = {block.key: text_of_runs(block.runs) for block in draft.document.blocks}
    assert texts[note.key] == "The second page."


def picture(size=(40, 40)):
    from PIL import Image

    return ImageReader(Image.new("RGB", size, (200, 30, 30)))


def test_picture__is_taken_and_wants_words():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.canvas.drawImage(picture(), 100, 300, 200, 150)
    draft = read(sheet.content())
    assert isinstance(draft.document.blocks[1], Figure)
    assert draft.pictures[0].content[:4] == b"\x89PNG"
    assert len(doubts(draft, Doubt.PICTURE_WITHOUT_ALT)) == 1


@pytest.mark.parametrize(("pages", "shown"), [(1, 2), (5, 1)])
def test_picture_of_every_page__is_told_page_by_page(pages, shown):
    sheet = Sheet()
    sheet.canvas.drawImage(picture(), 100, 300, 200, 150)
    for _ in range(pages):
        sheet.canvas.drawImage(picture((30, 30)), 72, HEIGHT - 60, 50, 50)
        sheet.text(wrapped(SENTENCE * 3))
        sheet.page()
    content = sheet.content()
    draft = read(content)
    assert len(draft.pictures) == shown
    assert doubts(draft, Doubt.PICTURE_REPEATED) == ([str(page + 1) for page in range(pages)] if pages > 1 else [])
    tally = account(draft, pdf.words(content)).things["pictures"]
    assert tally.in_file == tally.in_draft + tally.told == pages + 1


def test_scanned_pages__are_refused_as_such():
    sheet = Sheet()
    for _ in range(2):
        sheet.canvas.drawImage(picture(), 0, 0, WIDTH, HEIGHT)
        sheet.page()
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(sheet.content(), "x.pdf")
    assert refusal.value.why == Unreadable.SCANNED


def test_locked_file__is_refused_as_such():
    sheet = Sheet()
    sheet.text([SENTENCE])
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet.content())) as file:
        file.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    for reading in (lambda: pdf.read(target.getvalue(), "x"), lambda: list(pdf.words(target.getvalue()))):
        with pytest.raises(UnreadableFile) as refusal:
            reading()
        assert refusal.value.why == Unreadable.LOCKED


def test_file_that_only_asks_for_no_changes__is_read():
    sheet = Sheet()
    sheet.text([SENTENCE])
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet.content())) as file:
        file.save(target, encryption=pikepdf.Encryption(owner="a", user=""))
    assert said(read(target.getvalue()).document.blocks[0]) == SENTENCE


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf", b"%PDF-1.4\n" + bytes(range(256)) * 10])
def test_broken_file__is_refused(content):
    with pytest.raises(UnreadableFile) as refusal:
        pdf.read(content, "x.pdf")
    assert refusal.value.why == Unreadable.BROKEN


def test_two_hundred_pages__take_less_than_twenty_seconds():
    sheet = Sheet()
    for number in range(200):
        sheet.text([f"Part {number}"], size=15)
        for _ in range(8):
            sheet.text(wrapped(SENTENCE * 4, 88))
        sheet.page()
    content = sheet.content()
    begun = time.process_time()
    draft = pdf.read(content, "x.pdf")
    assert time.process_time() - begun < 20
    assert len(draft.pages) >= 200


SHEET = Sheet()
SHEET.text([SENTENCE])
GOOD = SHEET.content()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
def test_any_bytes_in_a_pdf__are_read_or_refused(place, other):
    content = GOOD[:place] + other + GOOD[place + len(other) :]
    try:
        read(content)
    except UnreadableFile:
        return


@settings(max_examples=examples(60), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read_or_refused(content):
    for given_bytes in (content, b"%PDF-1.7\n" + content):
        try:
            read(given_bytes)
        except UnreadableFile:
            continue


# From right to left


@pytest.mark.parametrize(
    ("seen", "read_as"),
    [
        ("ملسلا", "السلم"), ("FGI يف", "في IGF"), ("5102 ماع", "عام 2015"), ("abc 12 ملس", "سلم abc 12"),
    ],
)  # fmt: skip
def test_line_from_right_to_left(seen, read_as):
    """seen: from left to right as it stands; Latin as it reads."""
    seen = seen.replace("FGI", "IGF").replace("5102", "2015")
    letters = [
        Letter(text, 10.0 * place, 10.0 * place + (9.9 if text != " " else 5), place) for place, text in enumerate(seen)
    ]
    told = "".join(letter.text for letter in in_reading_order([letter for letter in letters if letter.text != " "]))
    assert told == read_as.replace(" ", "")


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("shown_upright", [True, False])
def test_page_whose_text_is_turned__is_read_along_its_lines(quarters, shown_upright):
    sheet = Sheet()
    sheet.canvas.rotate(90 * quarters)
    x, y = {1: (0, -WIDTH), 2: (-WIDTH, -HEIGHT), 3: (-HEIGHT, 0)}[quarters]
    sheet.canvas.translate(x, y)
    sheet.y = 500.0
    sheet.line("What cables need", size=18, font="Helvetica-Bold")
    sheet.text(["Cables lie deep in the harbour and", "need somebody who looks after them."])
    content = sheet.content()
    if shown_upright:
        file = pikepdf.open(io.BytesIO(content))
        file.pages[0].Rotate = 90 * quarters
        file.save(target := io.BytesIO())
        content = target.getvalue()
    draft = read(content)
    assert draft.document.title == "What cables need"
    assert blocks(draft.document) == ["Cables lie deep in the harbour and need somebody who looks after them."]


def test_words_beside_the_text_that_run_up__stand_behind_it_in_their_order():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(300, -30, "Deposited in the harbour library, 2099")
    assert blocks(read(sheet.content()).document) == [SENTENCE * 3, "Deposited in the harbour library, 2099"]


def test_what_was_typed_into_a_form__is_text_beside_its_label():
    sheet = Sheet()
    form = sheet.canvas.acroForm
    form.textfield(name="forum", value="Tides and cables", x=200, y=sheet.y - 4, width=200, height=16)
    form.textfield(name="word", value="secret", fieldFlags="password", x=200, y=200, width=200, height=16)
    sheet.line("Name of the forum:")
    sheet.y -= 40
    sheet.line("Another line of it.")
    draft = read(sheet.content())
    assert blocks(draft.document) == ["Name of the forum: Tides and cables", "Another line of it."]


def test_file_in_the_file__is_told():
    sheet = Sheet()
    sheet.line("Words.")
    file = pikepdf.open(io.BytesIO(sheet.content()))
    file.attachments["plan.txt"] = pikepdf.AttachedFileSpec(file, b"words of it", filename="plan.txt")
    file.save(target := io.BytesIO())
    assert doubts(read(target.getvalue()), Doubt.ATTACHMENT) == ["plan.txt"]


@pytest.mark.parametrize("gap", [0, 6, 13])
def test_two_columns_of_paragraphs__are_read_one_below_the_other(gap):
    """Also where lines of both stand at one height, and paragraphs end at others."""
    words = " ".join([SENTENCE] * 2)
    paragraphs = [f"{number} {words[: 150 + 40 * (number % 4)]} end." for number in range(1, 11)]
    sheet = Sheet()
    for column, x in enumerate((60.0, 320.0)):
        sheet.y = HEIGHT - 90
        for one in paragraphs[5 * column : 5 * column + 5]:
            sheet.text(wrapped(one, 42), x, after=gap)
    found = blocks(read(sheet.content()).document)
    if gap:
        assert found == paragraphs
    else:
        assert " ".join(found) == " ".join(paragraphs)


def test_headings_that_count_and_notes_at_the_edge_of_pages__are_no_running_heads():
    sheet = Sheet()
    for number in (1, 2, 3):
        sheet.line("Harbour library, draft", size=8, gap=4)
        sheet.line(f"Annex {number}", size=16, font="Helvetica-Bold")
        sheet.text(wrapped(f"{number} {SENTENCE} {SENTENCE}"))
        sheet.page()
    draft = read(sheet.content())
    assert [one for one in blocks(draft.document) if one[0] == "h1"] == [("h1", f"Annex {n}") for n in (1, 2, 3)]
    assert left_out(draft, Reason.RUNNING_HEAD) == ["Harbour library, draft"] * 3


def test_font_that_does_not_say_which_letters_it_shows__is_told():
    registerFont(TTFont("Vera", "Vera.ttf"))
    sheet = Sheet()
    sheet.line("Où l’été, words", font="Vera")
    file = pikepdf.open(io.BytesIO(sheet.content()))
    for one in file.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]
    file.save(target := io.BytesIO())
    (told,) = doubts(read(target.getvalue()), Doubt.FONT_WITHOUT_LETTERS)
    assert told.endswith("(4)"), "ù, ’, é and é, which no standard order of letters holds"


def test_line_drawn_font_by_font__is_read_from_left_to_right():
    """LibreOffice draws a line of Chinese in the order of the fonts that it takes letters from."""
    sheet = Sheet()
    end = sheet.at(72, "Forum of ", font="Times-Roman")
    sheet.canvas.setFont("Courier", 10)
    name = sheet.canvas._doc.getInternalFontName("Courier")
    sheet.canvas._code.append(f"BT {name} 10 Tf 1 0 0 1 {end} {sheet.y} Tm [(l) -600 (t) -600 (s)] TJ ET")
    sheet.at(end + 6, "o", font="Times-Roman")
    sheet.at(end + 18, "o", font="Times-Roman")
    draft = read(sheet.content())
    assert [text_of_runs(block.runs) for block in draft.document.blocks] == ["Forum of lotos"]


def test_space_drawn_before_a_sign_of_another_font__stands_where_it_is_seen():
    """In a line of Chinese: the space is behind the sign of the second font, which touches the one before."""
    for name in ("JP", "SC"):
        registerFont(TTFont(name, str(next(Path(str(files("justmytype_intl_cjk"))).glob(f"**/NotoSans{name}*.ttf")))))
    sheet = Sheet()
    end = sheet.at(72, "安全", font="JP") + 3
    sheet.canvas.drawString(end, sheet.y, "年 ", charSpace=11)
    sheet.at(end + 11, "报", font="SC")
    assert [text_of_runs(block.runs) for block in read(sheet.content()).document.blocks] == ["安全 年报"]
