"""Notes of an HTML file, however many there are."""

import pytest

from editions.document.model import text_of_runs
from tests.formats.html.pages import read
from tests.formats.said import said


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("kind", ["ol", "ul"])
def test_notes_in_a_list__are_notes_where_there_is_but_one(kind, count):
    marks = "".join(f'<sup id="r{n}"><a href="#n{n}">[{n}]</a></sup>' for n in range(1, count + 1))
    notes = "".join(f'<li id="n{n}"><a href="#r{n}">^</a> Source {n}.</li>' for n in range(1, count + 1))
    draft = read(f"<p>Text{marks} of it.</p><{kind}>{notes}</{kind}><p>After.</p>")
    assert [text_of_runs(note.runs) for note in draft.document.notes] == [f"Source {n}." for n in range(1, count + 1)]
    assert [said(block) for block in draft.document.blocks] == ["Text of it.", "After."]


def test_a_note_that_is_a_paragraph_of_its_own__keeps_what_its_element_says():
    draft = read(
        '<p>Text<sup id="r1"><a href="#n1">1</a></sup> of it.</p><p>After.</p>'
        '<p id="n1" lang="fr"><a href="#r1">1</a> Une source.</p>'
    )
    (note,) = draft.document.notes
    assert [(run.text, run.language) for run in note.runs] == [("Une source.", "fr")]


def test_a_raised_number_in_a_note_numbered_by_hand__is_no_mark_and_stays():
    draft = read(
        "<p>Text<sup>1</sup> and lamps<sup>2</sup>.<p>After."
        "<p><sup>1</sup> First source.<p><sup>2</sup> As said<sup>1</sup> before."
    )
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["First source.", "As said1 before."]
