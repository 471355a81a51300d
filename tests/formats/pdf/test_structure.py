"""What stands on the pages of a PDF becomes notes, captions, tables, lists and quotations again."""

import io

import pikepdf
import pytest

from editions.document.model import Figure, Heading, ListBlock, Mark, Paragraph, Quote, Table, text_of_runs
from formats import pdf
from formats.draft import Doubt, Reason, Thing
from formats.ledger import account
from tests.formats.pdf.sheets import HEIGHT, SENTENCE, Sheet, picture, read, tagged, wrapped
from tests.formats.said import cells, items, left, said


def kinds(draft):
    return [type(block) for block in draft.document.blocks]


def lists(draft):
    return [
        (block.ordered, items(block.items)) for block in draft.document.blocks if isinstance(block, ListBlock)
    ]  # fmt: skip


# Notes


def marked(sheet, number, text):
    """A line whose mark links to a note, and to which the note can link."""
    end = sheet.at(72, text)
    sheet.y += 4
    after = sheet.at(end, str(number), size=7)
    sheet.canvas.linkRect("", f"note{number}", (end, sheet.y - 2, after, sheet.y + 7))
    sheet.canvas.bookmarkHorizontalAbsolute(f"mark{number}", sheet.y + 8)
    sheet.y -= 4
    sheet.line(" and what follows it.", x=after)


def noted(sheet, number, text):
    sheet.canvas.bookmarkHorizontalAbsolute(f"note{number}", sheet.y + 12)
    end = sheet.at(90, f"{number}. {text} ")
    after = sheet.at(end, "back")
    sheet.canvas.linkRect("", f"mark{number}", (end, sheet.y - 2, after, sheet.y + 9))
    sheet.y -= 20


def test_notes_at_the_end__are_found_by_links_that_lead_back():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 4))
    for number in (1, 2):
        marked(sheet, number, f"Claim number {number} stands here")
        sheet.y -= 8
    sheet.page()
    for number in (1, 2):
        noted(sheet, number, f"Source of claim {number}.")
    draft = read(sheet.content())
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["Source of claim 1.", "Source of claim 2."]
    assert kinds(draft) == [Paragraph, Paragraph, Paragraph]
    assert [run.text or "note" for run in draft.document.blocks[1].runs] == [
        "Claim number 1 stands here", "note", " and what follows it.",
    ]  # fmt: skip


def test_links_in_the_document_that_lead_nowhere_back__are_text():
    sheet = Sheet()
    marked(sheet, 1, "See part")
    sheet.canvas.bookmarkHorizontalAbsolute("note1", sheet.y)
    draft = read(sheet.content())
    assert draft.document.notes == ()
    assert "part1" in said(draft.document.blocks[0])


# Captions


def test_captions__small_below_a_picture_and_centred_above_a_table():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    sheet.canvas.drawImage(picture(), 72, sheet.y - 80, 80, 80)
    sheet.y -= 95
    sheet.text(["Reports of a year"], size=9, after=20)
    sheet.text(wrapped(SENTENCE * 2))
    sheet.line("Forums and people", x=150)
    sheet.y -= 8
    sheet.ruled([["Name", "Count"], ["Radio", "7"]], [72, 200, 330])
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Figure, Paragraph, Table]
    assert text_of_runs(draft.document.blocks[1].caption) == "Reports of a year"
    assert text_of_runs(draft.document.blocks[3].caption) == "Forums and people"


# Tables


def test_table_over_a_page__is_one_and_its_second_head_is_told():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.ruled([["Name", "Count"], ["Radio", "7"]], [72, 200, 330])
    sheet.page()
    sheet.ruled([["Name", "Count"], ["Wire", "8"]], [72, 200, 330])
    sheet.y -= 12
    sheet.text(wrapped(SENTENCE * 3))
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Table, Paragraph]
    assert cells(draft.document.blocks[1]) == [["Name", "Count"], ["Radio", "7"], ["Wire", "8"]]
    assert left(draft, Reason.DOUBLE) == ["Name Count"]
    assert draft.pages[1] == draft.document.blocks[1].rows[2].key


def test_number_in_the_first_row_of_a_page__is_a_cell_and_no_page_number():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    sheet.page()
    sheet.y = HEIGHT - 50
    sheet.ruled([["2099", "Radio"], ["2098", "Cables"]], [72, 150, 300])
    sheet.y = 30
    sheet.line("2")
    draft = read(sheet.content())
    assert [row[0] for row in cells(draft.document.blocks[-1])] == ["2099", "2098"]
    assert left(draft, Reason.RUNNING_HEAD) == ["2"]
    assert [one.place for one in draft.left_out if one.reason == Reason.RUNNING_HEAD] == ["page 2"]


