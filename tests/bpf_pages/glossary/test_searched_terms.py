"""A question for what a word means here leads to the glossary."""

import pytest
from django.utils.translation import override

from bpf_pages.glossary.searched_terms import terms_named

ASKED = {
    ("en", "what is a BPF?"): ["best-practice-forum"],
    ("en", "Best Practice Forums"): ["best-practice-forum"],
    ("en", "what is rough consensus"): ["rough-consensus"],
    ("es", "¿qué es un foro sobre mejores prácticas?"): ["best-practice-forum"],
    ("fr", "consensus approximatif"): ["rough-consensus"],
    ("fr", "rough consensus"): ["rough-consensus"],
    ("ru", "что такое примерный консенсус"): ["rough-consensus"],
    ("en", "rough consensus on spam"): [],
    ("en", "what is it"): [],
    ("en", ""): [],
}


@pytest.mark.parametrize(("asked", "expected"), ASKED.items())
def test_a_term__is_found_by_its_words_and_no_others(asked, expected):
    language, question = asked
    with override(language):
        assert [term.slug for term in terms_named(question)] == expected


@pytest.mark.django_db
def test_the_page_of_results__says_what_the_term_means(client):
    page = client.get("/search/?q=what is a BPF?").content.decode()
    assert 'href="/glossary/#best-practice-forum"' in page
    assert "works on one subject between two annual meetings" in page
    assert "/glossary/#best" not in client.get("/search/?q=spam").content.decode()
