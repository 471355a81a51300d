"""From what an editor entered to the neutral document: nothing is lost, keys hold."""

import re

from hypothesis import given

from bpf_pages.blocks.body import DocumentBody
from bpf_pages.conversion.blocks_to_document import to_document
from editions.document.model import Document, Figure, Section, SectionKind, Table
from editions.document.passages import passages
from editions.document.validation import problems
from files.images.published import FigureFile
from tests.bpf_pages.conversion.bodies import block, bodies, items

BODY = DocumentBody()
GREEN = FigureFile("figures/ab.png", 640, 480, "ab")


def document_of(*blocks, file=GREEN, **fields) -> Document:
    stream = BODY.to_python(list(blocks))
    return to_document(stream, **({"title": "A title", "language": "en"} | fields), figure_file=lambda image: file)


def words_of(document: Document) -> list[str]:
    """Every word of the passages. Bars between cells and the dash before a source are the reader's, not the text's."""
    said = []
    for passage in passages(document):
        said.extend(re.sub(r" (\||—)(?= |$)", " ", " " + passage.text).split())
    return said


def without_signs(words: list[str]) -> list[str]:
    return [word for word in words if word not in ("|", "—")]


@given(bodies())
def test_conversion__of_any_body__loses_no_word_and_keeps_the_order(drawn):
    body, words = drawn
    assert without_signs(words_of(document_of(*body))) == without_signs(words)


@given(bodies())
def test_conversion__done_twice__gives_the_same_document(drawn):
    body, _ = drawn
    assert document_of(*body) == document_of(*body)


@given(bodies())
def test_conversion__of_text_from_the_editor__gives_every_passage_a_key_of_its_own(drawn):
    body, words = drawn
    found = {problem.code for problem in problems(document_of(*body))}
    assert found <= ({"empty"} if len(words) < 200 else set())


def test_typed_block__with_details__names_them_in_the_order_of_the_form():
    practice = block("practice", {"title": "Lamps", "who": "<p>Keepers</p>", "what": "<p>Light them</p>"})
    (section,) = document_of(practice).blocks
    assert isinstance(section, Section)
    assert section.kind == SectionKind.PRACTICE
    assert [(detail.name, detail.runs[0].text) for detail in section.details] == [
        ("what", "Light them"),
        ("who", "Keepers"),
    ]
    assert section.details[0].key == f"{practice['id']}.what"


def test_alternative__with_options__holds_each_as_a_section_of_its_own():
    options = items([{"title": "Option A", "body": "<p>Yes</p>"}, {"title": "Option B", "body": "<p>No</p>"}])
    (section,) = document_of(block("alternative", {"title": "?", "body": [], "options": options})).blocks
    assert [child.kind for child in section.blocks] == [SectionKind.OPTION, SectionKind.OPTION]
    assert [child.key for child in section.blocks] == [option["id"] for option in options]


def test_table__gets_a_row_above__and_the_rows_below_keep_their_keys():
    def table(*names):
        rows = [{"values": [f"<p>{name}</p>", "<p>x</p>"]} for name in names]
        columns = [{"type": "text", "heading": "Name"}, {"type": "text", "heading": "Value"}]
        value = {"caption": "", "table": {"columns": columns, "rows": rows, "caption": ""}, "row_heads": True}
        return {"type": "table", "id": "11111111-1111-1111-1111-111111111111", "value": value}

    (before,), (after,) = document_of(table("b", "c")).blocks, document_of(table("a", "b", "c")).blocks
    assert isinstance(before, Table)
    assert [row.key for row in after.rows[2:]] == [row.key for row in before.rows[1:]]
    assert (before.header_rows, before.header_column) == (1, True)


def test_table__with_two_rows_of_one_name__tells_them_apart():
    rows = [{"values": ["<p>same</p>"]}, {"values": ["<p>same</p>"]}]
    table = {"columns": [{"type": "text", "heading": ""}], "rows": rows, "caption": ""}
    (found,) = document_of(block("table", {"caption": "", "table": table, "row_heads": False})).blocks
    assert len({row.key for row in found.rows}) == 2
    assert found.header_rows == 0


def test_figure__without_a_description__is_refused_by_validation():
    document = document_of(block("figure", {"image": None, "alt": " ", "caption": "<p>Lamps lit</p>"}))
    assert isinstance(document.blocks[0], Figure)
    assert "no_alt_text" in {problem.code for problem in problems(document)}


def test_footnotes__in_text_details_and_cells__stand_once_each_in_reading_order():
    def noted(word):
        return f'<p data-block-key="k{word}">{word}<span data-footnote="">note {word}</span></p>'

    table = {"columns": [{"type": "text", "heading": "H"}], "rows": [{"values": [noted("three")]}], "caption": ""}
    document = document_of(
        block("text", noted("one")),
        block("practice", {"title": "", "what": noted("two"), "body": []}),
        block("table", {"caption": "", "table": table, "row_heads": False}),
    )
    assert [run.text for note in document.notes for run in note.runs] == ["note one", "note two", "note three"]
    assert list(problems(document)) == []


def test_title__of_several_lines__becomes_one():
    assert document_of(title=" A \n title ").title == "A title"


def test_language__is_that_of_the_page_and_gives_the_direction():
    assert document_of(language="ar").direction == "rtl"


def test_block_without_a_value__is_read_as_empty():
    kinds = ("finding", "quote", "table", "figure", "alternative", "references", "annex", "contributors")
    empty = [block("text", ""), *(block(kind, {}) for kind in kinds)]
    assert words_of(document_of(*empty, file=FigureFile(""))) == []
