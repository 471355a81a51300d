"""Text that would break a naive printer: the PDF is made, conforms, reads nothing, and gives the text back."""

import io
import sys

import pikepdf
import pytest
from hypothesis import given, settings

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Section,
    SectionKind,
    Table,
)
from editions.document.passages import passages
from pdf.render import Rendered, render
from tests.editions.documents import documents
from tests.pdf import samples
from tests.pdf.reading import body_text, squeezed, structure_text
from tests.pdf.samples import text


def paragraph(key: str, words: str) -> Paragraph:
    return Paragraph(key, (text(words),))


def nested(depth: int) -> Item:
    item = Item("leaf", (text("the innermost"),))
    for level in range(depth):
        item = Item(f"level{level}", (text(f"level {level}"),), (item,))
    return item


LONG_NOTES = tuple(Note(f"n{index}", (text("words of a note " * 150),)) for index in range(12))
CASES: dict[str, tuple[Block, ...]] = {
    "markup": (paragraph("a", "<b>open <img src='/etc/hostname'> & <a href=\"x\"> </para> %s {0}"),),
    "long_words": (paragraph("a", "x" * 10_000), paragraph("b", "ش" * 10_000), paragraph("c", "字" * 10_000)),
    "empty_tables": (
        Table("t", (), (), 1, False),
        Table("u", (), (Row("r", ()),), 1, False),
        Table("v", (text("Caption"),), (Row("s", ((), ())),), 3, True),
        paragraph("z", "the end"),
    ),
    "columns": (
        Table(
            "t",
            (text("Three hundred columns"),),
            tuple(Row(f"r{row}", tuple((text(f"{row}.{column}"),) for column in range(300))) for row in range(4)),
        ),
    ),
    "tall_rows": (Table("t", (), tuple(Row(f"r{row}", ((text("word " * 2500),), (text("b"),))) for row in range(3))),),
    "emoji": (paragraph("a", "👨‍👩‍👧‍👦 🇺🇳 ❤️ " + "👍🏽" * 50),),
    "nested_lists": (ListBlock("l", False, (nested(40),)),),
    "headings_only": (
        *(Heading(f"h{index}", 1 + index % 5, (text(f"Heading {index}"),)) for index in range(120)),
        paragraph("z", "the end"),
    ),
    "empty_runs": (Paragraph("a", ()), Heading("h", 1, ()), Quote("q", (), ()), paragraph("z", "the end")),
    "long_notes": (
        Paragraph("a", tuple(run for note in LONG_NOTES for run in (text("word " * 20), Run("", note=note.key)))),
    ),
    "deep_sections": (
        Section(
            "s", SectionKind.ANNEX, (text("Outer"),), (),
            (Section("u", SectionKind.FINDING, (text("Inner"),), (), (paragraph("z", "the end"),)),),
        ),
    ),
}  # fmt: skip

PRIVATE_USE = (paragraph("a", "Lamps \ue000 \uf8ff \uf0b7 \U000f0001 \U0010fffd"), paragraph("b", "\uf8ff"))


def printed(blocks: tuple[Block, ...], notes: tuple[Note, ...] = ()) -> tuple[Document, Rendered]:
    document = Document("Hostile text of 2099", "en", blocks, "", notes)
    return document, render(samples.job(document, "comment"))


@pytest.mark.parametrize("name", CASES)
def test_render__of_hostile_text__gives_it_back_word_for_word(name, tmp_path):
    document, made = printed(CASES[name], LONG_NOTES if name == "long_notes" else ())
    assert body_text(document) in structure_text(made.content, tmp_path)


def test_render__of_control_characters__draws_boxes_and_says_so(tmp_path):
    _, made = printed((paragraph("a", "bell\x07 null\x00 mark\ufeff end"),))
    assert set(made.replaced) >= {"\x07", "\x00"}
    read = structure_text(made.content, tmp_path)
    assert "null\ufffd" in read
    assert "U+0007" in read
    assert "U+0000" in read


def test_render__of_characters_for_private_use__draws_boxes_and_says_so(tmp_path):
    """Each face has a sign of its own for them, and PDF/A forbids to say that a sign means one."""
    _, made = printed(PRIVATE_USE)
    assert set(made.replaced) == set("\ue000\uf8ff\uf0b7\U000f0001\U0010fffd")
    read = structure_text(made.content, tmp_path)
    assert "Lamps\ufffd" in read
    assert "U+E000" in read
    assert "U+10FFFD" in read


def test_render__of_images_that_are_broken_or_gone__prints_their_descriptions(tmp_path):
    figures = (
        Figure("f", "broken.png", "A chart of lamps", (text("Lamps"),), 9, 9),
        Figure("g", "../../etc/hostname", "Gone", (), 9, 9),
    )
    document = Document("Hostile images", "en", figures)
    made = render(samples.job(document, images={"broken.png": b"\x89PNG\r\n\x1a\n broken"}))
    read = structure_text(made.content, tmp_path)
    assert "Theimagecouldnotberead.Achartoflamps" in read
    assert "Theimagecouldnotberead.Gone" in read


WATCHED: list[list[str]] = []
"""Lists that now take note of what the interpreter opens. An audit hook fills them; it can never be taken off."""


def _take_note(event: str, arguments: tuple[object, ...]) -> None:
    if WATCHED and (event == "open" or event.startswith(("socket.", "subprocess.", "os.system", "urllib."))):
        WATCHED[-1].append(f"{event} {arguments[0]}")


@pytest.fixture(scope="module")
def audit_hook() -> None:
    sys.addaudithook(_take_note)


@pytest.mark.usefixtures("audit_hook")
@pytest.mark.parametrize("name", CASES)
def test_render__of_hostile_text__opens_no_file_no_connection_and_no_process(name):
    printed(CASES[name], LONG_NOTES if name == "long_notes" else ())  # fonts, words and hyphens are loaded once
    WATCHED.append(seen := [])
    try:
        printed(CASES[name], LONG_NOTES if name == "long_notes" else ())
    finally:
        WATCHED.pop()
    assert not seen


@pytest.mark.usefixtures("audit_hook")
def test_audit_hook__of_a_file_that_is_opened__takes_note():
    WATCHED.append(seen := [])
    try:
        open(__file__).close()
    finally:
        WATCHED.pop()
    assert seen == [f"open {__file__}"]


def test_render__of_links__leads_only_to_the_web_and_to_mail():
    runs = (
        text("a", href="javascript:alert(1)"), text("b", href="file:///etc/hostname"),
        text("c", href="https://example.org/ü?q=(a)\\b"), text("d", href="mailto:a@example.org"),
    )  # fmt: skip
    _, made = printed((Paragraph("a", runs),))
    with pikepdf.open(io.BytesIO(made.content)) as file:
        addresses = {
            str(annotation.A.URI) for page in file.pages for annotation in page.get("/Annots", []) if "/A" in annotation
        }
    wanted = {address for address in addresses if "library.example" not in address} - {"https://example.org/lamps"}
    assert wanted == {"https://example.org/%C3%BC?q=(a)%5Cb", "mailto:a@example.org"}


@settings(max_examples=60)
@given(document=documents)
def test_render__of_any_document__makes_a_pdf(document):
    keys = _keys(document.blocks)
    if len(keys) != len(set(keys)):
        return
    made = render(samples.job(document, "comment"))
    assert made.content.startswith(b"%PDF-1.7")


def _keys(blocks: tuple[Block, ...]) -> list[str]:
    return [passage.key for passage in passages(Document("t", "en", blocks))]


def test_squeezed__of_a_hyphenated_word__is_the_word():
    assert squeezed("light\u00ad house \u200b") == "lighthouse"
