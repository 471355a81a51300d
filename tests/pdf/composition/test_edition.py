"""What composition hands to painting."""

import re
from collections.abc import Iterator

import pytest

from editions.document.model import Detail, Document, Figure, Paragraph, Row, Section, SectionKind, Table
from pdf.composition.edition import compose
from pdf.composition.front_matter import FrontMatter
from pdf.composition.yearbook import VolumeJob, compose_volume
from pdf.placed_document import Bookmark, PlacedDocument, TextBox, TurnedText
from pdf.print_job import Disposition
from pdf.tagging.structure_tree import Node
from pdf.text.spans import Word
from tests.pdf import samples
from tests.pdf.samples import text


def words_of_the_text(document: PlacedDocument) -> Iterator[Word]:
    for page in document.pages:
        for box in page.boxes:
            if isinstance(box, TextBox) and not box.is_artifact:
                yield from (word for word, _x, _baseline in box.words)


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_compose__of_an_edition__gives_every_word_its_element_of_the_tree_and_its_language(language):
    placed = compose(samples.job(samples.document(language)))
    elements = set(map(id, placed.root.walk()))
    words = list(words_of_the_text(placed))
    assert all(id(word.span.slot.node) in elements for word in words)
    assert language in {word.span.language for word in words}
    assert any(word.level % 2 for word in words)  # the samples hold Arabic in every language


def test_compose__of_a_document__says_its_pages_and_places_before_a_page_is_taken():
    placed = compose(samples.job(samples.document("en", 6)))
    pages = list(placed.pages)
    assert placed.page_count == len(pages)
    bookmarks = [(number, box) for number, page in enumerate(pages, 1) for box in page.boxes if type(box) is Bookmark]
    assert bookmarks
    assert all(placed.places[bookmark.key].page == number for number, bookmark in bookmarks)


def test_compose__of_a_document__paints_nothing():
    placed = compose(samples.job(samples.document("en")))
    list(placed.pages)
    assert not any(kid.marks for node in placed.root.walk() for kid in node.kids if not isinstance(kid, Node))


@pytest.mark.parametrize(("language", "is_from_the_right"), [("en", False), ("he", False), ("fa", False), ("ar", True)])
def test_the_word_behind_a_draft__runs_as_its_own_letters_do(language, is_from_the_right):
    """In a language that the library does not speak, and that is read from the right, it is English all the same."""
    placed = compose(samples.job(Document("T", language, (Paragraph("p", (text("x"),)),)), "comment"))
    (mark,) = [box for box in next(iter(placed.pages)).boxes if isinstance(box, TurnedText)]
    ((word, left, _),) = mark.words
    assert word.level % 2 == is_from_the_right
    assert left == pytest.approx(-word.width / 2)


@pytest.mark.parametrize("language", ["he", "hi"])
def test_words_that_the_page_adds_to_a_text_it_has_none_for__are_english_and_in_its_order(language):
    """As "Table 1." and "Addressed to:" before words of the text, and the sentences of the title page."""
    blocks = (
        Section(
            "s", SectionKind.RECOMMENDATION, (text("נר" if language == "he" else "तेल"),),
            (Detail("d", "addressed_to", (text("נר" if language == "he" else "तेल"),)),),
        ),
        Table("t", (text("נר" if language == "he" else "तेल"),), (Row("r", ((text("1"),),)),)),
        Figure("f", "gone.png", "נר" if language == "he" else "तेल", (), 9, 9),
    )  # fmt: skip
    placed = compose(samples.job(Document("נר" if language == "he" else "तेल", language, blocks), "comment"))
    words = [word for word in words_of_the_text(placed) if not word.is_space]
    added = [word for word in words if word.span.language == "en"]
    said = " ".join(dict.fromkeys(word.span.text for word in added))
    for wanted in ("Table 1.", "Addressed to:", "Recommendation 1", "The image could not be read.", "as final."):
        assert wanted in said
    assert {word.level % 2 for word in added if "נר" not in word.span.text} == {0}  # the citation holds the title
    own = {word.span.text.strip() for word in words if word.span.language == language}
    assert not [spoken for spoken in own if re.search("Table|Addressed|Recommendation|image", spoken)]


def test_annex__says_the_language_of_each_comment_and_its_answer_in_that_of_the_document():
    answers = (
        Disposition(1, "¶ 1", "Il faut plus d'huile.", "Accepted", "Done in ¶ 3.", "fr"),
        Disposition(2, "¶ 2", "Say more.", "Accepted", "Done in ¶ 4."),
    )
    placed = compose(samples.job(samples.document("en"), "final", dispositions=answers))
    spoken = {(word.span.text, word.span.language) for word in words_of_the_text(placed) if not word.is_space}
    in_french, in_english = (" ".join(text for text, spoken_in in spoken if spoken_in == one) for one in ("fr", "en"))
    assert "Il faut plus d'huile." in in_french
    assert "Done in ¶ 3." in in_english
    assert "Done in ¶ 3." not in in_french


def test_contents_of_a_yearbook__have_the_titles_of_documents_first_and_their_chapters_below(monkeypatch):
    seen = []
    contents = FrontMatter.contents

    def noting(front, entries, parent):
        made = contents(front, entries, parent)
        seen.extend(entries)
        return made

    monkeypatch.setattr(FrontMatter, "contents", noting)
    job = samples.job(samples.document("en", 1))
    compose_volume(VolumeJob("Outcomes", "BPF-2099", "https://library.example/y.pdf", (job,), job.published))
    assert [level for level, *_ in seen][:2] == [1, 2]
