"""What a PDF says is what the edition says: in order, letter by letter, in six languages."""

import re
import subprocess

import pytest

from editions.document.model import Document, Paragraph, Run
from pdf.render import render
from tests.pdf import samples
from tests.pdf.reading import body_text, squeezed, structure_text


@pytest.mark.parametrize("language", samples.LANGUAGES)
@pytest.mark.parametrize("stage", ["comment", "final"])
def test_structure_text__of_every_kind_of_block__equals_the_editions_text(language, stage, tmp_path):
    document = samples.document(language, 3)
    read = structure_text(render(samples.job(document, stage)).content, tmp_path)
    assert body_text(document) in read
    assert squeezed(document.title) in read


@pytest.mark.parametrize("sign", ["\t", "\x0b", "\x0c", "\x85", "\u2028"])
def test_white_space_that_no_line_can_hold__parts_words_and_is_no_box(sign, tmp_path):
    document = Document("Lamps", "en", (Paragraph("a", (Run(f"Oil{sign}lamp"),)),))
    path = tmp_path / "printed.pdf"
    path.write_bytes(render(samples.job(document)).content)
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)
    assert re.search(r"^(?:\S+ )?Oil[ \n]lamp$", done.stdout, re.MULTILINE)
