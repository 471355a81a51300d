"""Editions as Word files: read back to the same document, the same bytes each time, opened by others."""

import io
import os
import time
import zipfile

import pytest
from lxml import etree

from editions.document.model import (
    Detail,
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
    Section,
    SectionKind,
    Table,
)  # fmt: skip
from editions.document.passages import passages
from formats.cover import Cover
from formats.docx.package import W
from formats.docx_writing import write
from formats.office.bookmarks import bookmark_of
from formats.reading import read
from tests.formats.docx.docx_files import PNG
from tests.formats.round_trips import writers
from tests.formats.round_trips.documents import OTHER_SCRIPTS, WORDS, Generator
from tests.formats.round_trips.likeness import differences, likeness

EACH = int(os.environ.get("ROUND_TRIPS", "3"))
COVER = Cover("BPF-2099-LAMPS-E1", "https://example.org/library/2099/lamps/", "Draft", ("Lamp forum",))
SECTION = Document(
    "Lamps",
    "en",
    (
        Section(
            "s1", SectionKind.RECOMMENDATION, (Run("Dim the lamps"),), (Detail("d1", "addressee", (Run("Towns"),)),),
            (Paragraph("p1", (Run("At night."),)),),
        ),
        Quote("q1", (Run("Light costs."),), (Run("A town"),)),
        Figure("f1", "x.png", "A lamp", (Run("One lamp"),), 10, 10),
        Table("t1", (Run("Costs"),), (Row("r1", ((Run("Town"),), (Run("Cost"),))), Row("r2", ((Run("A"),), (Run("3"),))))),
        Table("t2", (), (Row("r3", ((Run("Town"),), (Run("Cost"),))), Row("r4", ((Run("B"),), (Run("4"),))))),
        ListBlock("l1", False, (Item("i1", (Run("one"),)),)),
        ListBlock("l2", False, (Item("i2", (Run("two"),)),)),
        ListBlock("l3", True, (Item("i3", (Run("three"),), (Item("i4", (Run("four"),)),), True),)),
        ListBlock("l4", True, (Item("i5", (Run("five"),)),)),
    ),
)  # fmt: skip


def picture(figure: Figure) -> bytes:
    return PNG


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_document__written_and_read__is_the_same(language: str) -> None:
    for seed in range(EACH):
        document = Generator(seed, language).document(40)
        draft, ledger = read("a.docx", write(document, COVER, picture))
        assert ledger.unaccounted == ()
        same, total = likeness(document, draft.document)
        assert same == total, "\n".join(differences(document, draft.document))
        assert draft.document.language == language


@pytest.mark.parametrize("language", sorted(WORDS | OTHER_SCRIPTS))
def test_what_libreoffice_saves_again_as_word_or_opendocument__is_still_the_same(language: str) -> None:
    """Once, as ODT, as ODT and back, and as RTF where that keeps styles: not in text from the right."""
    document = Generator(1, language).document(60)
    content = write(document, COVER, picture)
    odt = writers.libreoffice(content, "docx", "odt")
    saved = writers.libreoffice(content, "docx", writers.DOCX)
    files = {"a.docx": saved, "a.odt": odt, "b.docx": writers.libreoffice(odt, "odt", writers.DOCX)}
    if document.direction == "ltr":
        files["a.rtf"] = writers.libreoffice(content, "docx", "rtf")
    for name, file in files.items():
        draft, ledger = read(name, file)
        assert ledger.unaccounted == ()
        same, total = likeness(document, draft.document, styles=name != "a.rtf")
        assert same == total, f"{name}\n" + "\n".join(differences(document, draft.document))
    names = {one.get(f"{W}name") for one in part(saved, "word/document.xml").iter(f"{W}bookmarkStart")}
    assert {bookmark_of(one.key) for one in passages(document) if one.kind not in ("note",)} <= names


