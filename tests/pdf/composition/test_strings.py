"""The words of the printed page, which characters can be printed, and short forms."""

import string

import pytest

from editions.document.model import Document, Heading, Paragraph, SectionKind
from pdf.composition.acronyms import pairs
from pdf.composition.strings import LANGUAGES, Words, _vocabulary, kind_name, stage_name
from pdf.text.font_coverage import missing
from tests.pdf import samples
from tests.pdf.samples import text
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


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_missing__of_the_six_languages__is_nothing(language):
    assert missing(samples.document(language, 1)) == []


def test_missing__of_signs_no_typeface_has__names_each_with_its_place():
    document = Document(
        "Lamps 🎉", "en",
        (
            Paragraph("a", (text("fine → ≤ ≥ ½ ✓"),)),
            Paragraph("b", (text("हिन्दी and 🎉🎉"),)),
            Heading("c", 1, (text("ᚠ"),)),
        ),
    )  # fmt: skip
    found = [(each.code_point, each.key) for each in missing(document)]
    assert found[0] == ("U+1F389", "")
    assert ("U+0939", "b") in found
    assert found.count(("U+1F389", "b")) == 1
    assert found[-1] == ("U+16A0", "c")
    assert all(each.place for each in missing(document))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("An Internet Exchange Point (IXP) helps.", {"IXP": "Internet Exchange Point"}),
        ("Best Practice Forums (BPFs) and a (note) in (2099)", {"BPFs": "Best Practice Forums"}),
        ("un fournisseur d'accès à Internet (FAI)", {"FAI": "fournisseur d'accès à Internet"}),
        ("nothing of the kind (XYZ)", {}),
        ("(IXP)", {}),
    ],
)
def test_pairs__of_a_sentence__are_its_explained_short_forms(words, found):
    assert dict(pairs(words)) == found