def test_caption_on_the_page_after_its_picture__is_its_caption():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    sheet.canvas.drawImage(picture(), 72, 80, 60, 60)
    sheet.page()
    sheet.text(["Two routes at noon"], size=9)
    sheet.text(wrapped(SENTENCE * 2))
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Figure, Paragraph]
    assert text_of_runs(draft.document.blocks[1].caption) == "Two routes at noon"


def test_tables_that_touch__are_parted_by_their_columns():
    sheet = Sheet()
    sheet.ruled([["Name", "Count"], ["Radio", "7"]], [72, 200, 330])
    sheet.ruled([["Year", "Place", "People"], ["2099", "Port", "9"]], [72, 150, 240, 330])
    found = [cells(block) for block in read(sheet.content()).document.blocks]
    assert found == [[["Name", "Count"], ["Radio", "7"]], [["Year", "Place", "People"], ["2099", "Port", "9"]]]


def test_joined_cells__stand_in_their_first_place():
    sheet = Sheet()
    sheet.ruled([["Name", "Count", "Place"]], [72, 150, 240, 330])
    sheet.ruled([["All of them", "Port"]], [72, 240, 330], head=False)
    sheet.ruled([["Radio", "7", "Sea"]], [72, 150, 240, 330], head=False)
    (table,) = read(sheet.content()).document.blocks
    assert cells(table) == [["Name", "Count", "Place"], ["All of them", "", "Port"], ["Radio", "7", "Sea"]]


def test_table_without_rules__has_its_rows_where_cells_are_wrapped():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3), after=4)
    for row in [
        ("Name", "What was reported", "Year"), ("Radio", "lamps that were seen from", "2098"), ("", "the harbour", ""),
        ("Wire", "nothing", "2099"),
    ]:  # fmt: skip
        for x, text in zip((72, 200, 345), row, strict=True):
            sheet.at(x, text)
        sheet.y -= 14
    sheet.y -= 6
    sheet.text(wrapped(SENTENCE * 3))
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Table, Paragraph]
    assert cells(draft.document.blocks[1]) == [
        ["Name", "What was reported", "Year"], ["Radio", "lamps that were seen from the harbour", "2098"],
        ["Wire", "nothing", "2099"],
    ]  # fmt: skip


# Lists and quotations


def test_lists__have_the_levels_at_which_they_begin():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 2))
    for x, text in [
        (80, "1. first"),
        (100, "• inside"),
        (120, "a) deeper"),
        (100, "• inside again"),
        (80, "2. second"),
    ]:
        sheet.line(text, x)
    sheet.text(wrapped("A paragraph follows at once. " + SENTENCE * 2))
    draft = read(sheet.content())
    assert lists(draft) == [(True, [("first", [("inside", ["a) deeper"]), "inside again"]), "second"])]
    assert kinds(draft) == [Paragraph, ListBlock, Paragraph]


def test_quotation__stands_inwards_on_both_sides():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.text(wrapped(SENTENCE * 2, 60), x=108)
    sheet.text(wrapped(SENTENCE * 3))
    assert kinds(read(sheet.content())) == [Paragraph, Quote, Paragraph]


def test_quotation_that_goes_on_over_the_page__is_one():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    lines = wrapped(SENTENCE * 4, 60)
    lines[1] = lines[1].rstrip(".")
    sheet.text(lines[:2], x=108, after=0)
    sheet.page()
    sheet.text([f"which goes on {lines[2]}", *lines[3:]], x=108)
    sheet.text(wrapped(SENTENCE * 3))
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Quote, Paragraph]


def test_paragraph_of_one_line__set_in_as_the_first_lines_of_others__is_no_quotation():
    sheet = Sheet()
    for _each in range(4):
        first, *others = wrapped(SENTENCE * 3)
        sheet.line(first, x=96)
        sheet.text(others, after=0)
    sheet.line("This is all that is said.", x=96)
    first, *others = wrapped(SENTENCE * 3)
    sheet.line(first, x=96)
    sheet.text(others)
    assert set(kinds(read(sheet.content()))) == {Paragraph}


def test_line_that_hangs_out_alone__is_no_edge_of_the_text():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 4))
    sheet.line("* * *", x=54)
    sheet.text(wrapped(SENTENCE * 4))
    assert Quote not in kinds(read(sheet.content()))


# Tags that leave something out


