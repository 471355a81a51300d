import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import LONGEST_TERM, SNOWBALL, analyse, find, fold
from search.analysis.links import is_link
from search.analysis.significant_terms import counted, telling
from tests.search.languages import PROBES, TEXTS

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def terms(text: str, language: str) -> set[str]:
    return {form for token in analyse(text, language) for form in (token.stem, token.exact)}


@pytest.mark.parametrize(("word", "expected"), PROBES)
def test_a_word_read_in_every_language_finds_the_texts_of_its_own(word: str, expected: set[int]) -> None:
    def matches(number: int) -> bool:
        held = terms(TEXTS[number][1], TEXTS[number][0])
        readings = [analyse(word, language) for language in LANGUAGES]
        return any(all(token.stem in held or token.exact in held for token in reading) for reading in readings)

    assert {number for number in TEXTS if matches(number)} == expected


@given(st.text(), st.sampled_from([*LANGUAGES, "de", "xx", ""]))
def test_any_text_is_analysed_and_every_offset_names_the_word_in_the_text_as_given(text: str, language: str) -> None:
    last = 0
    for token in analyse(text, language):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= last
        last = token.start
        assert token.exact
        assert len(token.exact) <= LONGEST_TERM
        assert not any(character.isspace() for character in token.stem + token.exact), "terms are joined by spaces"
        assert fold(text[token.start : token.end])[:LONGEST_TERM] == token.exact or token.stem.startswith("cjk:")


def test_folding_that_changes_the_length_does_not_move_the_words_after_it() -> None:
    text = "İstanbul große ﬁle Ünïon"
    assert [text[token.start : token.end] for token in analyse(text, "en")] == ["İstanbul", "große", "ﬁle", "Ünïon"]
    assert [token.exact for token in analyse(text, "en")] == ["istanbul", "grosse", "file", "union"]


@pytest.mark.parametrize("plural", ["SDGs", "IXPs", "CERTs", "ISPs", "NRIs"])
def test_the_plural_of_an_acronym_meets_its_singular(plural: str) -> None:
    assert analyse(plural, "en")[0].stem == analyse(plural[:-1], "en")[0].stem


def test_decomposed_and_composed_spellings_are_one_word() -> None:
    assert terms("Gene\u0300ve", "fr") == terms("Genève", "fr")
    assert len(analyse("Gene\u0300ve", "fr")) == 1


def test_a_foreign_word_is_stemmed_by_its_script() -> None:
    assert terms("the word политики", "en") & terms("политика", "ru")


def test_chinese_runs_become_pairs_and_a_lone_character_stays() -> None:
    assert [token.exact for token in analyse("网络安全 X 治", "zh")] == ["网络", "络安", "安全", "x", "治"]


typed = st.text(st.sampled_from("abdegiksty AEGT’“– éß治1_")) | st.text()


@given(typed, st.sampled_from([*SNOWBALL, "ar", "zh"]), st.data())
def test_words_are_found_where_analysis_sees_them(text: str, language: str, data: st.DataObject) -> None:
    seen = analyse(text, language)
    stems = frozenset(data.draw(st.lists(st.sampled_from([token.stem for token in seen] or ["en:x"]))))
    letters = {stem.partition(":")[2][:1] for stem in stems}
    found = find(text, language, lambda stem, exact: stem in stems, letters)
    assert sorted(found) == [(token.start, token.end) for token in seen if token.stem in stems]


@pytest.mark.parametrize(("language", "word"), [("nl", "gezien"), ("tr", "dine"), ("en", "skies"), ("fr", "“École”")])
def test_a_word_is_found_though_its_stem_begins_otherwise(language: str, word: str) -> None:
    (token,) = analyse(word, language)
    place = find(word, language, lambda stem, exact: stem == token.stem, {token.stem.partition(":")[2][0]})
    assert place == [(token.start, token.end)]


def test_digits_of_any_shape__are_one_number() -> None:
    assert [token.exact for token in analyse("٢٠١٧ ۲۰۱۷ ２０１７ 2017", "ar")] == ["2017"] * 4


def test_traditional_characters__are_read_as_simplified_ones_in_their_places() -> None:
    typed, simple = analyse("網絡安全能力建設", "zh"), analyse("网络安全能力建设", "zh")
    assert typed == simple
    assert typed[0].start == 0


def test_a_process_begins__without_the_lists_and_tables_that_its_first_question_may_need() -> None:
    """Every command and every worker would wait for them."""
    script = """
import sys
from search.analysis.analyzer import analyse
from search.query import fictitious
from search.query.question import Question
assert not {"msgpack", "wordfreq"} & sys.modules.keys()
assert [token.stem for token in analyse("垃圾郵件", "zh")] == [token.stem for token in analyse("垃圾邮件", "zh")]
assert fictitious.asked_for(Question("虚构")) and not fictitious.asked_for(Question("lamp"))
assert "wordfreq" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(
    ("word", "stem"),
    [("الحق", "حق"), ("بالحق", "حق"), ("والحق", "حق"), ("وشبكة", "شبكة")],
)
def test_an_arabic_word__loses_its_prefix_where_two_letters_stay_and_a_mere_waw_where_three_do(word, stem) -> None:
    assert [token.stem for token in analyse(word, "ar")] == [token.stem for token in analyse(stem, "ar")]


def test_an_arabic_word_that_begins_with_waw__keeps_it_where_two_letters_would_stay() -> None:
    assert [token.stem.removeprefix("ar:") for token in analyse("وعد", "ar")] == ["وعد"]


def test_telling_words__are_neither_short_nor_stop_words() -> None:
    text = "The lamps, the lamps that we lit, the letter x: lamps."
    assert counted(telling([list(analyse(text, "en"))])) == {"en:lamp": 3, "en:letter": 1, "en:lit": 1}


@pytest.mark.parametrize(
    ("text", "only"),
    [
        (" https://example.org/a ", True),
        ("www.example.org", True),
        ("https://example.org says so", False),
        ("word", False),
    ],
)
def test_a_passage__is_a_link_where_it_is_nothing_else(text: str, only: bool) -> None:
    assert is_link(text) is only
