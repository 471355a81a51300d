"""Editions as Markdown and as plain text: every word comes back, and Markdown's blocks as they were."""

from dataclasses import replace

import pytest
from lxml import etree

from editions.document.model import Document, Figure, Item, ListBlock, Mark, Paragraph, Row, Run, Table
from editions.document.passages import passages
from formats import akoma_ntoso, epub
from formats.cover import Cover
from formats.docx_writing import write
from formats.markdown import writing as markdown
from formats.plain import writing as text
from formats.reading import read
from formats.segmentation import words
from tests.formats.round_trips.documents import WORDS, Generator
from tests.formats.round_trips.likeness import differences, likeness
from tests.formats.round_trips.test_round_trips import markdown_only
from tests.formats.writing.test_akoma_ntoso import schema
from tests.formats.writing.test_docx import SECTION, part

COVER = Cover("BPF-2099-LAMPS-E1", "https://example.org/library/2099/lamps/", "Draft", ("Lamp forum",))


def nowhere(figure: Figure) -> str:
    return ""


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_document__as_markdown__comes_back_block_by_block(language: str) -> None:
    for seed in range(3):
        document = markdown_only(Generator(seed, language).document(40))
        draft, ledger = read("a.md", markdown.write(document, COVER, nowhere))
        assert ledger.unaccounted == ()
        same, total = likeness(document, draft.document)
        assert same == total, "\n".join(differences(document, draft.document))
        assert draft.document.language == language


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_document__as_plain_text__keeps_every_word(language: str) -> None:
    for seed in range(3):
        document = Generator(seed, language).document(40)
        draft, ledger = read("a.txt", text.write(document, COVER))
        assert ledger.unaccounted == ()
        back = set(words(" ".join(passage.text for passage in passages(draft.document))))
        assert {word for passage in passages(document) for word in words(passage.text)} <= back | {
            "",
            *map(str, range(99)),
        }


@pytest.mark.parametrize(
    "said",
    [
        "# no heading", "1. no item", "- no item", "+ no", "> no quote", "a * b * c", "snake_case_name", "[not](a link)",
        "<b>no tag</b>", "&amp; stays", "~~not struck~~", "`no code`", "back\\slash", "| no | table |", "===", "---",
        ": no definition", "[^1]: no note", "* * *", "3) three", "    no code", "![no](picture)", "$x^2$",
    ],
)  # fmt: skip
def test_signs_of_markdown_in_a_text__stay_signs(said: str) -> None:
    document = Document("T", "en", (Paragraph("p", (Run(f"{said}\n{said}"),)), Paragraph("q", (Run("After."),))))
    draft, _ = read("a.md", markdown.write(document, COVER, nowhere))
    first, second = draft.document.blocks
    line = " ".join(said.split())
    assert isinstance(first, Paragraph)
    assert "".join(run.text for run in first.runs) == f"{line}\n{line}"
    assert isinstance(second, Paragraph)


@pytest.mark.parametrize("title", ["Paths: C:\\new\\", 'Of "lamps"', 'It\'s \\"so\\"', "'Lamps'", "a # b: c"])
def test_a_title_with_signs_of_its_front_matter__comes_back_from_markdown(title: str) -> None:
    content = markdown.write(Document(title, "en", (Paragraph("p", (Run("Words."),)),), title), COVER, nowhere)
    document = read("a.md", content)[0].document
    assert (document.title, document.subtitle) == (title, title)


def test_emphasis_beside_punctuation__is_kept() -> None:
    strong = frozenset({Mark.STRONG})
    runs = (Run("so"), Run("(called)", strong), Run("lamps and 论坛"), Run("“安全”", strong), Run("的 `x`"))
    draft, _ = read("a.md", markdown.write(Document("T", "en", (Paragraph("p", runs),)), COVER, nowhere))
    (block,) = draft.document.blocks
    assert isinstance(block, Paragraph)
    assert [run.text for run in block.runs if Mark.STRONG in run.marks] == ["(called)", "“安全”"]
    assert "".join(run.text for run in block.runs) == "".join(run.text for run in runs)


