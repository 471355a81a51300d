"""Forms of one word meet, and words that only look alike stay apart."""

import pytest

from search.analysis.analyzer import analyse
from search.analysis.real_words import is_real

FORMS = {
    "en": [
        "organisation organization", "digitise digitizing", "summarised summarizes", "behaviour behavior",
        "labour labor", "neighbourhoods neighborhood", "centre centers", "theatre theater", "defence defense",
        "licence license", "labelled labeled", "travelling traveling", "dialogue dialog", "catalogues catalog",
        "programme program", "judgement judgment", "analyse analyze analyzing analysis analyses",
        "children child", "women woman", "criteria criterion", "people person", "crises crisis",
        "feminism feminist feminists", "terrorism terrorist", "multistakeholderism multistakeholder",
    ],
    "ru": ["дети детей детям ребёнка ребенок", "люди людей человека", "времени время"],
    "ar": ["طفل أطفال والأطفال", "قانون القوانين", "المرأة النساء", "معيار المعايير", "خطر المخاطر"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"), [(language, words) for language, rows in FORMS.items() for words in rows]
)
def test_forms_of_one_word_have_one_stem_and_keep_their_exact_forms(language: str, words: str) -> None:
    tokens = analyse(words, language)
    assert len({token.stem for token in tokens}) == 1
    assert len({token.exact for token in tokens}) == len(tokens)


@pytest.mark.parametrize(
    "words", ["hour hor", "four for", "course corse", "precise precize", "expertise expert", "raise raze", "wise wize"]
)
def test_words_that_only_look_alike_stay_apart(words: str) -> None:
    assert len({token.stem for token in analyse(words, "en")}) == 2


def test_words_in_use_are_known_whether_or_not_a_library_holds_them() -> None:
    for word in ("smart", "junk", "news", "deaf", "safe", "fake", "drones", "Villages"):
        assert is_real(word, ("en",))
    for word in ("adopton", "capacty", "cybersecruity", "goverment", "phising"):
        assert not is_real(word, ("en", "fr", "es"))
    assert is_real("связь", ("en", "ru"))
    assert not is_real("связь", ("en", "zh", "xx"))
