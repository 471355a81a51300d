"""Several things named in one sentence: with the comma of the reader's language, and nothing of them is markup."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from core.languages.lists import listed


@pytest.mark.parametrize(("language", "said"), [("en", "1, b"), ("ar", "1، b"), ("zh-hans", "1、b"), ("fr", "1, b")])
def test_things_in_a_sentence__have_the_comma_of_the_language(language: str, said: str) -> None:
    with override(language):
        assert listed([1, "b"]) == said
        assert Template("{{ things|listed }}").render(Context({"things": [1, "b"]})) == said


def test_things_on_a_page__are_escaped() -> None:
    assert Template("{{ things|listed }}").render(Context({"things": ["<b>", "c"]})) == "&lt;b&gt;, c"
