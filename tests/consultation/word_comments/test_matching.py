"""Changes and comments of a Word file land on their paragraphs, whatever program lost what; nothing is dropped."""

import random
from dataclasses import replace

import pytest
from lxml import etree

from consultation.word_comments.matching import Matched, matched, plain, text_of
from editions.document.model import (
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
)
from editions.document.passages import Passage, passages
from formats.cover import Cover
from formats.docx.package import W
from formats.docx.tracked_changes import review
from formats.docx_writing import write
from formats.office.bookmarks import bookmark_of
from tests.consultation.word_comments.edits import Edited, edit_at_random, said_in
from tests.formats.docx.docx_files import PNG
from tests.formats.round_trips import writers
from tests.formats.round_trips.documents import Generator
from tests.formats.writing.test_docx import SECTION

TEXT = Document(
    "Lamps",
    "en",
    (
        Paragraph("p1", (Run("Lamps stay lit until ten."),)),
        Paragraph("p2", (Run("Towns pay for the light of their streets."), Run("", note="n1"))),
        Paragraph("p3", (Run("Every third lamp is dimmed at midnight."),)),
        ListBlock("l", False, (Item("i1", (Run("Replace old lamps first."),)),)),
        Table("t", (), (Row("r1", ((Run("Town"),), (Run("Lamps"),))), Row("r2", ((Run("Aton"),), (Run("12"),))))),
        Figure("f1", "x.png", "A lamp", (Run("One lamp of many"),), 10, 10),
    ),
    notes=(Note("n1", (Run("Since 2090."),)),),
)


def picture(figure: Figure) -> bytes:
    return PNG


def edited(document: Document = TEXT) -> Edited:
    return Edited(write(document, Cover("BPF-2099-LAMPS-E1"), picture))


def came(file: Edited, document: Document = TEXT, *former: Document) -> Matched[Passage]:
    return matched(review(file.content()), list(passages(document)), [list(passages(one)) for one in former])


def said(found: Matched[Passage]) -> dict[str, str]:
    return {one.passage.key if one.passage else "": one.after for one in found.found if one.is_changed}


def first_run(file: Edited, text: str) -> object:
    return said_in(file.paragraph(text))[0]


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_two_hundred_edits_at_random__all_land_on_their_paragraph(language: str) -> None:
    document = Generator(11, language).document(160)
    file = edited(document)
    expected = edit_at_random(file, random.Random(5), 200)
    assert len(expected) > 100
    found = came(file, document)
    texts = {bookmark_of(passage.key): passage for passage in passages(document)}
    rows = {key: name for name, key in ((name, passage.key) for name, passage in texts.items()) if name in expected}
    there = said(found)
    for key, name in rows.items():
        whole = plain(expected[name])
        assert there[key].split(" | ")[0] == whole or plain(there[key]).startswith(whole), (key, whole)
    assert set(there) == set(rows)
    assert found.lost == ()


def test_what_libreoffice_saved__still_lands() -> None:
    file = edited()
    file.replace(first_run(file, "Lamps stay"), 15, "until ten", "until eleven")
    file.comment(file.paragraph("Every third"), "Which ones?")
    content = writers.libreoffice(file.content(), "docx", writers.DOCX)
    found = matched(review(content), list(passages(TEXT)))
    assert said(found) == {"p1": "Lamps stay lit until eleven."}
    assert [(one.passage.key, one.remarks[0].text) for one in found.found if one.passage and one.remarks] == [
        ("p3", "Which ones?")
    ]


def test_changes_in_rows_items_captions_and_notes__land_on_these() -> None:
    file = edited()
    file.replace(first_run(file, "Aton"), 0, "Aton", "Beton")
    file.replace(first_run(file, "Replace"), 0, "Replace", "Mend")
    file.replace(first_run(file, "One lamp"), 0, "One", "A")
    assert said(came(file)) == {"i1": "Mend old lamps first.", "r2": "Beton | 12", "f1": "A lamp of many"}