def test_a_cell_with_a_bar_and_a_line_end__stays_one_cell() -> None:
    rows = (Row("r1", ((Run("a|b"),), (Run("c\nd"),))), Row("r2", ((Run("e"),), ())))
    draft, _ = read("a.md", markdown.write(Document("T", "en", (Table("t", (), rows),)), COVER, nowhere))
    (table,) = draft.document.blocks
    assert isinstance(table, Table)
    cells = [[" ".join("".join(run.text for run in cell).split()) for cell in row.cells] for row in table.rows]
    assert cells == [["a|b", "c d"], ["e", ""]]


@pytest.mark.parametrize("code", ["a\nb", "x|y", "a `b`\n\\|c", "f(x) | g\n|"])
def test_code_with_line_ends_and_strokes__keeps_them_in_a_paragraph_and_in_a_cell(code: str) -> None:
    runs = (Run(code, frozenset({Mark.CODE})),)
    document = Document(
        "T", "en", (Paragraph("p", runs), Table("t", (), (Row("r", ((Run("h"),),)), Row("s", (runs,)))))
    )
    paragraph, table = read("a.md", markdown.write(document, Cover(), lambda figure: ""))[0].document.blocks
    for found in (paragraph.runs, table.rows[1].cells[0]):
        assert "".join(run.text for run in found) == code
        assert all(Mark.CODE in run.marks for run in found if run.text.strip())


def test_two_lists_beside_each_other__stay_two() -> None:
    blocks = (ListBlock("a", False, (Item("b", (Run("one"),)),)), ListBlock("c", False, (Item("d", (Run("two"),)),)))
    draft, _ = read("a.md", markdown.write(Document("T", "en", blocks), COVER, nowhere))
    assert [len(block.items) for block in draft.document.blocks if isinstance(block, ListBlock)] == [1, 1]


def test_typed_blocks__are_told_in_both() -> None:
    cover = Cover(kinds={"recommendation": "Recommendation"}, details={"addressee": "Addressed to"})
    assert (
        "*Recommendation*\n\n# Dim the lamps\n\n**Addressed to:** Towns"
        in markdown.write(SECTION, cover, nowhere).decode()
    )
    assert "[Recommendation]\n\n# Dim the lamps\n\nAddressed to: Towns" in text.write(SECTION, cover).decode()


def test_an_address_within_the_site__leads_there_from_every_file():
    runs = (Run("history", href="/library/2099/lamps/history/"), Run(" "), Run("nowhere", href="https:///"))
    document = Document("T", "en", (Paragraph("p", runs),))
    found = "https://example.org/library/2099/lamps/history/"
    assert f"[history](<{found}>) nowhere" in markdown.write(document, COVER, nowhere).decode()
    assert f"history <{found}> nowhere" in text.write(document, COVER).decode()
    relations = part(write(document, COVER), "word/_rels/document.xml.rels")
    outside = [one.get("Target") for one in relations if one.get("TargetMode") == "External"]
    assert outside == [found]


def test_a_doi__is_named_in_every_written_file_and_where_there_is_none_nothing_is():
    document, cover = Document("T", "en", (Paragraph("p", (Run("Oil."),)),)), replace(COVER, doi="10.1234/lamps")
    address = "https://doi.org/10.1234/lamps"
    for one, doi in ((cover, True), (COVER, False)):
        word, book = write(document, one), epub.write(document, one)
        assert (address in "".join(part(word, "word/footer1.xml").itertext())) is doi
        package = part(book, "EPUB/package.opf")
        assert ("doi:10.1234/lamps" in {each.text for each in package.iter()}) is doi
        assert (address.encode() in etree.tostring(part(book, "EPUB/cover.xhtml"))) is doi
        statement = akoma_ntoso.write(document, one, nowhere)
        assert (address.encode() in statement) is doi
        schema().assertValid(etree.fromstring(statement))
        assert (b"doi: " in markdown.write(document, one, nowhere)) is doi
        assert (address.encode() in text.write(document, one)) is doi
