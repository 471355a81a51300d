"""Words that are printed are those of the page: the catalogue's names, the terms of docs/translations.md, its forms."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pdf.composition import strings
from tests.site.test_locale import MISTAKES, catalogue, terms, unused

PRINTED = Path(strings.__file__).parent / "printed_strings"
CATALOGUES = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "zh_Hans": "zh"}
NAMES = ("stages", "kinds", "details", "recorded", "roles")
"""Parts that hold names which pages show too. The rest are words and sentences of print alone."""


def printed(language: str) -> dict[str, str]:
    """{key, with its part: what is printed}, of the name of a catalogue or "en"."""
    content = json.loads((PRINTED / f"{CATALOGUES.get(language, language)}.json").read_text("utf-8"))
    return dict(_leaves(content, ""))


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    else:
        for name, each in value.items():
            yield from _leaves(each, f"{key}.{name}".strip("."))


@pytest.mark.parametrize("language", CATALOGUES)
def test_name__that_the_pages_show_too__is_printed_as_there(language: str) -> None:
    known, own = catalogue(language)._catalog, printed(language)
    shared = {key: text for key, text in printed("en").items() if key.partition(".")[0] in NAMES and text in known}
    assert len(shared) > 40
    assert {key: own[key] for key, text in shared.items() if own[key] != known[text]} == {}


@pytest.mark.parametrize("language", CATALOGUES)
def test_term__has_the_one_word_of_its_language_in_print_too(language: str) -> None:
    own = printed(language)
    strayed = [
        (english, own[key])
        for of, english, pattern in terms()
        if of == language
        for key, text in printed("en").items()
        if re.search(rf"\b{english}s?\b", text, re.IGNORECASE) and not pattern.search(own[key])
    ]
    assert strayed == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_print__is_punctuated_as_its_language_is_and_uses_no_form_that_is_ruled_out(language: str) -> None:
    ruled_out = [word if language == "zh_Hans" else rf"(?<!\w){word}(?!\w)" for of, word in unused() if of == language]
    mistakes = [re.compile(each, re.IGNORECASE) for each in (*ruled_out, MISTAKES[language])]
    texts = printed(language).values()
    assert [text for text in texts for mistake in mistakes if mistake.search(text)] == []
