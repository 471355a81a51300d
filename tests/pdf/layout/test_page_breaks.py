"""Pages break well whatever is on them."""

import io
import random

import pikepdf
import pytest

from editions.document.model import Block, Document, Heading, Note, Paragraph, Row, Run, Section, SectionKind, Table
from pdf.layout.context import LayoutContext
from pdf.layout.paragraphs import Paragraph as Set
from pdf.layout.styles import Look
from pdf.render import render
from pdf.tagging.structure_tree import Node
from pdf.text.spans import Span
from tests.pdf import samples
from tests.pdf.reading import body_text, structure_text
from tests.pdf.samples import text
from tests.pdf.test_conformance import nodes


def shuffled(seed: int) -> Document:
    """A document of chance: notes of many lengths, tables with empty and with tall cells, headings in any order."""
    chance = random.Random(seed)
    language = chance.choice(samples.LANGUAGES)
    sentence = samples.SENTENCES[language]
    blocks: list[Block] = []
    notes: list[Note] = []

    def running(key: str) -> tuple[Run, ...]:
        runs: list[Run] = []
        for part in range(chance.randint(1, 4)):
            runs.append(text(sentence[: chance.randint(10, len(sentence))]))
            if chance.random() < 0.5:
                notes.append(Note(f"n{key}{part}", (text(sentence * chance.choice([1, 1, 2, 9])),)))
                runs.append(Run("", note=f"n{key}{part}"))
        return tuple(runs)

    def row(key: str) -> Row:
        return Row(key, tuple((text(sentence * chance.choice([0, 1, 1, 2, 14])),) for _ in range(chance.randint(1, 5))))

    for index in range(chance.randint(10, 40)):
        kind = chance.random()
        if kind < 0.2:
            blocks.append(Heading(f"h{index}", chance.randint(1, 4), (text(sentence[: chance.randint(5, 80)]),)))
        elif kind < 0.75:
            blocks.append(Paragraph(f"p{index}", running(str(index))))
        elif kind < 0.9:
            rows = tuple(row(f"t{index}r{each}") for each in range(chance.randint(1, 9)))
            blocks.append(Table(f"t{index}", (text(sentence[:30]),), rows, chance.randint(0, 2), chance.random() < 0.5))
        else:
            inner = Paragraph(f"q{index}", running(f"s{index}"))
            blocks.append(Section(f"s{index}", chance.choice(list(SectionKind)), (text(sentence[:40]),), (), (inner,)))
    return Document("Chance", language, tuple(blocks), "", tuple(notes))


@pytest.mark.parametrize("seed", range(16))
def test_render__of_chance_documents__loses_no_word(seed, tmp_path):
    document = shuffled(seed)
    made = render(samples.job(document, "comment" if seed % 2 else "final"))
    assert body_text(document) in structure_text(made.content, tmp_path)


def paragraph(lines: int) -> Set:
    context = LayoutContext("en")
    ink = context.styles.body_ink
    made = Set([Span("word " * 12 * lines, ink, Node("P").slot(), "en")], Look(12.0), context)
    made.wrap(300, 1e6)
    return made


@pytest.mark.parametrize(("room", "parts"), [(12.0, None), (24.0, 2), (30.0, 2), (47.0, 3), (48.0, 3), (60.0, 3)])
def test_paragraph__of_five_lines__leaves_no_line_alone(room, parts):
    made = paragraph(4)
    assert len(made.lines) == 5
    found = [len(part.lines) for part in made.split(300, room)]
    assert found == ([] if parts is None else [parts, 5 - parts])


def test_footnotes__stand_on_the_page_of_their_mark():
    content = render(samples.job(samples.document("en", 12))).content
    with pikepdf.open(io.BytesIO(content)) as file:
        pages = {page.objgen: number for number, page in enumerate(file.pages, 1)}
        found = list(nodes(file.Root.StructTreeRoot.K[0]))
        marks = [first_page(node, pages) for node in found if node.S == "/Reference" and node.P.S != "/TOCI"]
        notes = [first_page(node, pages) for node in found if node.S == "/Note"]
    assert len(notes) == 12
    assert marks == notes


def first_page(node: pikepdf.Object, pages: dict[tuple[int, int], int]) -> int:
    """Page of the first marked content in or below an element."""
    for each in nodes(node):
        if "/Pg" in each:
            return pages[each.Pg.objgen]
    raise AssertionError("nothing is drawn")
