"""Documents made at random, written by other programs, come back block by block, with every word accounted for.

`ROUND_TRIPS=75` draws as many of each language instead of one (`make round-trips`). What came back is then written to
the file that ROUND_TRIPS_TABLE names: file, language, documents, blocks that are the same, blocks.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from editions.document.model import Block, Document, Figure, Item, ListBlock, Mark, Paragraph, Quote, Run, Runs, Table
from formats.reading import read
from tests.formats.round_trips import writers
from tests.formats.round_trips.documents import WORDS, Generator
from tests.formats.round_trips.likeness import differences, likeness

EACH = int(os.environ.get("ROUND_TRIPS", "1"))
TABLE = os.environ.get("ROUND_TRIPS_TABLE", "")
BLOCKS = 40
COMMONMARK = "commonmark_x-attributes-raw_attribute-superscript-subscript"

Prepare = Callable[[Document], Document]


def without_notes(document: Document) -> Document:
    """For a writer that has none."""

    def runs(found: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(run for run in found if not run.note)

    blocks = tuple(
        replace(block, runs=runs(block.runs)) if hasattr(block, "runs") else block for block in document.blocks
    )
    return replace(document, blocks=blocks, notes=())


def markdown_only(document: Document) -> Document:
    """Markdown has no captions, and a picture beside the file does not come with it."""
    blocks = tuple(
        replace(block, caption=()) if isinstance(block, Table) else block
        for block in document.blocks
        if not isinstance(block, Figure)
    )
    return replace(document, blocks=blocks)


def nothing_struck(document: Document) -> Document:
    """<del> of HTML is a tracked deletion and is left out with that reason."""

    def items(found: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, runs=_kept(item.runs), items=items(item.items)) for item in found)

    def block(found: Block) -> Block:
        match found:
            case Paragraph() | Quote():
                return replace(found, runs=_kept(found.runs))
            case ListBlock():
                return replace(found, items=items(found.items))
        return found

    return replace(document, blocks=tuple(map(block, document.blocks)))


def _kept(runs: Runs) -> Runs:
    return tuple(replace(run, marks=run.marks - {Mark.DELETED}) for run in runs)


def each(write: Callable[[Document], bytes]) -> writers.Writer:
    return lambda documents: [write(document) for document in documents]


def by_pandoc(target: str) -> writers.Writer:
    return each(lambda document: writers.pandoc(document, target))


def by_libreoffice(target: str) -> writers.Writer:
    return lambda documents: writers.libreoffice_all(list(map(_word_file, documents)), "docx", target)


def _word_file(document: Document) -> bytes:
    content = writers.pandoc(document, "docx")
    return writers.tables_from_the_right(content) if document.direction == "rtl" else content


FILES: list[tuple[str, writers.Writer, float, bool]] = [
    # what is read, how it is written, the least share of blocks that come back, whether marks and links count
    ("pandoc.docx", by_pandoc("docx"), 0.99, True),
    ("pandoc.odt", by_pandoc("odt"), 0.99, True),
    ("pandoc.html", by_pandoc("html5"), 0.99, True),
    ("pandoc.md", by_pandoc(COMMONMARK), 0.99, True),
    ("github.md", by_pandoc("gfm"), 0.99, False),
    ("pandoc.rtf", by_pandoc("rtf"), 0, False),
    ("libreoffice.docx", by_libreoffice("docx"), 0.99, True),
    ("libreoffice.odt", by_libreoffice("odt"), 0.99, True),
    ("libreoffice.html", by_libreoffice("html:HTML (StarWriter):EmbedImages"), 0.99, False),
    ("libreoffice.rtf", by_libreoffice("rtf"), 0.99, False),
    ("python.docx", each(writers.python_docx), 0.99, False),
    ("weasyprint-tagged.pdf", each(lambda document: writers.weasyprint(document, tagged=True)), 0.95, False),
    ("weasyprint.pdf", each(lambda document: writers.weasyprint(document, tagged=False)), 0.90, False),
    ("chromium-tagged.pdf", lambda documents: writers.printed_by_chromium(documents, tagged=True), 0.95, False),
    ("chromium.pdf", lambda documents: writers.printed_by_chromium(documents, tagged=False), 0.90, False),
    ("libreoffice-tagged.pdf", by_libreoffice(writers.TAGGED), 0.95, False),
    ("libreoffice.pdf", by_libreoffice(writers.UNTAGGED), 0.90, False),
]


HOLDS: dict[str, Prepare] = {
    "python.docx": without_notes, "pandoc.html": nothing_struck, "pandoc.md": markdown_only, "github.md": markdown_only,
}  # fmt: skip
"""What of a document a writer can write at all."""


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize(("name", "write", "least", "styles"), FILES, ids=[name for name, *_ in FILES])
def test_what_other_programs_write__comes_back(
    name: str, write: writers.Writer, least: float, styles: bool, language: str
) -> None:
    holds = HOLDS.get(name, lambda whole: whole)
    documents = [holds(Generator(seed, language).document(BLOCKS)) for seed in range(EACH)]
    same = total = 0
    lost: list[str] = []
    for seed, (document, content) in enumerate(zip(documents, write(documents), strict=True)):
        draft, ledger = read(name, content)
        assert ledger.unaccounted == (), seed
        one, other = likeness(document, draft.document, styles=styles)
        same, total = same + one, total + other
        lost += differences(document, draft.document, styles=styles)
    if TABLE:
        with Path(TABLE).open("a") as table:
            table.write(f"{name}\t{language}\t{len(documents)}\t{same}\t{total}\n")
    assert same >= least * total, f"{same} of {total}\n" + "\n".join(lost)[:4000]