def test_typed_numbers_of_tagged_items__are_no_text_and_tell_the_levels():
    draft = read(
        tagged(
            ("P", (72, "Some words before the list stand here.")),
            ("L", ("LI", ("LBody", ("P", (80, "1."), (98, "first"))))),
            ("L", ("LI", ("LBody", ("P", (98, "\\225"), (116, "inside"))))),
            ("L", ("LI", ("LBody", ("P", (80, "2."), (98, "second"))))),
        )
    )
    assert lists(draft) == [(True, [("first", ["inside"]), "second"])]
    assert left(draft, Reason.LIST_NUMBER) == ["1.", "•", "2."]


def test_tagged_item_of_another_kind__is_an_item_by_its_label():
    draft = read(
        tagged(
            (
                "L",
                ("NonStruct", ("Lbl", (72, "1.")), ("P", (90, "first"))),
                ("NonStruct", ("Lbl", (72, "2.")), ("P", (90, "second"))),
            )
        )
    )
    assert lists(draft) == [(True, ["first", "second"])]


def test_tagged_element_without_words__says_nothing_and_the_rest_is_read():
    draft = read(tagged(("P", (72, "Words before.")), ("P",), ("P", (72, "Words after."))))
    assert [said(block) for block in draft.document.blocks] == ["Words before.", "Words after."]


def test_tagged_words_cut_between_two_marks__are_joined():
    draft = read(tagged(("P", (72, "The model needs inter-"), (72, "national work by those who know it."))))
    assert said(draft.document.blocks[0]) == "The model needs international work by those who know it."


def test_tagged_short_line_before_a_table__is_its_caption():
    table = (
        "Table",
        ("TR", ("TH", (72, "Name")), ("TH", (150, "Count"))),
        ("TR", ("TD", (72, "Radio")), ("TD", (150, "7"))),
    )
    draft = read(tagged(("H1", (72, "A part")), ("P", (72, "Forums and people")), table))
    assert kinds(draft) == [Heading, Table]
    assert text_of_runs(draft.document.blocks[1].caption) == "Forums and people"


def test_paragraphs_of_one_line__stay_apart_where_most_are():
    sheet = Sheet()
    for number in range(10, 26):
        sheet.text([f"The figures of {number} are given below."])
    for _ in range(6):
        sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    draft = read(sheet.content())
    assert len(draft.document.blocks) == 22


def test_a_note_of_the_size_of_the_text_below_a_list__does_not_end_it():
    sheet = Sheet()
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    marked(sheet, 1, "The forum wrote of it")
    sheet.y -= 8
    sheet.line("• Networks share their tools.", x=84)
    sheet.y = 90
    sheet.canvas.bookmarkHorizontalAbsolute("note1", sheet.y + 12)
    end = sheet.at(72, "1")
    sheet.canvas.linkRect("", "mark1", (72, sheet.y - 2, end, sheet.y + 9))
    sheet.at(end + 4, "Read in a report of that year.")
    sheet.page()
    sheet.line("• Small networks ask for them.", x=120)
    sheet.line("• They wait.", x=120)
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    draft = read(sheet.content())
    assert lists(draft) == [(False, [("Networks share their tools.", ["Small networks ask for them.", "They wait."])])]
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["Read in a report of that year."]


def test_cells_that_fill_their_columns__are_cells():
    sheet = Sheet()
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    end = sheet.at(72, "Networks of one kind")
    for number, x in enumerate((72, end + 10, end + 110)):
        sheet.at(x, ("Networks of one kind", "Year", "Reports")[number])
    sheet.y -= 24
    for number, x in enumerate((72, end + 10, end + 110)):
        sheet.at(x, ("Small", "2024", "35")[number])
    sheet.y -= 40
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    draft = read(sheet.content())
    [table] = [block for block in draft.document.blocks if isinstance(block, Table)]
    assert cells(table) == [["Networks of one kind", "Year", "Reports"], ["Small", "2024", "35"]]


def test_what_follows_close_below_a_caption_of_a_picture__is_not_of_it():
    sheet = Sheet()
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    sheet.y -= 60
    sheet.canvas.drawImage(picture(), 72, sheet.y, 60, 60)
    sheet.y -= 14
    sheet.line("Reports of small networks")
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"))
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph, Figure, Paragraph]
    assert text_of_runs(draft.document.blocks[1].caption) == "Reports of small networks"


# What is counted


