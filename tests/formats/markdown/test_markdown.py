"""Markdown as it is written on mailing lists, wikis and code hosts."""

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editions.document.model import Heading, ListBlock, Mark, Paragraph, Quote, Table, text_of_runs
from formats import markdown
from formats.draft import Doubt, Reason, UnreadableFile
from tests.examples import examples
from tests.formats.accounting import unaccounted
from tests.formats.blocks import blocks
from tests.formats.said import cells, doubts, items, left, said


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    draft = markdown.read(content, "file.md")
    assert unaccounted(markdown.words(content), draft) == ""
    return draft


TEXT = """---
title: "Shared routes"
author: Ann Writer
date: 2025-11-20
lang: en-GB
tags: [a, b]
---

Aims
====

Plain, **strong words** and *slanted words* with a note[^n] and a [link](https://example.org/a?b=1 "Title").
Second line\\
third line.

* outer one
    * inner of outer one
* outer two

Between.

3. third
4. fourth

| Name  | Count |
|-------|------:|
| Radio | 7     |

> Words of another
> on two lines

```python
code  here
```

[^n]: The text of the note,

    with two paragraphs.
"""


def test_markdown__gives_what_its_author_means():
    draft = read(TEXT)
    document = draft.document
    assert (document.title, draft.language, draft.author) == ("Shared routes", "en-GB", "Ann Writer")
    assert draft.written_at == datetime(2025, 11, 20, tzinfo=UTC)
    assert [type(block) for block in document.blocks] == [
        Heading, Paragraph, ListBlock, Paragraph, ListBlock, Table, Quote, Paragraph,
    ]  # fmt: skip
    assert {run.text for run in document.blocks[1].runs if Mark.STRONG in run.marks} == {"strong words"}
    assert said(document.blocks[1]).endswith("Second line\nthird line.")
    assert items(document.blocks[2].items) == [("outer one", ["inner of outer one"]), "outer two"]
    assert cells(document.blocks[5]) == [["Name", "Count"], ["Radio", "7"]]
    assert said(document.blocks[7]) == "code  here"
    assert [text_of_runs(note.runs) for note in document.notes] == ["The text of the note,\nwith two paragraphs."]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["3."]
    assert {left.reason for left in draft.left_out} == {Reason.METADATA}


def test_note_marked_twice__is_one_note():
    document = read("a[^1] b[^1]\n\n[^1]: Note words.\n").document
    assert [text_of_runs(note.runs) for note in document.notes] == ["Note words."]
    assert [run.note for run in document.blocks[0].runs if run.note] == [document.notes[0].key] * 2


def test_note_without_a_mark__stays_in_the_text():
    assert [said(block) for block in read("a\n\n[^x]: Lost words.\n").document.blocks] == ["a", "[^x]: Lost words."]


def test_note_defined_twice__loses_neither():
    document = read("a[^x]\n\n[^x]: One.\n\n[^x]: Two.\n").document
    assert "One." in str(document)
    assert "Two." in str(document)


def test_first_heading_with_others_below__is_the_title():
    draft = read("# The whole\n\n## Part\n\ntext\n")
    assert draft.document.title == "The whole"
    assert [block.level for block in draft.document.blocks if isinstance(block, Heading)] == [1]


def test_raw_html__follows_the_rules_of_html():
    draft = read(
        "a <span hidden>secret</span> b <b>c</b>\n\n<!-- remark -->\n\n<div style='display:none'>\n\nmore\n\n</div>\n"
    )
    assert said(draft.document.blocks[0]) == "a b c"
    assert left(draft, Reason.HIDDEN) == ["secret", "more"]
    assert left(draft, Reason.COMMENT) == ["remark"]


def test_title_block_of_pandoc__is_what_it_says():
    draft = read("% Shared routes\n% Ann Writer\n% 2025-11-20\n\ntext\n")
    assert (draft.document.title, draft.author, said(draft.document.blocks[0])) == (
        "Shared routes",
        "Ann Writer",
        "text",
    )


def test_charset_not_declared__is_guessed_and_told():
    draft = markdown.read("# Доклад\n\nПервый абзац доклада о лучших практиках.".encode("koi8-r"), "x.md")
    assert doubts(draft, Doubt.ENCODING) == ["koi8-r"]
    assert said(draft.document.blocks[1]) == "Первый абзац доклада о лучших практиках."


