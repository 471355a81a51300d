"""The words that the printed page adds, in six languages."""

import string

import pytest

from editions.document.model import SectionKind
from pdf.composition.strings import LANGUAGES, Words, _vocabulary, kind_name, stage_name
from workflow.states import DRAFT_STAGES, State


@pytest.mark.parametrize("language", LANGUAGES)
def test_vocabulary__of_every_language__has_every_word_and_the_same_blanks(language):
    ours, english = _vocabulary(language), _vocabulary("en")
    assert set(ours["words"]) == set(Words.__annotations__)
    for name, words in english["words"].items():
        assert blanks(ours["words"][name]) == blanks(words), name
    for group in ("stages", "kinds", "details", "recorded"):
        assert set(ours[group]) == set(english[group]), group
        assert all(ours[group].values())
    assert set(ours["kinds"]) == {kind.value for kind in SectionKind}
    assert len(ours["words"]["disposition_heads"].split("|")) == 5


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("state", sorted({*DRAFT_STAGES, State.FINAL}))
def test_stage_name__in_english__is_the_states_own_label(state):
    assert stage_name(state, "en-GB") == State(state).label


def test_words__in_a_language_that_has_none__are_english():
    assert kind_name("annex", "sw") == "Annex"
