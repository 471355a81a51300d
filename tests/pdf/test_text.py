"""What a PDF says is what the edition says: in order, letter by letter, in six languages."""

import pytest

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
