"""A neutral document written for the editor and read back is the same document."""

from dataclasses import replace

import pytest

from bpf_pages.conversion import rich_text
from bpf_pages.conversion.splitting_long_texts import SPLIT_AT
from bpf_pages.importing.parts import Grid, Picture, Quotation, Text, body_of
from editions.document.model import (
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
)


def runs(text: str, **more) -> tuple[Run, ...]:
    return (Run(text, **more),)


def document(*blocks, notes=()) -> Document:
    return Document("T", "en", blocks, notes=notes)


RICH = (
    Heading("b1", 1, runs("Aims & means")),
    Paragraph(
        "b2",
        (
            Run("Plain "), Run("bold", frozenset([Mark.STRONG])), Run(" and "),
            Run("both", frozenset([Mark.STRONG, Mark.EMPHASIS])), Run(" 5 < 6 "),
            Run("here", href="https://example.org/?a=1&b=2"), Run(" en français", language="fr"), Run("", note="n1"),
            Run(" end."),
        ),
    ),
    ListBlock("b3", True, (Item("b4", runs("one"), (Item("b5", runs("sub")),)), Item("b6", runs("two")))),
    Heading("b7", 2, runs("Part")),
    Paragraph("b8", runs("Two\nlines")),
)  # fmt: skip
NOTE = Note("n1", (Run("See "), Run("it", frozenset([Mark.EMPHASIS]))))


def without_keys(blocks):
    match blocks:
        case tuple():
            return tuple(map(without_keys, blocks))
        case Item():
            return replace(blocks, key="", items=without_keys(blocks.items), runs=without_keys(blocks.runs))
        case ListBlock():
            return replace(blocks, key="", items=without_keys(blocks.items))
        case Heading() | Paragraph():
            return replace(blocks, key="", runs=without_keys(blocks.runs))
        case Run():
            return replace(blocks, note="n" if blocks.note else "")
    return blocks


def test_running_text__is_read_back_as_it_was():
    body = body_of(document(*RICH, notes=(NOTE,)))
    assert [type(part) for part in body.parts] == [Text]
    blocks, notes = rich_text.blocks(body.parts[0].html, "k")
    assert without_keys(blocks) == without_keys(RICH)
    assert [note.runs for note in notes] == [NOTE.runs]


def test_table_figure_and_quotation__stand_by_themselves_with_their_places():
    rows = (Row("b2", (runs("Name"), runs("No."))), Row("b3", (runs("A"), ())))
    body = body_of(
        document(
            Paragraph("b1", runs("before")),
            Table("b4", runs("A caption"), rows, 1, True),
            Figure("b5", "p1.png", "A chart", runs("Fig. 1"), 0, 0),
            Quote("b6", runs("Said\nso"), runs("A person")),
            Paragraph("b7", runs("after")),
        )
    )
    assert body.parts == (
        Text("<p>before</p>"),
        Grid("A caption", ("Name", "No."), (("<p>A</p>", ""),), True),
        Picture("p1.png", "A chart", "Fig. 1"),
        Quotation("<p>Said</p><p>so</p>", "A person"),
        Text("<p>after</p>"),
    )
    assert body.places == {"b1": (0, 0), "b4": (1, 0), "b5": (2, 0), "b6": (3, 0), "b7": (4, 0)}


def test_several_head_rows__become_one_without_doubles():
    rows = (
        Row("r", (runs("2015"), runs("2015"))),
        Row("s", (runs("in"), runs("out"))),
        Row("t", (runs("1"), runs("2"))),
    )
    (grid,) = body_of(document(Table("b", (), rows, 2))).parts
    assert grid.headings == ("2015 / in", "2015 / out")


def test_long_text__is_parted_at_a_heading():
    long = Paragraph("b1", runs("x" * (SPLIT_AT + 1)))
    body = body_of(
        document(long, Paragraph("b2", runs("still")), Heading("b3", 1, runs("Next")), Paragraph("b4", runs("y")))
    )
    assert len(body.parts) == 2
    assert body.parts[1].html == "<h2>Next</h2><p>y</p>"
    first = len(body.parts[0].html) - len("<p>still</p>")
    assert body.places == {"b1": (0, 0), "b2": (0, first), "b3": (1, 0), "b4": (1, len("<h2>Next</h2>"))}
    assert [part.starts for part in body.parts] == [(0, first), (0, len("<h2>Next</h2>"))]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "#inside", "file:///c:/x", "http://a b"])
def test_link_that_leads_nowhere__keeps_its_words(address):
    assert body_of(document(Paragraph("b", runs("word", href=address)))).parts == (Text("<p>word</p>"),)


def test_hostile_words__stay_words():
    (part,) = body_of(document(Paragraph("b", runs("<script>&amp;\"'")))).parts
    assert part.html == "<p>&lt;script&gt;&amp;amp;\"'</p>"