def test_a_list_with_all_that_is_nested_in_it__is_one_list_as_far_as_its_levels_allow() -> None:
    """LibreOffice, once it saved a list as ODT, counts anew after a nested list with a number of its own."""
    items = (
        Item("a", (Run("a"),), (Item("b", (Run("b"),), (Item("c", (Run("c"),)),)), Item("d", (Run("d"),))), True),
        Item("e", (Run("e"),), (Item("f", (Run("f"),), (Item("g", (Run("g"),)),), True),)),
    )
    document = Document("T", "en", (ListBlock("l", False, items), ListBlock("m", False, (Item("h", (Run("h"),)),))))
    content = write(document, COVER)
    numbers = [one.get(f"{W}val") for one in part(content, "word/document.xml").iter(f"{W}numId")]
    # a b c d e are levels of one list; f counts not where b does, and g stands in f; h is another list
    assert numbers == ["1", "1", "1", "1", "1", "2", "3", "4"]
    draft, _ = read("a.docx", content)
    same, total = likeness(document, draft.document)
    assert same == total, "\n".join(differences(document, draft.document))


def test_typed_blocks_tables_and_lists_beside_each_other__stay_apart() -> None:
    draft, ledger = read("a.docx", write(SECTION, COVER, picture))
    assert ledger.unaccounted == ()
    blocks = draft.document.blocks
    assert [type(block).__name__ for block in blocks] == [
        "Heading", "Paragraph", "Paragraph", "Quote", "Figure", "Table", "Table", "ListBlock", "ListBlock", "ListBlock",
        "ListBlock",
    ]  # fmt: skip
    assert [len(block.items) for block in blocks if isinstance(block, ListBlock)] == [1, 1, 1, 1]
    assert [block.alt for block in blocks if isinstance(block, Figure)] == ["A lamp"]
    assert [block.header_rows for block in blocks if isinstance(block, Table)] == [1, 1]


def test_the_same_edition__gives_the_same_bytes() -> None:
    assert write(SECTION, COVER, picture) == write(SECTION, COVER, picture)


def test_every_passage__has_a_bookmark_that_word_takes_and_shows_its_number() -> None:
    document = Generator(3, "en").document(60)
    content = write(document, COVER, picture)
    names = [
        one.get(f"{W}name", "")
        for name in ("word/document.xml", "word/footnotes.xml")
        for one in part(content, name).iter(f"{W}bookmarkStart")
    ]
    found = list(passages(document))
    assert sorted(names) == sorted(bookmark_of(passage.key) for passage in found)
    assert all(len(name) <= 40 and name[0].isalpha() for name in names)
    texts = [
        "".join(run.itertext())
        for name in ("word/document.xml", "word/footnotes.xml")
        for run in part(content, name).iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None and style.get(f"{W}val") == "PassageNumber"
    ]
    assert texts == [f"¶ {passage.number} " for passage in found if passage.number]


def test_a_table__repeats_its_head_and_reads_from_the_right_in_arabic() -> None:
    document = Document("جدول", "ar", (Table("t", (), (Row("a", ((Run("بلد"),),)), Row("b", ((Run("مصر"),),)))),))
    root = part(write(document, COVER), "word/document.xml")
    assert len(list(root.iter(f"{W}tblHeader"))) == 1
    assert len(list(root.iter(f"{W}bidiVisual"))) == 1
    assert all(one.find(f"{W}pPr/{W}bidi") is not None for one in root.iter(f"{W}p"))
    assert all(one.find(f"{W}rPr/{W}rtl") is not None for one in root.iter(f"{W}r"))


@pytest.mark.parametrize(("rows", "repeated"), [(1, 0), (2, 1), (3, 2)])
def test_a_table_that_is_all_head__repeats_all_rows_but_the_last(rows: int, repeated: int) -> None:
    table = Table("t", (), tuple(Row(f"r{n}", ((Run("Town"),),)) for n in range(rows)), header_rows=rows)
    root = part(write(Document("Lamps", "en", (table,)), COVER), "word/document.xml")
    assert len(list(root.iter(f"{W}tblHeader"))) == repeated


