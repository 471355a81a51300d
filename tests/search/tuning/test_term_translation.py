"""Questions in other languages, in the English words of the library."""

import csv
from typing import Any

import pytest
from django.conf import settings

from search import services
from search.analysis.real_words import commonness
from search.services import Question, drain
from search.tuning import stored_synonyms
from tests.search.library import publish


def english(question: str, reader: str = "en") -> str | None:
    found = stored_synonyms.dictionary().render(question, reader, commonness)
    return found and found.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("فرق الاستجابة للطوارئ الحاسوبية", "computer security incident response team"),
        ("لحماية الأطفال", "child protection"),
        ("وصول المرأة والفتيات إلى الإنترنت", "access women girls internet"),
        ("насилием над женщинами", "violence against women"),
        ("точек обмена трафиком", "internet exchange points"),
        ("网络安全能力建设", "cybersecurity capacity building"),
        ("打击垃圾邮件的法律", "combating spam law"),
        ("redes comunitarias rurales", "community networks rural areas"),
        ("¿Cómo se protege la infancia?", "protect child"),
        ("L'accès des femmes handicapées", "access women with disabilities"),
        ("coupures d'Internet pendant la guerre", "internet shutdowns war"),
        ("cybersecurite", "cybersecurity"),  # typed without its accents
        ("acces des femmes", "access women"),
        ("Que disent les forums du spam ?", "spam"),  # a verb that says nothing is enough for another language
        ("للنساء", "women"),
        ("وللنساء", "women"),
        ("какие темы слились с кибербезопасностью", "merged cybersecurity"),
    ],
)
def test_terms_are_found_in_any_form_and_order(question: str, expected: str) -> None:
    found = english(question)
    assert found is not None
    assert set(expected.split()) <= set(found.split()), found


@pytest.mark.parametrize(
    "question",
    [
        "who pays for the red genre",  # pays, red and genre are words of French and Spanish too
        "formation of a national plan",
        "IPv6",
        "local content",
        "Lillestrøm",
        "футбол",
        "",
        "💡 ؟ 。",
    ],
)
def test_a_question_in_english_or_about_something_else_stays_as_it_is(question: str) -> None:
    assert english(question) is None


def test_a_word_of_two_languages_is_read_in_the_one_that_its_reader_has_chosen() -> None:
    assert english("red") is None
    assert english("red", "es") == "network"
    assert english("droit et genre") == "rights gender"


def test_the_list_has_every_column_and_no_term_twice_in_a_row() -> None:
    with open(settings.LIBRARY_DATA / stored_synonyms.WORDS, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["en", "ar", "es", "fr", "ru", "zh"]
    for row in rows[1:]:
        assert len(row) == 6, row
        assert all(cell.strip() for cell in row[1:]), row
        for cell in row:
            terms = [term.strip() for term in cell.split(";")]
            assert len(set(terms)) == len(terms), row


@pytest.mark.django_db
def test_documents_in_english_and_in_the_language_of_the_question_are_found(index: Any) -> None:
    publish("Nets", "Community networks connect villages.", code="NETS")
    publish("Redes", "Las redes comunitarias conectan los pueblos.", code="REDES", language="es")
    publish("Bread", "Flour and water.", code="BREAD")
    drain()
    for question in ("redes comunitarias", "общественные сети", "社区网络", "الشبكات المجتمعية"):
        results = services.search(Question(question, language="es"))
        titles = [card.data["title"] for card in results.cards]
        assert titles[-1] == "Nets", question
        assert titles == (["Redes", "Nets"] if question == "redes comunitarias" else ["Nets"])
        assert "community networks" in results.expanded
        assert "<mark>Community networks</mark>" in str(results.cards[-1].places[0].snippet_html)
    assert services.search(Question('"redes comunitarias"')).total == 1
    assert services.search(Question("redes -pueblos")).total == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "language", "title"),
    [
        ("ciberseguirdad", "es", "Wires"),  # two letters changed places
        ("кибербезопастность", "ru", "Wires"),
        ("исскуственый интелект", "ru", "Minds"),  # letters that are written twice, and should not be, or should
        ("الذكا الاصطناعي", "ar", "Minds"),  # without its hamza
        ("Маркус Фонарев", "ru", "Keeper"),  # a name of the texts in Cyrillic letters
        ("Фонарёва", "ru", "Keeper"),  # in another case
    ],
)
def test_a_word_of_another_language_that_is_misspelt_or_a_name__is_read_as_it_was_meant(
    index: Any, question: str, language: str, title: str
) -> None:
    publish("Wires", "On cybersecurity.")
    publish("Minds", "Artificial intelligence is spoken of.")
    publish("Keeper", "Markus Fonarev keeps the lamps.")
    publish("Bread", "Flour and water.")
    drain()
    results = services.search(Question(question, language=language))
    assert [card.data["title"] for card in results.cards] == [title]
    assert results.expanded


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["рецепт борща", "receta de paella", "وصفة كعك الشوكولاتة", "horaires des trains"])
def test_a_word_of_another_language_that_is_in_use__is_not_taken_for_a_misspelt_one(index: Any, question: str) -> None:
    publish("Wires", "On cybersecurity, hours, recipients and shores.")
    drain()
    assert services.search(Question(question)).total == 0
