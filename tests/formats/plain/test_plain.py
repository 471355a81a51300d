"""Plain text as it is copied from PDFs, cut by mail programs, or typed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.document.model import Heading, ListBlock, Paragraph, Quote, Table, text_of_runs
from formats import plain as plain_text
from formats.draft import Doubt, Reason, Thing
from formats.reading import read as formats_read
from tests.examples import examples
from tests.formats.accounting import lost_letters, unaccounted
from tests.formats.said import doubts, items, left, said

CASES = Path(__file__).parent.parent / "cases"


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    draft = plain_text.read(content, "file.txt")
    assert unaccounted(plain_text.words(content), draft) == ""
    return draft


def shape(draft):
    return [
        items(block.items) if isinstance(block, ListBlock) else (block.level, said(block)) if isinstance(block, Heading) else said(block)
        for block in draft.document.blocks
    ]  # fmt: skip


def test_case_23__text_copied_from_a_pdf():
    draft = read((CASES / "23-from-pdf.txt").read_bytes())
    assert shape(draft) == [
        "The multistakeholder model needs international cooperation and financial office supporting it.",
        ["first point", "second point"], ["number one", "number two"], "Short line of a poem",
    ]  # fmt: skip
    assert [block.ordered for block in draft.document.blocks if isinstance(block, ListBlock)] == [False, True]
    assert doubts(draft, Doubt.WORDS_JOINED) == [
        "inter-/national → international",
        "co-/operation → cooperation",
        "support‐/ing → supporting",
    ]
    assert left(draft, Reason.LIST_NUMBER) == ["1.", "2."]


def test_case_19__stays_as_it_is():
    draft = read((CASES / "19-folded-escape.txt").read_bytes())
    assert len(draft.document.blocks) == 1


def test_hyphen_of_a_word_that_has_one_elsewhere__stays():
    draft = read("A policy-maker and a policy-\nmaker, an ICT-\nbased thing and inter-\nnational law.")
    assert shape(draft) == ["A policy-maker and a policy-maker, an ICT-based thing and international law."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\n=====\n\nPart\n----\ntext", [(1, "Part"), "text"]), ("# A\n\n## B\n\ntext", [(1, "B"), "text"]),
        ("text\n\n4.2.3 Title of it\n\nmore", [*["text", (1, "Title of it")][:1], (1, "4.2.3 Title of it"), "more"]),
        ("1 Introduction\n\ntext\n\n1.1 Scope\n\ntext\n\n1.2 Method\n\ntext", None),
        ("SUMMARY OF FINDINGS\n\ntext here", [(1, "SUMMARY OF FINDINGS"), "text here"]),
        ("Annex A Contributors\n\ntext here", [(1, "Annex A Contributors"), "text here"]),
        ("In 2015 we met.\n\n4.2 million people came to it.", ["In 2015 we met.", "4.2 million people came to it."]),
    ],
)  # fmt: skip
def test_headings(text, expected):
    draft = read(text)
    if expected is None:
        assert [block.level for block in draft.document.blocks if isinstance(block, Heading)] == [1, 2, 2]
        assert draft.document.title == ""
    else:
        assert shape(draft) == expected


def test_guessed_heading__is_told():
    assert doubts(read("text\n\n4.2.3 Title of it\n\nmore"), Doubt.HEADING_GUESSED) == ["4.2.3 Title of it"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• a\n• b", [["a", "b"]]), ("- a\n- b\n  more of b\n- c", [["a", "b more of b", "c"]]),
        ("* a\n\n* b", [["a", "b"]]), ("– a\n– b", [["a", "b"]]), ("1) a\n2) b", [["a", "b"]]), ("(a) x\n(b) y", [["(a) x", "(b) y"]]),
        ("• a\n  ◦ b\n• c", [[("a", ["b"]), "c"]]), ("• a\n◦ b\n• c", [[("a", ["b"]), "c"]]),
        ("1. a\n   a) x\n   b) y\n2. b", [[("a", ["a) x", "b) y"]), "b"]]), ("1. a\n\n2. b\n\n3. c", [["a", "b", "c"]]),
        ("We need:\n- a\n- b", ["We need:", ["a", "b"]]), ("The year\n12. was it", ["The year 12. was it"]),
        ("1. a\n2. b\n\n1. c", [["a", "b"], ["c"]]),
        ("1.  one\n    a.  in it\n    b.  too\n2.  two", [[("one", ["a. in it", "b. too"]), "two"]]),
    ],
)  # fmt: skip
def test_lists(text, expected):
    assert shape(read(text)) == expected


def test_text_after_a_list__is_of_its_item_only_where_it_stands_below_its_words():
    draft = read("-   one\n-   two\n\n  A text set in a little.\n\n-   three\n\n    More of three.\n")
    assert shape(draft) == [["one", "two"], "A text set in a little.", ["three More of three."]]


def test_list_that_begins_at_three__is_told():
    assert doubts(read("3. a\n4. b"), Doubt.LIST_NUMBERING) == ["3."]


def test_letters__are_told():
    assert doubts(read("a) x\nb) y"), Doubt.LIST_NUMBERING) == ["a)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. a\n4. b", (False, ["3. a", "4. b"])), ("a) x\nb) y", (False, ["a) x", "b) y"])),
        ("1. a\n2. b", (True, ["a", "b"])),
    ],
)  # fmt: skip
def test_list_that_counts_otherwise__has_the_numbers_of_the_file_in_its_text(text, expected):
    draft = read(text)
    [block] = draft.document.blocks
    assert (block.ordered, [text_of_runs(item.runs) for item in block.items]) == expected
    assert bool([left for left in draft.left_out if left.reason == Reason.LIST_NUMBER]) == block.ordered


def test_words_in_brackets__are_no_roman_numerals():
    assert shape(read("(vic) is a state\n\n(mix) of both")) == ["(vic) is a state", "(mix) of both"]


@pytest.mark.parametrize("form", ["{})", "({})", "{}."])
def test_roman_numerals__number_a_list(form):
    lines = [f"{form.format(sign)} item {place}" for place, sign in enumerate(["i", "ii", "iii", "iv", "v", "vi"], 1)]
    assert shape(read("\n".join(lines))) == [lines]


def test_the_letter_i__goes_on_with_letters():
    letters = "abcdefghijk"
    assert shape(read("\n".join(f"({letter}) item {letter}" for letter in letters))) == [
        [f"({letter}) item {letter}" for letter in letters]
    ]


SAID = ["Openness comes first", "Trust is built slowly", "Measures differ widely", "Forums met again"]
PAGES = "\x0c".join(f"Best Practice Forum\n\n{said}\nand so on.\n\n{n}\n" for n, said in enumerate(SAID, 1))


def test_pages__running_heads_go_and_anchors_stay():
    draft = read(PAGES)
    assert shape(draft) == [f"{said} and so on." for said in SAID]
    assert draft.pages == ("b1", "b2", "b3", "b4")
    assert left(draft, Reason.RUNNING_HEAD)[:2] == ["Best Practice Forum", "1"]


def test_contents_list_with_leaders__is_left_out():
    draft = read("Intro ........ 1\nScope ........ 2\nMethod ....... 10\n\ntext")
    assert shape(draft) == ["text"]
    assert len(left(draft, Reason.CONTENTS_LIST)) == 3


def test_text_without_any_empty_line__is_parted():
    text = "\n".join(
        "This is a sentence of the report that goes on for a while and ends here. " * 2 for _ in range(1800)
    )
    draft = read(text)
    assert len(text) > 250_000
    assert len(draft.document.blocks) > 50
    assert max(len(said(block)) for block in draft.document.blocks) <= 3000


def test_one_line_a_paragraph__is_a_paragraph_a_line():
    line = "A long paragraph of words that its program did not cut at all because it never does so. " * 4
    assert len(read(f"{line}\n{line}\n{line}").document.blocks) == 3


def test_paragraphs_by_indent():
    text = "   First line of it goes here and\nthen on to the next one.\n   Second begins here with its\nown lines."
    assert len(read(text).document.blocks) == 2


def test_quoted_lines__are_a_quotation():
    assert isinstance(read("> words of\n> another").document.blocks[0], Quote)


def test_chinese_lines__join_without_a_space():
    assert shape(read("论坛讨论了最佳\n做法。")) == ["论坛讨论了最佳做法。"]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_charset__gives_its_letters(charset):
    text = "Лучшие практики обсуждались на форуме."
    assert shape(
        read(text.encode(charset)) if charset.startswith("utf") else plain_text.read(text.encode(charset), "x")
    ) == [text]


PIECES = st.sampled_from(
    ["\n", "\n\n", "• ", "◦ ", "- ", "1. ", "2. ", "a) ", "(iv) ", "# ", "===\n", "---\n", "    ", "\x0c", "word", "inter-\n", "4.2 Title\n",
     " . . . . . 3\n", "слово ", "ﬁ", "> ", "TITLE\n", ".", " "]
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_lines__lose_no_letter(text):
    draft = plain_text.read(text.encode(), "file.txt")
    assert lost_letters(list(plain_text.words(text.encode())), draft) == ""
    assert all(isinstance(block, Heading | Paragraph | ListBlock | Quote) for block in draft.document.blocks)


@settings(max_examples=examples(100), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read(content):
    read(content)


@pytest.mark.parametrize(
    ("text", "rows", "heads"),
    [
        ("Name\tCount\nRadio\t7\nPress\t", [["Name", "Count"], ["Radio", "7"], ["Press", ""]], 1),
        ("| Name | Count |\n|:-----|------:|\n| Radio | 7 |", [["Name", "Count"], ["Radio", "7"]], 1),
        ("Name | Count\n-----+------\nRadio | 7", [["Name", "Count"], ["Radio", "7"]], 1),
        ("┌──────┬───┐\n│ Name │ N │\n├──────┼───┤\n│ Radio│ 7 │\n│ Press│ 8 │\n└──────┴───┘", [["Name", "N"], ["Radio", "7"], ["Press", "8"]], 1),
        ("+-------+---+\n| Name  | N |\n+=======+===+\n| Radio | 7 |\n| waves |   |\n+-------+---+\n| Press | 8 |\n+-------+---+", [["Name", "N"], ["Radio waves", "7"], ["Press", "8"]], 1),
        ("╔═══╦═══╗\n║ a ║ b ║\n╠═══╬═══╣\n║ c ║ d ║\n╚═══╩═══╝", [["a", "b"], ["c", "d"]], 1),
    ],
)  # fmt: skip
def test_typed_table__is_a_table(text, rows, heads):
    block = read(f"Before it.\n\n{text}\n\nBehind it.").document.blocks[1]
    assert [[text_of_runs(cell) for cell in row.cells] for row in block.rows] == rows
    assert block.header_rows == heads


@pytest.mark.parametrize("text", ["•\tone\n•\ttwo", "1.\tone\n2.\ttwo", "\tSet in by a tab\n\tand so on."])
def test_tabs_behind_signs_of_lists__make_no_table(text):
    assert not any(isinstance(block, Table) for block in read(text).document.blocks)


@pytest.mark.parametrize(
    ("text", "words", "href"),
    [
        ("See https://example.org/a_(b). Then", "https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("(www.example.org/a)", "www.example.org/a", "https://www.example.org/a"),
        ("Write to ann@example.org, soon", "ann@example.org", "mailto:ann@example.org"),
        ("See https://example.org/policy-\nmaker/x and", "https://example.org/policy-maker/x", "https://example.org/policy-maker/x"),
        ("See <https://example.org/long\nwords> and", "https://example.org/longwords", "https://example.org/longwords"),
        ("See https://example.org/\nfor more", "https://example.org/", "https://example.org/"),
        ("见https://example.org/a。", "https://example.org/a", "https://example.org/a"),
    ],
)  # fmt: skip
def test_typed_address__is_a_link__also_where_a_line_end_cut_it(text, words, href):
    runs = read(text).document.blocks[0].runs
    assert [(run.text, run.href) for run in runs if run.href] == [(words, href)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. Introduction\n\ntext\n\nII. Method used\n\ntext", [(1, "I. Introduction"), "text", (1, "II. Method used"), "text"]),
        ("（一）加强合作；\n（二）推动发展。", [["（一）加强合作；", "（二）推动发展。"]]),
        ("一、加强合作；\n二、推动发展。", [["一、加强合作；", "二、推动发展。"]]),
        ("一、背景\n\n案文。\n\n二、建议\n\n案文。", [(1, "一、背景"), "案文。", (1, "二、建议"), "案文。"]),
        ("1、加强合作；\n2、推动发展。", [["加强合作；", "推动发展。"]]),
        ("1）加强合作；\n2）推动发展。", [["加强合作；", "推动发展。"]]),
        ("（1）加强合作；\n（2）推动发展。", [["加强合作；", "推动发展。"]]),
    ],
)  # fmt: skip
def test_numerals_of_other_scripts(text, expected):
    assert shape(read(text)) == expected


def test_notes_at_the_end__are_notes_where_the_text_marks_them():
    draft = read("First words [1] and more [1, 2].\n\nLast.\n\n[1] Ann, p. 3.\n[2] https://example.org/a on\ntwo lines")
    assert shape(draft) == ["First words and more.", "Last."]
    assert [text_of_runs(note.runs) for note in draft.document.notes] == [
        "Ann, p. 3.",
        "https://example.org/a on two lines",
    ]
    one, two = (note.key for note in draft.document.notes)
    assert [run.note for run in draft.document.blocks[0].runs if run.note] == [one, one, two]
    assert shape(read("Words.\n\n[1] Ann, p. 3.\n[2] Bob, p. 4.")) == ["Words.", "[1] Ann, p. 3.", "[2] Bob, p. 4."]


def test_notes_marked_by_raised_digits__are_notes_and_powers_are_not():
    text = "We met twice.¹ A report², read by many.¹,³ Of 5 m² and 3 cm³: E = mc².\n\n¹ In Oslo.\n² See the annex\non page 3.\n³Last."
    draft = read(text)
    assert shape(draft) == ["We met twice. A report, read by many. Of 5 m² and 3 cm³: E = mc²."]
    assert [text_of_runs(note.runs) for note in draft.document.notes] == [
        "In Oslo.",
        "See the annex on page 3.",
        "Last.",
    ]
    one, two, three = (note.key for note in draft.document.notes)
    assert [run.note for run in draft.document.blocks[0].runs if run.note] == [one, two, one, three]
    assert len(shape(read("Words¹ here.\n\n¹ Ann.\n\n² Bob."))) == 3  # one is marked nowhere


@pytest.mark.parametrize(
    ("text", "heads", "column"), [("1\tRadio\n2\tPress", 0, False), ("From:\tAnn\nTo:\tBob", 0, True)]
)
def test_first_row_of_a_typed_table__is_its_head_only_where_it_names_columns(text, heads, column):
    table = read(f"Text.\n\n{text}").document.blocks[1]
    assert (table.header_rows, table.header_column) == (heads, column)


@pytest.mark.parametrize(
    ("content", "links", "bulleted"),
    [
        ("See https://example.org/a, www.example.org and a@example.org.\n\n • one\n • two https://e.example/\n", 4, 2),
        ("Head https://h.example\n\none\x0cHead https://h.example\n\ntwo\x0cHead https://h.example\n\nthree\n", 3, 0),
        ("https://example.org/long/\npath-more/x.html, and no more.\n\n* a\n* b\n", 1, 0),
    ],
)
def test_addresses_and_bullets__are_counted_in_the_file_and_none_is_lost(content, links, bulleted):
    _draft, ledger = formats_read("file.txt", content.encode())
    link, item = ledger.things[str(Thing.LINK)], ledger.things[str(Thing.LIST_ITEM)]
    assert (link.in_file, link.in_draft + link.told) == (links, links)
    assert item.in_file == bulleted <= item.in_draft


def test_numbers_of_headings__with_a_paragraph_below_each():
    draft = read("1. Aims\n\nThe forum met in March.\n\n2. Findings\n\nMany networks wait for tools.\n")
    assert shape(draft) == [
        (1, "1. Aims"),
        "The forum met in March.",
        (1, "2. Findings"),
        "Many networks wait for tools.",
    ]
    assert doubts(draft, Doubt.HEADING_GUESSED) == ["1. Aims", "2. Findings"]


@pytest.mark.parametrize(
    "text",
    ["1. Aims\n\n2. Findings\n", "1. Aims\n\n   The forum met in March.\n", "1. We met in March.\n\nIt rained.\n"],
)
def test_numbers_of_items__that_follow_each_other_or_end_as_sentences(text):
    assert any(isinstance(block, ListBlock) for block in read(text).document.blocks)


def test_signs_of_control__part_no_words():
    assert shape(read("B\x00A\tB")) == ["BA B"]


MEMORANDUM = """Abstract

   This text says what routes are and
   how they were found.

1.  Introduction

   Words of the first part, which go on
   over two lines.

   o  one thing
      that goes on

   o  another

2.  Security

   Nothing is said of it, and that is
   all there is.
"""


def test_memorandum_whose_text_stands_in__has_the_headings_that_do_not_and_its_bullets():
    assert shape(read(MEMORANDUM)) == [
        (1, "Abstract"), "This text says what routes are and how they were found.",
        (1, "1. Introduction"), "Words of the first part, which go on over two lines.",
        ["one thing that goes on", "another"],
        (1, "2. Security"), "Nothing is said of it, and that is all there is.",
    ]  # fmt: skip


def test_list_whose_items_have_further_paragraphs__is_no_row_of_headings():
    draft = read("1. First we do this.\n\n   And more of it.\n\n2. Then that.\n\n   And more,\n   over lines.\n")
    assert not [block for block in draft.document.blocks if isinstance(block, Heading)]