@pytest.mark.parametrize("piece", [">", "- ", "* a\n ", "[", "*a **b ", "![", "`", "<b>", "1. "])
def test_ten_thousand_levels__are_read_or_refused(piece):
    try:
        read(piece * 10_000 + "x")
    except UnreadableFile:
        pytest.fail("a text is never unreadable")


PIECES = st.sampled_from(
    ["# ", "## ", "\n", "\n\n", "* ", "1. ", "> ", "    ", "```\n", "`", "*", "**", "_", "[", "](http://e.org)", "[^1]", "\n[^1]: ",
     "| a | b |\n|---|---|\n| c | d |\n", "<b>", "</b>", "<!-- c -->", "<div hidden>\n", "word ", "слово ", "---\n", "===\n", "~~", "&amp;",
     "![alt](x.png)", "\\", ": term\n", "<", "1) "]
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
@example("* <!-- c --><![alt](x.png)\n[^1]: ")  # a comment that nobody began took the tags behind it
def test_any_markdown__loses_no_word(text):
    read(text)


@settings(max_examples=examples(100), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read(content):
    read(content)


@pytest.mark.parametrize(
    ("text", "expected", "told"),
    [
        ("+---+---+\n| A | B |\n+===+===+\n| *c* | d |\n| e |   |\n+---+---+\n", [("table", "", ("A", "B"), ("c e", "d"))], ""),
        ("[TOC]\n\nWords.", ["Words."], "[TOC]"), ("[[_TOC_]]\n\nWords.", ["Words."], "[[_TOC_]]"),
        ("> [!NOTE]\n> Mind *this*.\n>\n> - a\n\nWords.", ["Mind this.", ("ul", "a"), "Words."], "[!NOTE]"),
        ('!!! warning "Take care"\n    Mind this.\n\n    - a\n\nWords.\n\n# H', ["Take care", "Mind this.", ("ul", "a"), "Words.", ("h1", "H")], "!!! warning"),
        ("> [!NOTE]\n> !!! tip\n>     Mind this.\n\nWords.", ["Mind this.", "Words."], "[!NOTE] !!! tip"),
        ("::: tip\nMind this.\n:::\nWords.", ["Mind this.", "Words."], "::: tip"),
        ("::: {.box #a}\n::: inner\nMind.\n:::\n:::", ["Mind."], "::: {.box #a} ::: inner"),
        ("Words\n\n## Head {#id .c}\n\nSet {.x}\n===", ["Words", ("h2", "Head"), ("h1", "Set")], "{#id .c} {.x}"),
        ("A [b](https://example.org){.ext} and [c]{.small} d.\n{: .lead}", ["A b and c d."], "{.ext} {.small} {: .lead}"),
        ("x^2^ and H~2~O, ~~gone~~ stays.", ["x2 and H2O, gone stays."], ""),
        ("Some ==marked *words*== here, a == b and c==d or e==f.", ["Some marked words here, a == b and c==d or e==f."], ""),
        ("| a | b |\n|---|---|\n| c | d | *e* | f \\| g |\n\n> | a |\n> |---|\n> | b | c |", [("table", "", ("a", "b"), ("c", "d | e | f | g")), ("table", "", ("a",), ("b | c",))], ""),
        ("+-----+\n| One |\n+=====+\n| two |\n+-----+\n", [("table", "", ("One",), ("two",))], ""),
        ("See [[Other page|that page]] and [[Third]].", ["See that page and Third."], ""),
        ("```\n[TOC]\n> [!NOTE]\n```\n\n`[[a|b]]` and `{#x}` {curly}", ["[TOC]\n> [!NOTE]", "[[a|b]] and {#x} {curly}"], ""),
    ],
)  # fmt: skip
def test_marks_of_other_dialects__become_what_they_mean_or_are_told(text, expected, told):
    draft = read(text)
    assert blocks(draft.document) == expected
    assert " ".join(left(draft, Reason.CONTENTS_LIST) + left(draft, Reason.METADATA)) == told


def test_wiki_link_and_raised_letters__are_links_and_letters():
    draft = read("See [[Other page|that page]], x^n^ and H~2~O, ~~gone~~.")
    assert doubts(draft, Doubt.LINK_LEFT_OUT) == ["Other page"]
    marks = {run.text: run.marks for run in draft.document.blocks[0].runs if run.marks}
    assert marks == {"2": {Mark.SUBSCRIPT}, "n": {Mark.SUPERSCRIPT}, "gone": {Mark.DELETED}}


def test_marks_of_editors__are_reviewed_changes_and_remarks():
    draft = read("We {++also ++}met {--twice--}{>>really?<<} in {~~May~>*June*~~} {==here==}, `{--code--}`.")
    assert blocks(draft.document) == ["We also met in June here, {--code--}."]
    assert left(draft, Reason.DELETION) == ["twice", "May"]
    assert left(draft, Reason.COMMENT) == ["really?"]


@pytest.mark.parametrize("piece", ["![", "![[", "[^", "^[", "![a](b"])
def test_brackets_without_end__cost_little(piece):
    before = process_time()
    read(piece * 5_000)
    assert process_time() - before < 4  # 7 s and more, and four times that for twice as many, when each was looked for


def test_front_matter_in_toml():
    draft = read('+++\ntitle = "Shared routes"\ndate = 2025-11-20\nauthors = ["Ann", "Bob"]\n+++\n\nWords.')
    assert (draft.document.title, draft.author, blocks(draft.document)) == ("Shared routes", "Ann, Bob", ["Words."])
    assert draft.written_at == datetime(2025, 11, 20, tzinfo=UTC)


def test_simple_table__whose_columns_are_set_right__is_one():
    found = read(
        "Text\n\n   Region   Reports\n  ------- ---------\n    North     1,204\n    South   98 | 99\n\nEnd.\n"
    ).document
    assert [type(block) for block in found.blocks] == [Paragraph, Table, Paragraph]
    assert cells(found.blocks[1]) == [["Region", "Reports"], ["North", "1,204"], ["South", "98 | 99"]]


def test_table_of_several_lines__has_rows_that_empty_lines_part():
    text = (
        "-------------------------------\n Region    What the\n           forum found\n--------- ---------------------\n"
        " North    Few reports, and\n          late ones.\n\n South    None.\n-------------------------------\n"
    )
    assert cells(read(text).document.blocks[0]) == [
        ["Region", "What the forum found"], ["North", "Few reports, and late ones."], ["South", "None."],
    ]  # fmt: skip


def test_table_without_head__stands_between_two_lines_of_dashes():
    found = read("------ ----\n2097   12\n2098   7\n------ ----\n\nEnd.\n").document
    assert cells(found.blocks[0])[-2:] == [["2097", "12"], ["2098", "7"]]


@pytest.mark.parametrize(
    "text",
    ["Title\n--- ---\ntext", "a\n\n-- --\n\nb", "Words that run on over it\n------- ------ ------\nmore of them\n"],
)
def test_dashes_that_no_columns_stand_below__are_no_table(text):
    assert not any(isinstance(block, Table) for block in read(text).document.blocks)


def test_items_counted_through_a_text__have_their_numbers():
    draft = read("(@)  Shared routes.\n(@tools)  Tools.\n\nAs (@tools) shows.\n\n```\n(@tools)\n```\n\n(@)  Figures.\n")
    lists = [block for block in draft.document.blocks if isinstance(block, ListBlock)]
    assert [(block.ordered, items(block.items)) for block in lists] == [
        (True, ["Shared routes.", "Tools."]),
        (False, ["3. Figures."]),
    ]
    assert said(draft.document.blocks[1]) == "As (2) shows."
    assert left(draft, Reason.LIST_NUMBER) == ["(@)", "(@tools)", "(@)"]


def test_somebody_named_in_brackets__is_no_item():
    draft = read("(@ann) wrote of shared routes.\n")
    assert said(draft.document.blocks[0]) == "(@ann) wrote of shared routes."


@pytest.mark.parametrize(
    ("written", "said"),
    [("The load is $a^2+b^2$ or $x_1*y*z$.", "The load is $a^2+b^2$ or $x_1*y*z$."),
     ("$$ a^2 + b^2 $$", "$$ a^2 + b^2 $$"), ("From $5 to *about* $6.", "From $5 to about $6."),
     (r"From \$5 *to* 6\$.", "From $5 to 6$.")],
)  # fmt: skip
def test_formula__stays_as_it_was_written_and_a_price_is_none(written, said):
    assert text_of_runs(read(written).document.blocks[0].runs) == said
