"""Two editions as one text with marked changes: accepted it is the newer one, refused the older one."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.comparison.alignment import PieceKind
from editions.document.model import (
    Document,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Row,
    Run,
    Section,
    SectionKind,
    Table,
)
from editions.document.passages import passages
from formats.docx.package import W
from formats.docx_writing import write_redline
from formats.reading import read
from formats.redline import change_of, redline
from tests.editions.documents import block, documents
from tests.formats.round_trips import writers
from tests.formats.round_trips.documents import WORDS
from tests.formats.round_trips.likeness import differences, likeness
from tests.formats.writing.markup import COVER, picture
from tests.formats.writing.redlines import bare, edited, refused, side, unique
from tests.formats.writing.test_docx import part


def words(document: Document) -> Counter[str]:
    """Of all passages, whatever they are."""
    return Counter(word for passage in passages(document) for word in passage.text.replace("|", " ").split())


def said(runs: tuple[Run, ...]) -> list[tuple[str, str]]:
    return [(change_of(run).value, run.text) for run in runs]


@given(documents, st.data())
def test_any_two_documents__with_changes_accepted_or_refused__are_themselves(one, data):
    old = unique(one)
    kept = st.sampled_from(old.blocks) | block if old.blocks else block
    blocks = tuple(data.draw(st.lists(kept, max_size=6)))
    new = unique(replace(data.draw(documents), blocks=blocks))
    change = redline(old, new)
    assert side(change, "newer") == bare(new)
    assert side(change, "older")[0] == bare(old)[0]
    assert sorted(map(str, side(change, "older")[1])) == sorted(map(str, bare(old)[1]))  # notes: the newer order


@pytest.mark.parametrize("language", sorted(WORDS))
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_a_word_file__accepted_is_the_newer_and_refused_the_older_edition(language, seed):
    old, new = edited(seed, language)
    content = write_redline(redline(old, new), COVER, picture)
    for wanted, file in ((new, content), (old, refused(content))):
        draft, ledger = read("a.docx", file)
        assert ledger.unaccounted == ()
        same, total = likeness(wanted, draft.document)
        assert same == total, "\n".join(differences(wanted, draft.document))


@pytest.mark.parametrize(("seed", "language"), [(3, "ar"), (4, "ru"), (3, "th")])
def test_what_libreoffice_saved__still_is_both_editions(seed: int, language: str) -> None:
    """By its words: LibreOffice gives a paragraph that follows a struck one the style of that."""
    old, new = edited(seed, language)
    content = write_redline(redline(old, new), COVER, picture)
    odt = writers.libreoffice(content, "docx", "odt")
    for saved in (writers.libreoffice(content, "docx", writers.DOCX), writers.libreoffice(odt, "odt", writers.DOCX)):
        for wanted, file in ((new, saved), (old, refused(saved))):
            draft, ledger = read("a.docx", file)
            assert ledger.unaccounted == ()
            assert words(draft.document) == words(wanted)


def test_words_that_changed__are_marked_and_the_rest_is_not():
    old = Document("Lamps", "en", (Paragraph("a", (Run("Keep the old lamps lit."),)), Paragraph("b", (Run("Gone."),))))
    new = Document(
        "Lamps of 2099", "en", (Paragraph("a", (Run("Keep the new lamps lit."),)), Paragraph("c", (Run("New."),)))
    )
    change = redline(old, new)
    first, removed, added = change.document.blocks
    assert said(first.runs) == [
        ("equal", "Keep the "),
        ("deleted", "old"),
        ("inserted", "new"),
        ("equal", " lamps lit."),
    ]
    assert said(removed.runs) == [("deleted", "Gone.")]
    assert said(added.runs) == [("inserted", "New.")]
    assert said(change.title) == [("equal", "Lamps"), ("inserted", " of 2099")]
    assert [change.count(kind) for kind in (PieceKind.EQUAL, PieceKind.INSERTED, PieceKind.DELETED)] == [1, 1, 1]
    assert change.touched == {"a", "-b", "c"}


def test_a_row_an_item_and_a_note__change_within_their_table_list_and_mark():
    def text(words: str, item: str, cell: str, note: str) -> Document:
        marked = (Run(words), Run("", note="n"))
        rows = (
            Row("r", ((Run("Town"),), (Run("Cost"),))),
            Row(f"r{cell}", ((Run(f"{cell} lamps"),), (Run(cell * 3),))),
        )
        items = (Item("i", (Run("one"),)), Item(f"i{item}", (Run(item),)))
        blocks = (Paragraph("p", marked), ListBlock("l", False, items), Table("t", (), rows))
        return Document("T", "en", blocks, notes=(Note("n", (Run(note),)),))

    change = redline(text("Lamps", "two", "Harbour", "Of 2098."), text("Lamps", "three", "Mountain", "Of 2099."))
    paragraph, items, table = change.document.blocks
    assert [change_of(run) for run in paragraph.runs] == [PieceKind.EQUAL] * 2
    assert [change.change_of(item.key).value for item in items.items] == ["equal", "deleted", "inserted"]
    assert [change.change_of(row.key).value for row in table.rows] == ["equal", "deleted", "inserted"]
    (note,) = change.document.notes
    assert said(note.runs) == [("equal", "Of "), ("deleted", "2098"), ("inserted", "2099"), ("equal", ".")]


def test_a_typed_block__that_is_new__is_counted_as_in_its_own_edition_and_tracked_with_its_label():
    def section(key: str, words: str) -> Section:
        return Section(
            key, SectionKind.RECOMMENDATION, (Run(words),), (), (Paragraph(f"{key}p", (Run(f"{words} at night."),)),)
        )

    old = Document("T", "en", (section("a", "Dim the lamps of towns"), section("b", "Count the ships in ports")))
    new = Document("T", "en", (section("c", "Ring every bell in fog"), section("b", "Count the ships in ports")))
    root = part(write_redline(redline(old, new), COVER), "word/document.xml")
    labels = [
        (one.find(f"{W}pPr/{W}rPr/*").tag.removeprefix(W) if one.find(f"{W}pPr/{W}rPr/*") is not None else "", "".join(one.itertext()))
        for one in root.iter(f"{W}p")
        if one.find(f"{W}pPr/{W}pStyle") is not None and one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "SectionLabel"
    ]  # fmt: skip
    assert labels == [("del", "Recommendation 1"), ("ins", "Recommendation 1"), ("", "Recommendation 2")]


def test_every_change__names_the_newer_edition_and_its_instant_under_a_number_of_its_own():
    old, new = edited(5, "en")
    content = write_redline(redline(old, new), COVER, picture)
    changes = list(part(content, "word/document.xml").iter(f"{W}ins", f"{W}del"))
    assert {one.get(f"{W}author") for one in changes} == {COVER.identifier}
    assert {one.get(f"{W}date") for one in changes} == {"2000-01-01T00:00:00Z"}
    numbers = [one.get(f"{W}id") for one in changes]
    assert len(numbers) == len(set(numbers)) > 1
    assert content == write_redline(redline(old, new), COVER, picture)


def test_the_same_text__has_no_change():
    document = Document("T", "en", (Heading("h", 1, (Run("One"),)), Paragraph("p", (Run("Text."),))))
    change = redline(document, document)
    assert not change.changes
    assert not change.touched


def test_what_holds_no_words__is_the_same_in_both_by_its_key() -> None:
    empty = Section("s", SectionKind.RECOMMENDATION, (), (), ())
    old = Document("T", "en", (Paragraph("p", (Run("Lamps stay lit."),)), empty, ListBlock("l", True, ())))
    assert redline(old, old).changes == {}
    first = Item("i", (Run("Count all lamps."),))
    new = replace(old, blocks=(old.blocks[0], replace(empty, blocks=(Paragraph("q", (Run("Light the way."),)),)),
                               ListBlock("l", True, (first,))))  # fmt: skip
    assert redline(old, new).changes == {"q": PieceKind.INSERTED, "i": PieceKind.INSERTED}
