"""Which characters of a document no typeface has."""

import pytest

from editions.document.model import Document, Heading, Paragraph
from pdf.text.font_coverage import missing
from tests.pdf import samples
from tests.pdf.samples import text


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_missing__of_the_six_languages__is_nothing(language):
    assert missing(samples.document(language, 1)) == []


def test_missing__of_signs_no_typeface_has__names_each_with_its_place():
    document = Document(
        "Lamps 🎉", "en",
        (
            Paragraph("a", (text("fine → ≤ ≥ ½ ✓"),)),
            Paragraph("b", (text("हिन्दी עברית ไทย 한국어 and ᚠ🎉🎉"),)),
            Heading("c", 1, (text("ᚠ"),)),
        ),
    )  # fmt: skip
    found = [(each.code_point, each.key) for each in missing(document)]
    assert found[0] == ("U+1F389", "")
    assert ("U+16A0", "b") in found
    assert found.count(("U+1F389", "b")) == 1
    assert found[-1] == ("U+16A0", "c")
    assert all(each.place for each in missing(document))


def test_missing__of_characters_for_private_use__names_them_though_faces_have_signs_for_them():
    document = Document("Lamps", "en", (Paragraph("a", (text("a \ue000 and \uf8ff"),)),))
    assert [each.code_point for each in missing(document)] == ["U+E000", "U+F8FF"]
