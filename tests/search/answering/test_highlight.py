from html import unescape

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from search.answering.highlight import mark, snippet, spans
from search.query.marks import Marks


def marked(text: str, language: str, marks: Marks) -> list[str]:
    return [text[start:end] for start, end in spans(text, language, marks)]


def test_marks_fall_on_the_word_after_accents_emoji_and_markup() -> None:
    text = "L’é🙂治 <script>alert(2099)</script> ёлка & lamp"
    html = mark(text, spans(text, "en", Marks(exacts=frozenset({"lamp", "елка", "治", "script"}))))
    assert "<script>" not in html
    assert [tag.text for tag in BeautifulSoup(html, "html.parser")("mark")] == [
        "治",
        "script",
        "script",
        "ёлка",
        "lamp",
    ]


def test_a_stem_marks_every_form_of_its_word() -> None:
    assert marked("Policy and policies", "en", Marks(stems=frozenset({"en:polici"}))) == ["Policy", "policies"]


def test_a_phrase_marks_its_words_in_this_order_only() -> None:
    phrase = Marks(phrases=((("rough", "consensus"), 0),))
    assert marked("Consensus, rough. A rough consensus.", "en", phrase) == ["rough consensus"]
    near = Marks(phrases=((("rough", "consensus"), 1),))
    assert marked("rough and ready; rough, honest consensus", "en", near) == ["rough", "consensus"]


def test_a_long_text_is_cut_around_the_most_telling_place() -> None:
    text = "Nothing here. " * 60 + "Lamps and storms stand together. " + "Nothing again. " * 60
    cut = snippet(text, "en", Marks(exacts=frozenset({"lamps", "storms"})))
    assert cut.matches == 2
    assert cut.plain.startswith("… ")
    assert cut.plain.endswith(" …")
    assert len(cut.plain) < 320


words = st.lists(st.sampled_from(["lamp", "<b>", "é", "&amp;", "治理", "x" * 50, '"', "ا"]), max_size=200)


@given(words, st.integers(40, 300))
def test_a_snippet_holds_only_text_and_marks(parts: list[str], size: int) -> None:
    text = " ".join(parts)
    cut = snippet(text, "en", Marks(exacts=frozenset({"lamp", "治理"})), size)
    soup = BeautifulSoup(cut.html, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= {"mark"}
    assert unescape(str(cut.html).replace("<mark>", "").replace("</mark>", "")) == cut.plain
    assert len(soup("mark")) == cut.matches