def test_links__are_counted_once_over_two_lines():
    sheet = Sheet()
    sheet.text(["Read the report of", "the year today."])
    for top in (HEIGHT - 80, HEIGHT - 94):
        sheet.canvas.linkURL("https://example.org/report", (72, top - 14, 160, top))
    content = sheet.content()
    tally = account(read(content), pdf.words(content)).things[Thing.LINK]
    assert (tally.in_file, tally.in_draft) == (1, 1)


# Tables without rules, and tags of LibreOffice


HEADED = [(0, ((204, "yearly"), (336, "all the"))), (16.5, ((204, "figures"), (336, "reports"))),
          (16.5, ((72, "forum"), (204, "of spam"), (336, "of it")))]  # fmt: skip


def test_table_without_rules__whose_heads_of_two_lines_end_on_one__is_one_table_with_one_head():
    sheet = Sheet()
    sheet.text([SENTENCE])
    sheet.y -= 20
    body = [(21, ((72, name), (204, number), (336, "few"))) for name, number in (("One", "12"), ("Two", "14"))]
    for step, cells_of_line in [*HEADED, *body]:
        sheet.y -= step
        for x, text in cells_of_line:
            sheet.at(x, text, size=12)
    draft = read(sheet.content())
    table = next(block for block in draft.document.blocks if isinstance(block, Table))
    assert cells(table)[0] == ["forum", "yearly figures of spam", "all the reports of it"]
    assert (kinds(draft), len(table.rows)) == ([Paragraph, Table], 3)


def test_tagged_list__whose_numbers_are_in_two_pieces__is_a_numbered_list():
    """LibreOffice draws number and full stop apart where text runs from right to left."""
    items_of_it = [
        ("LI", ("LBody", ("P", (72, f"{number}"), (80, "."), (90, text)))) for number, text in ((1, "one"), (2, "two"))
    ]
    draft = read(tagged(("Document", ("L", *items_of_it))))
    assert lists(draft) == [(True, ["one", "two"])]
    assert left(draft, Reason.LIST_NUMBER) == ["1.", "2."]


def test_tagged_paragraph__whose_style_is_one_of_quotations__is_a_quotation():
    draft = read(tagged(("Document", ("P", (72, "Said.")), ("Block Text", (90, "Quoted.")))))
    assert kinds(draft) == [Paragraph, Quote]


def justified(sheet, lines, x, width, size=11.0):
    """Lines that are driven apart to fill a column; the last is not."""
    for number, line in enumerate(lines):
        words = line.split()
        spare = width - sum(sheet.canvas.stringWidth(word, "Helvetica", size) for word in words)
        gap = spare / max(len(words) - 1, 1) if number < len(lines) - 1 else 3
        at = x
        for word in words:
            at = sheet.at(at, word, size) + gap
        sheet.y -= size * 1.3


def test_three_justified_columns__are_read_one_after_the_other():
    sheet = Sheet()
    top = sheet.y
    for column in range(3):
        sheet.y = top
        words = f"{SENTENCE} They met in the town number {column} of the river and counted everything again. " * 2
        justified(sheet, wrapped(f"Column {column} begins. {words}", 24), 72 + 155 * column, 140)
    draft = read(sheet.content())
    assert kinds(draft) == [Paragraph] * 3
    texts = [text_of_runs(block.runs) for block in draft.document.blocks]
    assert [text[:15] for text in texts] == [f"Column {column} begins" for column in range(3)]
    assert all(" ".join(SENTENCE.split()) in text for text in texts)


def test_line_below_two_columns_of_the_same_height__comes_after_both():
    sheet = Sheet()
    top = sheet.y
    for column in range(2):
        sheet.y = top
        sheet.text(wrapped(f"Column {column}. {SENTENCE} {SENTENCE}", 34), x=72 + 240 * column)
    sheet.y -= 12
    sheet.line("Below both.")
    assert [text_of_runs(block.runs)[:9] for block in read(sheet.content()).document.blocks] == [
        "Column 0.", "Column 1.", "Below bot",
    ]  # fmt: skip


def test_text_below_a_table_without_rules__is_not_of_its_first_column():
    sheet = Sheet()
    for row in (("Region", "Number of"), ("", "all reports"), ("North", "12"), ("South", "7")):
        sheet.y -= 13 if not row[0] else 20
        for x, text in zip((72, 300), row, strict=True):
            sheet.at(x, text)
    sheet.y -= 20
    sheet.line("After it.")
    draft = read(sheet.content())
    assert kinds(draft) == [Table, Paragraph]
    assert cells(draft.document.blocks[0])[0] == ["Region", "Number of all reports"]


