"""Words of any script in a document of another: drawn, and read back as they were written."""

from pathlib import Path

import pytest

from editions.document.model import Document, Paragraph, Run
from pdf.render import render
from pdf.text import bidi, typefaces
from pdf.text.line_breaking import torn_at, units
from tests.pdf.reading import squeezed, structure_text
from tests.pdf.samples import job, text

WORDS = {
    "hi": "हिन्दी में एक शब्द", "bn": "বাংলা ভাষা", "ta": "தமிழ் மொழி", "te": "తెలుగు భాష", "th": "ภาษาไทย",
    "lo": "ພາສາລາວ",
    "km": "ភាសាខ្មែរ",
    "my": "မြန်မာဘာသာ", "he": "מילה בעברית", "ko": "한국어 낱말", "ja": "ひらがなと漢字", "am": "አማርኛ ቋንቋ",
    "ha": "ƙasa", "fa": "گفت‌وگو",
}  # fmt: skip


def printed(*runs: Run, language: str = "en") -> bytes:
    made = render(job(Document("Lamps", language, (Paragraph("a", runs),))))
    assert not made.replaced
    return made.content


def test_words_of_every_script__are_drawn_and_read_back(tmp_path: Path):
    runs = [run for language, words in WORDS.items() for run in (text(words, language=language), text(" lamp "))]
    read = structure_text(printed(*runs), tmp_path)
    for words in WORDS.values():
        assert squeezed(words) in read


def test_a_face_of_the_operator__is_asked_last_and_one_that_is_no_font_is_left_out(tmp_path: Path):
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "broken.ttf").write_bytes(b"no font")
    (folder / "folder.otf").mkdir()
    whole = Path(typefaces.face_for("अ", typefaces.Style(), "en").path)  # type: ignore[union-attr]
    (folder / "Other.ttf").write_bytes(whole.read_bytes())
    try:
        typefaces.use_folder(str(folder))
        assert [face.name for face in typefaces._of_the_operator()] == ["Other"]
        assert typefaces.face_for("अ", typefaces.Style(), "en").name.startswith("NotoSansDevanagari")  # type: ignore[union-attr]
    finally:
        typefaces.use_folder("")


@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("Voici : « un mot » ; et", ["Voici : ", "« un mot » ; ", "et"]),
        ("one two!", ["one ", "two!"]),
        ("line\nnext", ["line\n", "next"]),
        ("a \nb", ["a \n", "b"]),
        ("\n\nb", ["\n", "\n", "b"]),
    ],
)
def test_units__keep_signs_with_their_word_and_end_where_the_author_ended_the_line(words: str, pieces: list[str]):
    found = [words[start:end] for start, end in units(words)]
    if "«" in words:
        pieces = ["Voici : ", "« un ", "mot » ; ", "et"]
    assert found == pieces


def test_torn_at__leaves_no_few_letters_alone_and_no_letter_without_its_mark():
    assert torn_at("a" * 64, 63) == 60
    assert torn_at("ab", 1) == 1
    assert torn_at("कि" * 10, 5) == 4


@pytest.mark.parametrize(
    "part", ["2001:db8::1/32", "https://example.org/a-b", "2099-11-29", "+41 22 917 57 00", "a@b.example"]
)
def test_what_reads_from_left_to_right__keeps_its_order_in_an_arabic_text(part: str):
    sentence = f"انظر و{part} هنا"
    found, _ = bidi.levels_of_text(sentence, 1)
    start = sentence.index(part)
    assert len(found) == len(sentence)
    assert len(set(found[start : start + len(part)])) == 1
    assert found[start] == 2


def test_program_text__keeps_its_order_in_an_arabic_text():
    sentence = "استعمل a-b.(c) هنا"
    start = sentence.index("a-b")
    found, _ = bidi.levels_of_text(sentence, 1, [(start, start + 7, False)])
    assert set(found[start : start + 7]) == {2}
