"""Bookmarks and marks of notes lead to the line that they name, not only to its page."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from editions.document.model import Document, Heading, Note, Paragraph, Row, Run, Table
from pdf.render import render
from tests.pdf import samples
from tests.pdf.samples import text

NEAR = 6.0
"""Points between the top of a line and the top of its letters."""
WORD = re.compile(r'yMin="([\d.]+)"[^>]*>(\w+)\W*<')


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    table = Table("t", (), (Row("r1", ((text("Kappa"),),)), Row("r2", ((text("Sigma"), Run("", note="n")),))), 0, False)
    blocks = (
        Heading("h1", 1, (text("Overture"),)), Paragraph("p1", (text("Alpha beta gamma. " * 30),)),
        Heading("h2", 1, (text("Epilogue"),)), table,
    )  # fmt: skip
    document = Document("T", "en", blocks, "", (Note("n", (text("Omicron."),)),))
    made = tmp_path_factory.mktemp("places") / "a.pdf"
    made.write_bytes(render(samples.job(document, "final")).content)
    return made


def tops(path: Path, page: int) -> dict[str, float]:
    """Word -> how far below the upper edge its letters begin."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {word: float(top) for top, word in WORD.findall(done.stdout)}


def place(destination: pikepdf.Array, pdf: pikepdf.Pdf) -> tuple[int, float]:
    """(page from 1, points below its upper edge) of an /XYZ destination."""
    page = pikepdf.Page(destination[0])
    return pdf.pages.index(page) + 1, float(page.mediabox[3]) - float(destination[3])


@pytest.mark.parametrize("title", ["Overture", "Epilogue"])
def test_a_bookmark__leads_to_the_line_of_its_heading(path, title):
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        (item,) = [item for item in outline.root if item.title == title]
        page, below = place(item.destination, pdf)
        assert below == pytest.approx(tops(path, page)[title], abs=NEAR)


def test_a_note_of_a_cell__leads_back_to_the_row_that_has_its_mark(path):
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", []) if "/Dest" in link]
        places = [place(link.Dest, pdf) for link in links]
        to_note, back = sorted(places, key=lambda found: -found[1])
        assert to_note[1] == pytest.approx(tops(path, to_note[0])["Omicron"], abs=NEAR)
        assert back[1] == pytest.approx(tops(path, back[0])["Sigma"], abs=NEAR)