def test_sign_behind_a_link__is_not_of_it():
    sheet = Sheet()
    end = sheet.at(72, "See the page")
    sheet.canvas.linkURL("https://example.org/", (90, sheet.y - 3, end, sheet.y + 9))
    sheet.at(end, ", and more.")
    runs = read(sheet.content()).document.blocks[0].runs
    assert [(run.text, run.href) for run in runs] == [
        ("See ", ""), ("the page", "https://example.org/"), (", and more.", ""),
    ]  # fmt: skip


def test_line_set_in_below_one_that_had_room__is_a_quotation():
    sheet = Sheet()
    sheet.text(wrapped(f"{SENTENCE} {SENTENCE} {SENTENCE}"))
    sheet.line("As one of them said:")
    sheet.line("We share what we know.", x=110)
    assert kinds(read(sheet.content()))[-1] == Quote


# Bookmarks


def bookmarked(*titles: tuple[str, int]) -> bytes:
    """Titles in the type of the text, close above it, that bookmarks name with their level."""
    sheet = Sheet()
    for number, (title, level) in enumerate(titles):
        sheet.canvas.bookmarkHorizontal(f"b{number}", 72, sheet.y + 12)
        sheet.canvas.addOutlineEntry(title, f"b{number}", level)
        for line in wrapped(title, 60):
            sheet.line(line)
        sheet.text(wrapped(f"{SENTENCE} {SENTENCE}"), after=0)
    return sheet.content()


def headings(content: bytes) -> list[tuple[int, str]]:
    return [
        (one.level, text_of_runs(one.runs)) for one in pdf.read(content, "").document.blocks if isinstance(one, Heading)
    ]


def test_headings_that_only_bookmarks_name__are_headings_of_their_level_and_no_guess():
    content = bookmarked(("Aims of the forum", 0), ("Who took part", 1), ("What was found", 0))
    assert headings(content) == [(1, "Aims of the forum"), (2, "Who took part"), (1, "What was found")]
    assert not [one for one in pdf.read(content, "").findings if one.doubt == Doubt.HEADING_GUESSED]


def test_heading_over_two_lines_that_a_bookmark_names__is_one_heading():
    title = "How the keepers of lamps in many towns came to write down what they saw each month"
    assert headings(bookmarked(("Aims", 0), (title, 0))) == [(1, "Aims"), (1, title)]


def test_bookmark_that_names_words_inside_the_text__makes_no_heading_of_them():
    sheet = Sheet()
    sheet.canvas.bookmarkHorizontal("b", 72, sheet.y)
    sheet.canvas.addOutlineEntry("The forum", "b", 0)
    sheet.text(["The forum looked at lamps in many towns of the", "coast and told their keepers what it had seen."])
    assert headings(sheet.content()) == []


def test_paragraph_that_is_set_in_evenly_and_reaches_the_other_edge__is_a_quotation():
    sheet = Sheet()
    sheet.text(wrapped(SENTENCE * 3))
    sheet.text(wrapped(SENTENCE * 3, 73), x=108)
    sheet.text(wrapped(SENTENCE * 3))
    assert kinds(read(sheet.content())) == [Paragraph, Quote, Paragraph]


def test_tagged_figure_whose_picture_is_not_there__keeps_its_words_and_its_description_is_told():
    file = pikepdf.open(io.BytesIO(tagged(("P", (72, "Before.")), ("Figure", (72, "Ports by year")))))
    file.Root.StructTreeRoot.K[1].Alt = "Ports, drawn as bars"
    file.save(target := io.BytesIO())
    draft = read(target.getvalue())
    assert [said(block) for block in draft.document.blocks] == ["Before.", "Ports by year"]
    assert [(one.doubt, one.detail) for one in draft.findings] == [
        (Doubt.PICTURE_NOT_FETCHED, "Ports, drawn as bars — page 1")
    ]


@pytest.mark.parametrize(("font", "mark"), [("Helvetica-Bold", Mark.STRONG), ("Courier", Mark.CODE)])
def test_tagged_heading_in_a_font_of_its_own__is_a_heading_of_plain_words(font: str, mark: Mark):
    file = pikepdf.open(io.BytesIO(tagged(("H1", (72, "A part")), ("P", (72, "Words in bold.")))))
    file.pages[0].Resources.Font.F0.BaseFont = pikepdf.Name(f"/{font}")
    file.save(target := io.BytesIO())
    heading, paragraph = read(target.getvalue()).document.blocks
    assert isinstance(heading, Heading)
    assert not any(run.marks for run in heading.runs)
    assert all(mark in run.marks for run in paragraph.runs)
