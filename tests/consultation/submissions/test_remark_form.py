"""What a comment is about: as many places as the form takes, and no place dropped without a word."""

import pytest

from consultation.submissions import forms, paragraph_numbers

pytestmark = pytest.mark.django_db


def form_of(consultation, **typed):
    facts = {"kind": "general", "language": "en", "body": "Name the schools."} | typed
    return forms.RemarkForm(consultation.period, facts)


def test_as_many_places_as_are_taken__are_all_kept(consultation, monkeypatch):
    for module in (forms, paragraph_numbers):
        monkeypatch.setattr(module, "MOST_TARGETS", 5)
    form = form_of(consultation, paragraphs="1-4", whole="on")
    assert form.is_valid()
    assert form.cleaned_data["targets"] == ["document", "p1", "p2", "p3", "p4"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [({"paragraphs": "1-5", "whole": "on"}, 6), ({"paragraphs": "1-6"}, 6), ({"paragraphs": "1, 900-90000"}, 89101)],
)
def test_one_place_more__is_refused_and_counted(consultation, monkeypatch, typed, found):
    for module in (forms, paragraph_numbers):
        monkeypatch.setattr(module, "MOST_TARGETS", 5)
    form = form_of(consultation, **typed)
    said = f"A comment can name 5 places; this names {found}. Write a second comment for the others."
    assert form.errors == {"paragraphs": [said]}


def test_range_that_runs_backwards__is_none(consultation):
    assert form_of(consultation, paragraphs="3-2").errors == {"paragraphs": ["“3-2” is not a range of paragraphs."]}


@pytest.mark.parametrize(("field", "most"), [("body", 20_000), ("proposed", 10_000), ("rationale", 5_000)])
def test_words__are_taken_up_to_the_last_sign_that_is_promised(consultation, field, most):
    assert form_of(consultation, paragraphs="1", **{field: "x" * most}).is_valid()
    assert list(form_of(consultation, paragraphs="1", **{field: "x" * (most + 1)}).errors) == [field]