def test_words_in_another_language_than_the_text__say_so() -> None:
    runs = (Run("The word "), Run("سلام", language="ar"), Run(" means peace. "), Run("Paix", language="fr"))
    draft, _ = read("a.docx", write(Document("T", "en", (Paragraph("p", runs),)), COVER))
    (block,) = draft.document.blocks
    assert isinstance(block, Paragraph)
    assert [(run.text.strip(), run.language) for run in block.runs if run.language] == [("سلام", "ar"), ("Paix", "fr")]


def test_figures_behind_a_line_end__are_of_the_language_of_their_run() -> None:
    runs = (Run("¿Quedó el aceite útil?\n50", language="es"),)
    document = Document("Lamps", "en", (Paragraph("a", (Run("Lamps stay lit until ten."),)), Paragraph("p", runs)))
    assert read("a.docx", write(document, Cover()))[0].document.blocks[1].runs == runs


def test_letters_that_xml_cannot_hold__are_left_away_and_lines_and_long_addresses_stay() -> None:
    runs = (Run("one\x0b\x00\ntwo\tthree"), Run("far", href="https://example.org/" + "a" * 3000), Run("¶", href="#p1"))
    draft, ledger = read("a.docx", write(Document("T\x08itle", "en", (Paragraph("p", runs),)), COVER))
    (block,) = draft.document.blocks
    assert ledger.unaccounted == ()
    assert isinstance(block, Paragraph)
    assert "".join(run.text for run in block.runs) == "one\ntwo threefar¶"
    assert draft.document.title == "Title"


def test_a_picture_that_word_cannot_show__is_told_by_its_description() -> None:
    document = Document("T", "en", (Figure("f", "x.webp", "A lamp in fog", (Run("Fog"),), 10, 10),))
    for content in (b"", b"RIFF....WEBP", b"\x89PNG\r\n\x1a\n"):
        draft, _ = read("a.docx", write(document, COVER, lambda figure, content=content: content))
        assert "[A lamp in fog]" in str(draft.document.blocks)


def test_pictures__are_numbered_from_one_for_word() -> None:
    figures = tuple(Figure(f"f{n}", "x.png", "A lamp", (), 10, 10) for n in range(3))
    root = part(write(Document("T", "en", figures), COVER, picture), "word/document.xml")
    named = [(each.get("id"), each.get("name")) for each in root.iter("{*}docPr")]
    assert named == [("1", "Picture 1"), ("2", "Picture 2"), ("3", "Picture 3")]


def test_a_note_with_two_marks__is_two_notes_for_word() -> None:
    runs = (Run("a"), Run("", note="n"), Run(" b"), Run("", note="n"), Run(" c"), Run("", note="gone"))
    document = Document(
        "T", "en", (Paragraph("p", runs),), notes=(Note("n", (Run("Said", frozenset({Mark.EMPHASIS})),)),)
    )
    content = write(document, COVER)
    notes = [one.get(f"{W}id") for one in part(content, "word/footnotes.xml")]
    assert notes == ["-1", "0", "1", "2"]
    marks = [one.get(f"{W}id") for one in part(content, "word/document.xml").iter(f"{W}footnoteReference")]
    assert marks == ["1", "2"]


def test_a_hundred_pages__take_less_than_a_second() -> None:
    """The goal is 0.3 s on a quiet machine (`make bench`); here only what would be another order."""
    document = Generator(1, "en").document(1500)
    begun = time.process_time()
    write(document, COVER, picture)
    assert time.process_time() - begun < 2


def test_headings__are_levels_of_word() -> None:
    document = Document("T", "en", (Heading("a", 1, (Run("One"),)), Heading("b", 2, (Run("Two"),))))
    root = part(write(document, COVER), "word/document.xml")
    styles = [one.get(f"{W}val") for one in root.iter(f"{W}pStyle")]
    assert styles == ["Title", "Heading1", "Heading2"]
