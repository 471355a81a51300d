"""The neutral document: round trips, canonical bytes, numbering of passages."""

import dataclasses
import json
import unicodedata

import pytest
from hypothesis import given

from editions.document.json_form import UnreadableDocument, canonical_bytes, from_json, sha256, to_json
from editions.document.model import (
    Document,
    Heading,
    Note,
    Paragraph,
    Run,
    Section,
    SectionKind,
    direction_of,
    without_sections,
)
from editions.document.passages import PassageKind, passages
from tests.editions.documents import documents, sample, words


@given(documents)
def test_json__of_any_document__reads_back_as_the_same_document(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


@given(documents)
def test_canonical_bytes__of_any_document__are_the_same_after_a_round_trip(document: Document) -> None:
    assert canonical_bytes(from_json(to_json(document))) == canonical_bytes(document)


@given(documents)
def test_passages__of_any_document__have_unique_anchors_and_unbroken_numbers(document: Document) -> None:
    found = list(passages(document))
    assert [passage.ordinal for passage in found] == list(range(1, len(found) + 1))
    numbered = [passage.number for passage in found if passage.kind != PassageKind.HEADING]
    assert numbered == list(range(1, len(numbered) + 1))
    assert len({passage.anchor for passage in found}) == len(found)


@given(documents)
def test_heading_levels__of_any_document__never_skip_one(document: Document) -> None:
    last = 0
    for passage in passages(document):
        if passage.kind == PassageKind.HEADING:
            assert passage.level <= last + 1
            last = passage.level


def test_sha256__of_decomposed_and_composed_letters__is_the_same() -> None:
    composed = sample("Genève 2099")
    decomposed = sample(unicodedata.normalize("NFD", "Genève 2099"))
    assert sha256(composed) == sha256(decomposed)


def test_sha256__of_one_changed_letter__differs() -> None:
    assert sha256(sample("Lamp")) != sha256(sample("Lamps"))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"version": 2},
        to_json(sample()) | {"blocks": [{"type": "video", "key": "v"}]},
        to_json(sample()) | {"blocks": [{"type": "paragraph", "key": "p"}]},
        {name: value for name, value in to_json(sample()).items() if name != "title"},
    ],
)
def test_from_json__of_a_broken_shape__names_what_is_wrong(broken: dict[str, object]) -> None:
    with pytest.raises(UnreadableDocument) as error:
        from_json(broken)
    assert error.value.reason


def test_passages__after_a_typed_block__go_back_to_the_heading_above_it() -> None:
    document = dataclasses.replace(
        sample(),
        blocks=(
            Heading("h1", 1, words("Above")),
            Section("s", SectionKind.FINDING, words("Inside"), (), (Paragraph("p1", words("in")),)),
            Paragraph("p2", words("out")),
        ),
        notes=(),
    )
    paths = {passage.key: passage.path for passage in passages(document)}
    assert paths["p1"] == ("Above", "Inside")
    assert paths["p2"] == ("Above",)


def test_passage_language__where_all_runs_are_foreign__is_theirs() -> None:
    document = Document("T", "en", (Paragraph("p", (Run("Bonjour", language="fr"),)), Paragraph("q", words("Hello"))))
    assert [passage.language for passage in passages(document)] == ["fr", "en"]


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("ar-EG", "rtl"), ("en", "ltr"), ("zh-Hans", "ltr")]
)
def test_direction__follows_the_primary_subtag(language: str, direction: str) -> None:
    assert direction_of(language) == direction


def test_without_sections__drops_the_kind_at_any_depth_and_its_notes() -> None:
    notice = Section("s", SectionKind.DRAFT_NOTICE, (), (), (Paragraph("p", (Run("Write"), Run("", note="n2"))),))
    annex = Section("a", SectionKind.ANNEX, words("Annex"), (), (notice, Paragraph("q", words("Kept"))))
    notes = (*sample().notes, Note("n2", words("to us")))
    document = dataclasses.replace(sample(), blocks=(*sample().blocks, annex), notes=notes)
    left = without_sections(document, SectionKind.DRAFT_NOTICE)
    assert [passage.text for passage in passages(left)][-3:] == ["Annex", "Kept", "This forum is fictitious."]
    assert left.notes == sample().notes
