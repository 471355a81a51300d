"""What stops a document from being frozen is named place by place."""

import dataclasses

import pytest

from editions.document.model import Document, Figure, Paragraph, Run
from editions.document.validation import problems
from tests.editions.documents import sample, words


def codes(document: Document) -> list[tuple[str, str]]:
    return [(problem.code, problem.key) for problem in problems(document)]


def with_blocks(*blocks: object) -> Document:
    return dataclasses.replace(sample(), blocks=blocks, notes=())


def test_a_complete_document__has_no_problems() -> None:
    assert codes(sample()) == []


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (with_blocks(), ("empty", "")),
        (with_blocks(Paragraph("p", words("  "))), ("empty", "")),
        (dataclasses.replace(sample(), title=" "), ("no_title", "")),
        (with_blocks(Paragraph("", words("text"))), ("no_key", "")),
        (with_blocks(Paragraph("p", words("one")), Paragraph("p", words("two"))), ("duplicate_key", "p")),
        (with_blocks(Figure("f", "a.png", " ", words("caption"), 9, 9)), ("no_alt_text", "f")),
        (with_blocks(Paragraph("p", (Run("text"), Run("", note="x")))), ("mark_without_note", "x")),
        (dataclasses.replace(sample(), blocks=(Paragraph("p", words("t")),)), ("note_without_mark", "n1")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_fault__is_named_with_its_place(document: Document, expected: tuple[str, str]) -> None:
    assert expected in codes(document)