@pytest.mark.parametrize(("paragraph", "number"), [("One lamp", "Figure"), ("Lamps stay", "1")])
def test_words_put_into_a_number_of_the_library__change_no_wording_and_are_told(paragraph, number) -> None:
    file = edited()
    runs = file.paragraph(paragraph).iter(f"{W}r")
    run = next(each for each in runs if number in "".join(text.text for text in each.iter(f"{W}t")))
    file.replace(run, "".join(text.text for text in run.iter(f"{W}t")).index(number), number, "Nowhere")
    found = came(file)
    assert said(found) == {}
    assert found.lost == (number, "Nowhere")


@pytest.mark.parametrize(
    ("place", "old", "new", "wording"),
    [
        (4, "", "All ", "All Lamps stay lit until ten."),
        (0, "", "All ", "All Lamps stay lit until ten."),
        (4, "Lamps", "Lights", "Lights stay lit until ten."),
        (2, "1 Lamps", "", "stay lit until ten."),
    ],
)
def test_words_in_the_style_of_a_number__are_of_the_paragraph(place, old, new, wording) -> None:
    """Programs give the style of the number to what is typed beside it, LibreOffice to what is struck there too."""
    file = edited()
    paragraph = file.paragraph("Lamps stay")
    number, words = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
    number[-1].text, words[-1].text = "¶ 1 Lamps", " stay lit until ten."
    file.replace(number, place, old, new)
    found = came(file)
    assert said(found) == {"p1": wording}
    assert found.lost == (("1",) if old == "1 Lamps" else ())


def test_words_put_in_on_both_sides_of_an_end__are_of_two_paragraphs_though_the_end_is_said_to_be_new() -> None:
    """LibreOffice takes two insertions of one person beside each other for one, with the end between them."""
    document = replace(TEXT, blocks=(TEXT.blocks[0], Heading("h", 1, (Run("Costs"),)), *TEXT.blocks[1:]))
    file = edited(document)
    file.replace(first_run(file, "Lamps stay"), len("Lamps stay lit until "), "ten.", "nine.")
    file.replace(first_run(file, "Costs"), 0, "", "All ")
    file.end_of(file.paragraph("Lamps stay"), "ins")
    assert said(came(file, document)) == {"p1": "Lamps stay lit until nine.", "h": "All Costs"}


