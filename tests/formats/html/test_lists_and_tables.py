"""Lists and tables of web pages: nesting, numbers, heads, merged cells."""

from dataclasses import replace

import pytest

from editions.document.model import ListBlock, Paragraph, Table, text_of_runs
from formats import html
from formats.draft import Doubt, Thing
from formats.ledger import account
from tests.formats.html.pages import blocks, read
from tests.formats.said import cells, doubts, items, said


# Structure
def test_end_tags_left_out__items_and_cells_stay_apart():
    found = blocks("<ul><li>a<li>b<ul><li>c</ul><li>d</ul><table><tr><th>1<th>2<tr><td>3<td>4</table><p>e<p>f")
    assert items(found[0].items) == ["a", ("b", ["c"]), "d"]
    assert cells(found[1]) == [["1", "2"], ["3", "4"]]
    assert [said(block) for block in found[2:]] == ["e", "f"]


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li>a</li><li style='list-style:none'><ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul><li><div>c</div></ul>",
    ],
)
def test_list_nested_in_any_way__is_nested(text):
    assert [items(block.items) for block in blocks(text)] == [[("a", ["b"]), "c"]]


def test_table_inside_an_item__stands_after_it_and_the_list_goes_on():
    found = blocks("<ol><li>a<table><tr><th>x<th>y<tr><td>1<td>2</table><li>b</ol>")
    assert [type(block) for block in found] == [ListBlock, Table, ListBlock]
    assert [(block.ordered, items(block.items)) for block in (found[0], found[2])] == [(True, ["a"]), (False, ["2. b"])]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("<ol><li>a<li>b</ol>", []), ("<ol start=3><li>a<li>b</ol>", ["3."]), ("<ol type=a><li>a<li>b</ol>", ["a."]),
        ("<ol><li>a<li value=5>b<li>c</ol>", ["5."]), ("<ol type=i start=4><li>a</ol>", ["iv."]),
        ("<ol style='list-style-type:upper-roman'><li>a</ol>", ["I."]), ("<ul><li value=3>a</ul>", []),
    ],
)  # fmt: skip
def test_list_that_counts_otherwise__is_told(text, numbers):
    assert doubts(read(text), Doubt.LIST_NUMBERING) == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ol start=3><li>x<li>y</ol>", (False, ["3. x", "4. y"])), ("<ol><li>x<li>y</ol>", (True, ["x", "y"])),
        ("<ol type=a><li>x<li><b>y</b></ol>", (False, ["a. x", "b. y"])),
        ("<ol><li>x<li value=5>y<li>z</ol>", (False, ["1. x", "5. y", "6. z"])),
        ("<ol><li>x<ol type=i><li>y</ol></ol>", (True, [("x", ["i. y"])])),
        ("<ol style='list-style:none' start=4><li>x</ol>", (True, ["x"])),
    ],
)  # fmt: skip
def test_list_that_counts_otherwise__has_the_numbers_of_the_file_in_its_text(text, expected):
    [block] = blocks(text)
    assert (block.ordered, items(block.items)) == expected


def test_merged_cells__shift_nothing():
    draft = read(
        "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>x<td>1<td>2<tr><td>Radio<td>7<tr><td colspan=2>y<td>9</table>"
    )
    assert cells(draft.document.blocks[0]) == [["A", "B", "C"], ["x", "1", "2"], ["", "Radio", "7"], ["y", "", "9"]]
    assert len(doubts(draft, Doubt.MERGED_CELLS)) == 1


def test_rowspan_of_a_million__is_no_million_cells():
    assert cells(blocks("<table><tr><th>a<th>b<tr><td rowspan=1000000 colspan=999>c<td>d</table>")[0])[1][0] == "c"


def test_table__with_head_caption_and_row_heads():
    draft = read("<table><caption>Numbers</caption><thead><tr><th>A<th>B<tbody><tr><th>x<td>1<tr><th>y<td>2</table>")
    table = draft.document.blocks[0]
    assert (text_of_runs(table.caption), table.header_rows, table.header_column) == ("Numbers", 1, True)
    assert not draft.findings


def test_table_without_heads__takes_the_first_row_and_says_so():
    draft = read("<table><tr><td>A<td>B<tr><td>1<td>2</table>")
    assert draft.document.blocks[0].header_rows == 1
    assert len(doubts(draft, Doubt.HEADINGS_FROM_FIRST_ROW)) == 1


def test_table_in_a_table__becomes_text_of_its_cell():
    found = blocks(
        "<table><tr><th>A<th>B<tr><td>x<td><table><tr><td>1<td>2<tr><td>3<td>4</table><tr><td>p<td>q</table>"
    )
    assert cells(found[0])[1] == ["x", "1 | 2\n3 | 4"]


def test_terms_and_meanings__are_items():
    assert items(blocks("<dl><dt>Term<dd>Sense<dd>Other<dt>Next<dd>Last</dl>")[0].items) == [
        ("Term", ["Sense", "Other"]),
        ("Next", ["Last"]),
    ]


def test_list_at_the_end__stays_one_where_its_numbers_are_marked_otherwise():
    draft = read("<p>Words<sup>1</sup> of 10<sup>2</sup>.</p><ol><li>one</li><li>two</li></ol>")
    assert not draft.document.notes
    assert [type(block) for block in draft.document.blocks] == [Paragraph, ListBlock]


@pytest.mark.parametrize(
    ("attributes", "told"), [("reversed", ["3."]), ("reversed start=9", ["9."]), ("start=4", ["4."]), ("start=1", [])]
)
def test_numbers_a_list_counts_otherwise__are_told(attributes, told):
    draft = read(f"<p>Before.</p><ol {attributes}><li>a</li><li>b</li><li>c</li></ol><p>Behind.</p>")
    assert doubts(draft, Doubt.LIST_NUMBERING) == told


def test_paragraph_that_begins_as_captions_do__is_one_beside_its_table__not_a_sentence_about_it():
    table = "<table><tr><td>a<td>b</table>"
    found = blocks(f"<p><i>Table 2: Costs</i></p>{table}<p>x</p><p>Table 3 shows the rest.</p>{table}")
    assert [type(block) for block in found] == [Table, Paragraph, Paragraph, Table]
    assert found[0].caption == (replace(found[0].caption[0], text="Table 2: Costs", marks=frozenset()),)


def test_merged_cell__is_told_with_its_words():
    draft = read("<table><tr><th>a<th>b<tr><td colspan=2>Both of them</table>")
    assert doubts(draft, Doubt.MERGED_CELLS) == ["Both of them"]


def test_boxes_to_tick__say_whether_they_are_ticked():
    found = blocks("<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul><p><input type=text>x")
    assert (items(found[0].items), said(found[1])) == (["☒ done", "☐ open"], "x")


def test_items_in_a_cell__are_lines_of_it_and_none_is_called_lost():
    content = b"<ul><li>a<li>b</ul><table><tr><th>A<th>B<tr><td><ul><li>c<li>d</ul><td>e</table><ul><li>f</ul>"
    items_of_it = account(html.read(content, "a.html"), html.words(content)).things[str(Thing.LIST_ITEM)]
    assert (items_of_it.in_file, items_of_it.in_draft) == (3, 3)
