"""Files that LibreOffice changed, or only saved: every change and comment lands on its paragraph, nothing else is said.

`EXAMPLES=full` (`make round-trips`) takes eight languages and 200 changes a file; the suite two and 60.
"""

import os
import random
from collections.abc import Iterator

import pytest

from consultation.word_comments.matching import Matched, matched, plain, text_of
from editions.document.model import Document
from editions.document.passages import Passage, PassageKind, passages
from formats.docx.package import W
from formats.docx.tracked_changes import review
from formats.office.bookmarks import bookmark_of
from tests.consultation.word_comments.edits import edit_at_random, said_in
from tests.consultation.word_comments.libreoffice import Order, changed_in_libreoffice
from tests.consultation.word_comments.test_matching import edited, said
from tests.formats.round_trips import writers
from tests.formats.round_trips.documents import OTHER_SCRIPTS, WORDS, Generator

IS_FULL = os.environ.get("EXAMPLES") == "full"
LANGUAGES = sorted(WORDS | OTHER_SCRIPTS) if IS_FULL else ["ar", "hi"]
CHANGES, BLOCKS = (200, 260) if IS_FULL else (60, 80)
_PARAGRAPHS = (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.QUOTE)


def first_words(passage: Passage) -> str:
    """What stands in it before the first mark of a note, of a row the first cell: as far as a macro counts letters."""
    if passage.kind == PassageKind.ROW:
        return text_of(passage).split(" | ")[0]
    runs = passage.runs
    marks = [place for place, run in enumerate(runs) if run.note]
    return plain("".join(run.text for run in (runs[: marks[0]] if marks else runs)))


def drawn(found: list[Passage], draw: random.Random) -> Iterator[tuple[Passage, Order, str]]:
    """One change a passage, with the wording that it makes, or "remark"."""
    is_struck = False
    for place, passage in enumerate(found):
        words = [word for word in first_words(passage).split() if len(word) > 1 and not word.isdigit()]
        if is_struck or not words:
            is_struck = False
            continue
        word, text = draw.choice(words), text_of(passage)
        kinds = ["replace", "replace", "insert", "comment"]
        if passage.kind in _PARAGRAPHS:
            kinds.append("behind")
        if passage.kind == PassageKind.PARAGRAPH and not any(run.note for run in passage.runs):
            following = found[place + 1].kind if place + 1 < len(found) else ""
            kinds += ["all"] if following == PassageKind.PARAGRAPH else []  # a cursor would take in a table
        kind = draw.choice(kinds)
        new = "" if kind == "all" else f"new{place} " if kind == "insert" else f"new{place}"
        wording = {
            "replace": plain(text.replace(word, new, 1)), "insert": plain(text.replace(word, new + word, 1)),
            "comment": "remark", "behind": f"{text}\n{new}", "all": "",
        }[kind]  # fmt: skip
        is_struck = kind == "all"  # LibreOffice joins what is struck and changed beside it
        yield passage, Order(bookmark_of(passage.key), kind, word, new), wording


def came(content: bytes, document: Document) -> Matched[Passage]:
    return matched(review(content), list(passages(document)))


def saved_again(content: bytes) -> Iterator[bytes]:
    yield writers.libreoffice(content, "docx", writers.DOCX)
    yield writers.libreoffice(writers.libreoffice(content, "docx", "odt"), "odt", writers.DOCX)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_changed_in_libreoffice_and_saved_there_again__lands_on_its_paragraph(language: str) -> None:
    document = Generator(21, language).document(BLOCKS)
    found = [passage for passage in passages(document) if passage.kind != PassageKind.NOTE]
    changes = list(drawn(found, random.Random(language)))[:CHANGES]
    assert len(changes) == CHANGES
    wordings = {one.key: text for one, _, text in changes if text != "remark"}
    remarks = {order.text: one.key for one, order, text in changes if text == "remark"}
    content = changed_in_libreoffice(edited(document).content(), [order for _, order, _ in changes])
    for file in (content, *saved_again(content)):
        back = came(file, document)
        assert said(back) == wordings
        assert {remark.text: one.passage.key for one in back.found if one.passage for remark in one.remarks} == remarks
        assert back.lost == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_others_changed_and_libreoffice_saved__lands_on_its_paragraph(language: str) -> None:
    """Changes as Word writes them, several in a paragraph, beside its number and at its end; and remarks."""
    document = Generator(11, language).document(BLOCKS)
    file = edited(document)
    expected = edit_at_random(file, random.Random(5), CHANGES)
    names = {bookmark_of(passage.key): passage.key for passage in passages(document)}
    remarks = {}
    for place, paragraph in enumerate([one for one in file.paragraphs() if said_in(one)][::7]):
        file.comment(paragraph, f"remark {place}")
        mark = paragraph.find(f"{W}bookmarkStart")
        assert mark is not None
        remarks[f"remark {place}"] = names[str(mark.get(f"{W}name"))]
    for content in saved_again(file.content()):
        back = came(content, document)
        wordings = said(back)
        assert set(wordings) == {names[name] for name in expected}
        for name, wording in expected.items():  # of a row its first cell
            assert plain(wordings[names[name]]).startswith(plain(wording))
        assert {remark.text: one.passage.key for one in back.found if one.passage for remark in one.remarks} == remarks
        assert back.lost == ()