@pytest.mark.parametrize("words", ["Since 2090.", ""])
def test_footnotes_that_a_program_took_for_others_or_emptied__are_counted_and_change_no_wording(words) -> None:
    notes = tuple(Note(f"n{place}", (Run(text),)) for place, text in ((1, "Since 2090."), (2, "Until 2095.")))
    marked = Paragraph("p3", (Run("Every third lamp is dimmed."), Run("", note="n2")))
    document = replace(TEXT, blocks=(*TEXT.blocks[:2], marked), notes=notes)
    file = edited(document)
    part = etree.fromstring(file.parts["word/footnotes.xml"])
    last = part[-1]
    text = next(one for one in last.iter(f"{W}t") if "Until" in str(one.text))
    text.text = words
    for one in list(last.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        one.getparent().remove(one)
    for one in [one for one in last.iter(f"{W}r") if one is not text.getparent() or not words]:
        one.getparent().remove(one)
    file.parts["word/footnotes.xml"] = etree.tostring(part)
    file.replace(first_run(file, "Lamps stay"), 15, "until ten", "until eleven")
    found = came(file, document)
    assert said(found) == {"p1": "Lamps stay lit until eleven."}
    assert (found.broken_notes > 0, found.lost) == (True, ())


def test_a_struck_paragraph__is_a_wording_of_nothing_and_its_neighbours_stay() -> None:
    file = edited()
    file.strike(file.paragraph("Towns pay"))
    found = came(file)
    assert said(found) == {"p2": ""}


def test_a_new_paragraph__is_proposed_behind_the_one_before_it() -> None:
    file = edited()
    file.new_behind(file.paragraph("Every third"), "No lamp is dimmed at a crossing.")
    assert said(came(file)) == {"p3": "Every third lamp is dimmed at midnight.\nNo lamp is dimmed at a crossing."}


def test_a_comment__says_which_words_it_is_on_and_who_wrote_it() -> None:
    file = edited()
    file.comment(file.paragraph("Lamps stay"), "Why ten?")
    (one,) = came(file).found
    assert one.passage is not None
    assert (one.passage.key, one.is_changed) == ("p1", False)
    (remark,) = one.remarks
    assert (remark.text, remark.author, remark.quote) == ("Why ten?", "B. Reader", "Lamps stay lit until ten.")


def test_a_change_without_tracking__is_found_too() -> None:
    file = edited()
    run = said_in(file.paragraph("Lamps stay"))[0]
    run[-1].text = "Lamps stay lit until nine."
    assert said(came(file)) == {"p1": "Lamps stay lit until nine."}


def test_a_file_without_bookmarks__is_placed_by_its_words() -> None:
    file = edited()
    file.replace(first_run(file, "Towns pay"), 6, "pay", "do not pay")
    file.comment(file.paragraph("Every third"), "Which ones?")
    file.without_bookmarks()
    found = came(file)
    assert [(one.passage.key if one.passage else None, one.after) for one in found.found] == [
        ("p2", "Towns do not pay for the light of their streets."), ("p3", "Every third lamp is dimmed at midnight."),
    ]  # fmt: skip


def test_a_file_of_an_older_edition__lands_in_the_new_one_and_says_that_it_is_older() -> None:
    now = replace(
        TEXT,
        blocks=(
            Paragraph("p0", (Run("This is a new paragraph."),)),
            Paragraph("p1", (Run("Lamps stay lit until ten in winter."),)),
            Paragraph("moved", (Run("Every third lamp is dimmed at midnight."),)),
            *TEXT.blocks[3:],
            TEXT.blocks[1],
        ),
    )
    file = edited()
    file.replace(first_run(file, "Lamps stay"), 15, "until ten", "until eleven")
    file.replace(first_run(file, "Every third"), 0, "Every third", "No")
    file.replace(first_run(file, "Replace"), 0, "Replace", "Mend")
    found = came(file, now, TEXT)
    assert said(found) == {
        "p1": "Lamps stay lit until eleven.", "moved": "No lamp is dimmed at midnight.", "i1": "Mend old lamps first.",
    }  # fmt: skip
    assert [one.passage.key for one in found.found if one.passage and one.is_older] == ["p1"]


def test_a_change_that_the_text_has_by_now__is_settled() -> None:
    now = replace(TEXT, blocks=(Paragraph("p1", (Run("Lamps stay lit until eleven."),)), *TEXT.blocks[1:]))
    file = edited()
    file.replace(first_run(file, "Lamps stay"), 15, "until ten", "until eleven")
    found = came(file, now, TEXT)
    assert (found.found, found.settled) == ((), 1)


def test_a_change_of_the_title_or_of_a_running_head__is_told_and_not_dropped() -> None:
    file = edited()
    file.replace(first_run(file, "Lamps"), 0, "Lamps", "Lights")
    header = next(name for name in file.parts if "header" in name)
    put = b'<w:ins w:id="1" w:author="C"><w:r><w:t>for towns</w:t></w:r></w:ins></w:p>'
    file.parts[header] = file.parts[header].replace(b"</w:p>", put, 1)
    found = came(file)
    assert [(one.passage, one.before, one.after) for one in found.found] == [(None, "Lamps", "Lights")]
    assert found.lost == ("for towns",)


def test_a_file_without_changes__says_nothing() -> None:
    for document in (TEXT, SECTION, Generator(2, "ru").document(60)):
        assert came(edited(document), document) == Matched(())


def test_a_label_before_a_passage__is_no_part_of_its_wording() -> None:
    file = edited(SECTION)
    run = next(one for one in said_in(file.paragraph("Towns")) if "Towns" in str(one[-1].text))
    file.replace(run, 0, "Towns", "Cities")
    assert said(came(file, SECTION)) == {"d1": "Cities"}


def test_a_word_put_in_by_one_and_struck_by_another__is_in_neither_wording() -> None:
    file = edited()
    run = first_run(file, "Lamps stay")
    file.replace(run, 0, "", "Perhaps ")
    put = next(file.body.iter("{*}ins"))
    struck = file.mark("del", "Other")
    inner = put[0]
    put.replace(inner, struck)
    struck.append(inner)
    for one in inner.iter("{*}t"):
        one.tag = one.tag.replace("}t", "}delText")
    assert came(file).found == ()


def test_texts_of_passages__are_those_that_the_file_says() -> None:
    texts = {passage.key: text_of(passage) for passage in passages(TEXT)}
    assert (texts["f1"], texts["r2"]) == ("One lamp of many", "Aton | 12")
