# ruff: noqa: E501 - XML and sentences
"""Redlines as programs and people really leave them: moves, looks, rows, notes, answers, files that lost their marks."""

import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache

import pytest
from lxml import etree

from consultation.word_comments.matching import Matched, matched, plain, text_of
from consultation.word_comments.matching_job import from_answer, match, question
from editions.document.model import (
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Section,
    SectionKind,
    Table,
)
from editions.document.passages import Passage, passages
from formats.cover import Cover
from formats.docx.package import W
from formats.docx.tracked_changes import review
from formats.docx_writing import write, write_redline
from formats.docx_writing.elements import add, add_text
from formats.office.bookmarks import bookmark_of
from formats.redline import redline
from tests.consultation.word_comments.edits import Edited, edit_at_random, said_in
from tests.formats.docx.docx_files import PNG
from tests.formats.round_trips.documents import Generator

TITLE = "On the lamps of towns"
COVER = Cover("BPF-2099-LAMPS-E1", kinds={"recommendation": "Recommendation"}, details={"addressee": "Addressee"})
TEXT = Document(
    TITLE,
    "en",
    (
        Heading("h1", 1, (Run("What towns do with their lamps"),)),
        Paragraph("p1", (Run("Lamps stay lit until ten in every town."), Run("", note="n1"))),
        Paragraph("p2", (Run("Towns pay for the light of their "), Run("streets", href="https://library.example/"), Run("."),)),
        Paragraph("p3", (Run("Every third lamp is dimmed at midnight."), Run("", note="n2"))),
        ListBlock("l", False, (Item("i1", (Run("Replace the oldest lamps first."),)), Item("i2", (Run("Count what each lamp costs."),)))),
        Paragraph("p4", (Run("The table below says what was found in two towns."),)),
        Table("t", (), tuple(
            Row(f"r{place}", tuple((Run(cell),) if cell else () for cell in cells))
            for place, cells in enumerate((("Town", "Lamps", ""), ("Aton", "12", ""), ("Beton", "", "34")))
        )),
        Heading("h2", 1, (Run("What should be done"),)),
        Section(
            "s", SectionKind.RECOMMENDATION, (Run("Light for those who walk"),),
            (Detail("d", "addressee", (Run("The councils of all towns"),)),),
            (Paragraph("sp", (Run("Crossings are lit all night long."),)),),
        ),
        Quote("q", (Run("No lamp is lit for itself."),), (Run("A keeper of lamps"),)),
        Figure("f", "x.png", "A lamp", (Run("One lamp of many in a town"),), 10, 10),
    ),
    notes=(Note("n1", (Run("Since the year 2090, as most say."),)), Note("n2", (Run("In winter alone, from four on."),))),
)  # fmt: skip
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@cache
def written(document: Document) -> bytes:
    return write(document, COVER, lambda figure: PNG)


def edited(document: Document = TEXT) -> Edited:
    return Edited(written(document))


def came(file: Edited, document: Document = TEXT, *former: Document) -> Matched[Passage]:
    former_passages = [list(passages(one)) for one in former]
    return matched(review(file.content()), list(passages(document)), former_passages, [document.title, ""])


def said(found: Matched[Passage]) -> dict[str, str]:
    return {one.passage.key if one.passage else "": one.after for one in found.found if one.is_changed}


def remarks(found: Matched[Passage]) -> list[tuple[str, str, str]]:
    return [
        (one.passage.key if one.passage else "", remark.text, remark.quote)
        for one in found.found
        for remark in one.remarks
    ]


def new(file: Edited, text: str, tag: str = "ins", *, tracked: bool = True) -> etree._Element:
    """A paragraph whose own end is new, as who pastes one leaves it."""
    made = etree.Element(f"{W}p")
    if tracked:
        add(add(made, "pPr"), "rPr").append(file.mark(tag))
        parent = file.mark(tag)
        made.append(parent)
    else:
        parent = made
    add_text(add(parent, "r"), text)
    return made


def block(file: Edited, text: str) -> etree._Element:
    """The paragraph with a text, or its table."""
    paragraph = file.paragraph(text)
    return next(paragraph.iterancestors(f"{W}tbl"), paragraph)


def move(file: Edited, text: str, behind: str, *, with_bookmark: bool) -> None:
    paragraph = file.paragraph(text)
    there = new(file, text, "moveTo")
    if with_bookmark:
        start = paragraph.find(f"{W}bookmarkStart")
        there.insert(1, start)
    block(file, behind).addnext(there)
    for run in [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]:
        around = file.mark("moveFrom")
        run.getparent().replace(run, around)
        around.append(run)
    file.end_of(paragraph, "moveFrom")


def test_the_file_as_it_was_written__says_nothing() -> None:
    assert came(edited()) == Matched(())


@pytest.mark.parametrize("with_bookmark", [True, False])
@pytest.mark.parametrize("behind", ["What towns do", "Lamps stay", "Crossings", "Aton", "One lamp"])
def test_a_moved_paragraph__is_struck_where_it_was_and_proposed_where_it_went(behind: str, with_bookmark: bool) -> None:
    file = edited()
    moved = "Every third lamp is dimmed at midnight."
    move(file, moved, behind, with_bookmark=with_bookmark)
    found = came(file)
    changes = said(found)
    assert changes.pop("p3") == ""
    ((key, after),) = changes.items()
    place = {"What towns do": ("p1", f"{moved}\n{text('p1')}"), "Lamps stay": ("p1", f"{text('p1')}\n{moved}"),
             "Crossings": ("sp", f"{text('sp')}\n{moved}"), "Aton": ("d", f"{moved}\n{text('d')}"),
             "One lamp": ("f", f"{text('f')}\n{moved}")}  # fmt: skip
    assert (key, after) == place[behind]
    assert [one.is_moved for one in found.found if one.passage and one.passage.key == "p3"] == [True]
    assert found.lost == ()


def text(key: str) -> str:
    return next(text_of(passage) for passage in passages(TEXT) if passage.key == key)


def in_looks(file: Edited) -> None:
    paragraph, table = file.paragraph("Lamps stay"), next(file.body.iter(f"{W}tbl"))
    add(add(said_in(paragraph)[0], "rPr"), "rPrChange", id="1", author="A")
    add(add(paragraph, "pPr"), "pPrChange", id="2", author="A")
    add(table.find(f"{W}tblPr"), "tblPrChange", id="3", author="A")
    add(table.find(f"{W}tblGrid"), "tblGridChange", id="4")
    add(table.find(f"{W}tr/{W}trPr"), "trPrChange", id="5", author="A")
    add(table.find(f"{W}tr/{W}tc/{W}tcPr"), "cellMerge", id="6", author="A")


def test_changes_of_looks__are_counted_and_change_no_wording() -> None:
    file = edited()
    in_looks(file)
    assert came(file) == Matched((), formatting=6)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("What towns do", {"p1": f"A paragraph that is new here.\n{text('p1')}"}),
        ("Towns pay", {"p2": f"{text('p2')}\nA paragraph that is new here."}),
        ("The table below", {"p4": f"{text('p4')}\nA paragraph that is new here."}),
        ("Town", {"d": f"A paragraph that is new here.\n{text('d')}"}),
    ],
)
@pytest.mark.parametrize("tracked", [True, False])
def test_a_new_paragraph__lands_beside_its_neighbour_and_in_no_row(behind, expected, tracked) -> None:
    file = edited()
    at = next(file.body.iter(f"{W}tbl")) if behind == "Town" else file.paragraph(behind)
    at.addnext(new(file, "A paragraph that is new here.", tracked=tracked))
    found = came(file)
    assert (said(found), found.lost) == (expected, ())


def test_a_new_paragraph_behind_the_last_row__replaces_no_row() -> None:
    document = replace(TEXT, blocks=TEXT.blocks[:7], notes=TEXT.notes[:0])
    file = edited(document)
    next(file.body.iter(f"{W}tbl")).addnext(new(file, "A paragraph that is new here."))
    assert said(came(file, document)) == {"r2": f"{text('r2')}\nA paragraph that is new here."}


def test_rows_put_in_and_taken_out__are_wordings_of_their_table() -> None:
    file = edited()
    row = next(file.paragraph("Aton").iterancestors(f"{W}tr"))
    added = etree.fromstring(etree.tostring(row))
    for one in list(added.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        one.getparent().remove(one)
    for one, letters in zip(added.iter(f"{W}t"), ("", "Ceton", "56"), strict=True):
        one.text = letters
    add(added.find(f"{W}trPr"), "ins", id="1", author="A")
    row.addnext(added)
    struck = next(file.paragraph("Beton").iterancestors(f"{W}tr"))
    add(struck.find(f"{W}trPr"), "del", id="2", author="A")
    assert said(came(file)) == {"r1": f"{text('r1')}\nCeton | 56 |", "r2": ""}


def test_words_in_the_empty_first_cell_of_a_row__are_the_rows() -> None:
    document = replace(TEXT, blocks=(*TEXT.blocks, Table("u", (), (Row("u1", ((), (Run("7"),))),), 0)))
    file = edited(document)
    cell = [one for one in file.paragraphs() if next(one.iterancestors(f"{W}tc"), None) is not None][-1]
    put = file.mark("ins")
    cell.append(put)
    add_text(add(put, "r"), "Deton")
    assert said(came(file, document)) == {"u1": "Deton | 7"}


def test_a_comment_and_a_bookmark_between_blocks_and_rows__belong_to_what_follows() -> None:
    file = edited()
    for at, number in (
        (file.paragraph("Towns pay"), "Why?"),
        (next(file.paragraph("Aton").iterancestors(f"{W}tr")), "All?"),
    ):
        file.comment(at if at.tag == f"{W}p" else file.paragraph("Aton"), number)
        start = list(file.body.iter(f"{W}commentRangeStart"))[-1]
        at.addprevious(start)
    start = file.paragraph("Beton").find(f"{W}bookmarkStart")
    next(file.paragraph("Beton").iterancestors(f"{W}tr")).addprevious(start)
    file.replace(said_in(file.paragraph("Beton"))[0], 0, "Beton", "Deton")
    found = came(file)
    assert [one[:2] for one in remarks(found)] == [("p2", "Why?"), ("r1", "All?")]
    assert said(found) == {"r2": "Deton | | 34"}


def test_a_comment_over_several_paragraphs__stands_once_on_the_first() -> None:
    file = edited()
    file.comment(file.paragraph("Towns pay"), "Too long.")
    end = next(file.body.iter(f"{W}commentRangeEnd"))
    file.paragraph("Replace the").append(end)
    assert remarks(came(file)) == [("p2", "Too long.", text("p2"))]


def test_answers_and_resolved_comments__say_what_they_are() -> None:
    file = edited()
    for words in ("Why ten?", "As the council said.", "Settled."):
        file.comment(file.paragraph("Lamps stay"), words)
    content = Edited(file.content())
    root = etree.fromstring(content.parts["word/comments.xml"])
    for place, paragraph in enumerate(root.iter(f"{W}p")):
        paragraph.set(f"{W14}paraId", f"0000000{place}")
    content.parts["word/comments.xml"] = etree.tostring(root)
    content.parts["word/commentsExtended.xml"] = (
        b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:commentEx w15:paraId="00000000" w15:done="0"/>'
        b'<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="0"/>'
        b'<w15:commentEx w15:paraId="00000002" w15:done="1"/></w15:commentsEx>'
    )
    rels = "word/_rels/document.xml.rels"
    link = b'<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" Target="commentsExtended.xml"/></Relationships>'
    content.parts[rels] = content.parts[rels].replace(b"</Relationships>", link)
    found = came(content)
    assert remarks(found) == [
        ("p1", "Why ten?", text("p1")), ("p1", "As the council said.", "Why ten?"), ("p1", "Settled.", text("p1")),
    ]  # fmt: skip
    assert [remark.is_resolved for one in found.found for remark in one.remarks] == [False, False, True]


def note_mark(file: Edited, paragraph: str) -> etree._Element:
    return next(one for one in file.paragraph(paragraph).iter(f"{W}r") if one.find(f"{W}footnoteReference") is not None)


def test_a_footnote_whose_mark_was_struck__is_struck_itself() -> None:
    file = edited()
    run = note_mark(file, "Every third")
    around = file.mark("del")
    run.getparent().replace(run, around)
    around.append(run)
    assert said(came(file)) == {"n2": ""}


TWICE_MARKED = Document(
    TITLE,
    "en",
    (
        Paragraph("p1", (Run("Lamps stay lit until ten in every town."), Run("", note="n1"))),
        Paragraph("p2", (Run("Towns pay for the light of their streets."), Run("", note="n1"))),
        Paragraph("p3", (Run("Every third lamp is dimmed at midnight."), Run("", note="n2"))),
    ),
    notes=TEXT.notes,
)  # fmt: skip


def test_a_footnote_with_two_marks__is_no_broken_one_and_the_others_stay_open_to_changes() -> None:
    """Word knows one mark a note, so that the file has such a note twice."""
    assert came(edited(TWICE_MARKED), TWICE_MARKED) == Matched(())
    file = edited(TWICE_MARKED)
    name = "word/footnotes.xml"
    file.parts[name] = file.parts[name].replace(b"In winter alone", b"In winter only")  # untracked
    found = came(file, TWICE_MARKED)
    assert (said(found), found.broken_notes) == ({"n2": "In winter only, from four on."}, 0)
    text = list(passages(TWICE_MARKED))
    answer, _ = match(question(review(file.content()), text, [], [TITLE, ""]))  # as the child is asked
    assert from_answer(answer, text) == found


@pytest.mark.parametrize("copies", [(0,), (1,), (0, 1)])
def test_words_changed_in_a_footnote_with_two_marks__land_on_it_whichever_copy_has_them(
    copies: tuple[int, ...],
) -> None:
    """Where both have some, the first copy's are the wording, and the second's are told."""
    file = edited(TWICE_MARKED)
    root = etree.fromstring(file.parts["word/footnotes.xml"])
    runs = [run for run in root.iter(f"{W}r") if "Since the" in "".join(str(one.text) for one in run.iter(f"{W}t"))]
    for place in copies:
        file.replace(runs[place], 0, "Since the", f"{('From', 'After')[place]} the")
    file.parts["word/footnotes.xml"] = etree.tostring(root)
    found = came(file, TWICE_MARKED)
    wordings = [f"{('From', 'After')[place]} the year 2090, as most say." for place in copies]
    assert [one.after for one in found.found] == wordings
    assert [one.passage.key if one.passage else "" for one in found.found] == ["n1", ""][: len(copies)]


@pytest.mark.parametrize("struck", [("Lamps stay",), ("Towns pay",), ("Lamps stay", "Towns pay")])
def test_a_footnote_with_two_marks__is_struck_itself_only_where_both_were(struck: tuple[str, ...]) -> None:
    file = edited(TWICE_MARKED)
    for paragraph in struck:
        run = note_mark(file, paragraph)
        around = file.mark("del")
        run.getparent().replace(run, around)
        around.append(run)
    found = came(file, TWICE_MARKED)
    assert [(one.passage.key if one.passage else "", one.after) for one in found.found] == (
        [("", "")] if len(struck) == 1 else [("n1", ""), ("", "")]
    )


@pytest.mark.parametrize("words_are_tracked", [True, False])
def test_a_new_footnote__is_told_at_the_paragraph_of_its_mark(words_are_tracked: bool) -> None:
    file = edited()
    put = file.mark("ins")
    add(add(put, "r"), "footnoteReference", id="77")
    file.paragraph("Towns pay").append(put)
    words = "<w:r><w:t>Since last year.</w:t></w:r>"
    if words_are_tracked:
        words = f'<w:ins w:id="9" w:author="A">{words}</w:ins>'
    name = "word/footnotes.xml"
    file.parts[name] = file.parts[name].replace(
        b"</w:footnotes>", f'<w:footnote w:id="77"><w:p>{words}</w:p></w:footnote></w:footnotes>'.encode()
    )
    (one,) = came(file).found
    assert one.passage is not None
    assert (one.passage.key, one.notes, one.is_changed) == ("p2", ("Since last year.",), False)


def test_words_changed_inside_a_footnote_a_heading_a_link_and_a_content_control__land_there() -> None:
    file = edited()
    root = etree.fromstring(file.parts["word/footnotes.xml"])
    run = next(one for one in root.iter(f"{W}r") if "Since the" in "".join(text.text for text in one.iter(f"{W}t")))
    file.replace(run, 0, "Since the", "From the")
    file.parts["word/footnotes.xml"] = etree.tostring(root)
    file.replace(said_in(file.paragraph("What towns do"))[0], 0, "What", "All that")
    link = next(file.body.iter(f"{W}hyperlink"))
    file.replace(link.find(f"{W}r"), 0, "streets", "roads")
    paragraph = file.paragraph("Count what")
    run = said_in(paragraph)[0]
    control, inner = etree.Element(f"{W}sdt"), etree.Element(f"{W}sdtContent")
    run.getparent().replace(run, control)
    control.append(inner)
    inner.append(run)
    file.replace(run, 0, "Count", "Tell")
    assert said(came(file)) == {
        "n1": "From the year 2090, as most say.", "h1": "All that towns do with their lamps",
        "p2": "Towns pay for the light of their roads.", "i2": "Tell what each lamp costs.",
    }  # fmt: skip


def test_symbols_equations_and_fields_that_were_put_in__are_words_of_the_wording_and_pictures_are_counted() -> None:
    file = edited()
    put = file.mark("ins")
    run = add(put, "r")
    add(run, "t").text = " x"
    add(run, "sym", font="Symbol", char="F0B3")
    file.paragraph("Crossings").append(put)
    equation = etree.fromstring(
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>5</m:t></m:r></m:oMath>'
    )
    put.append(equation)
    pictured = file.mark("ins")
    add(add(pictured, "r"), "drawing")
    file.paragraph("Crossings").append(pictured)
    field = file.mark("ins")
    add_text(add(add(field, "fldSimple", instr=" REF x "), "r"), " m")
    file.paragraph("Crossings").append(field)
    found = came(file)
    assert (said(found), found.pictures) == ({"sp": f"{text('sp')} x≥5 m"}, 1)


def test_a_text_box__is_told_once_though_the_file_holds_it_twice() -> None:
    file = edited()
    names = f'xmlns:w="{W.strip("{}")}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"""<w:r {names}><mc:AlternateContent><mc:Choice Requires="wps">BOX</mc:Choice>
      <mc:Fallback>BOX</mc:Fallback></mc:AlternateContent></w:r>"""
    words = '<w:drawing><w:txbxContent><w:p><w:ins w:id="5" w:author="A"><w:r><w:t>boxed</w:t></w:r></w:ins></w:p></w:txbxContent></w:drawing>'
    file.paragraph("Crossings").append(etree.fromstring(box.replace("BOX", words)))
    found = came(file)
    assert (found.found, found.lost) == ((), ("boxed",))


def test_an_end_put_in_by_one_and_taken_out_by_another__parts_nothing() -> None:
    file = edited()
    paragraph = file.paragraph("Lamps stay")
    file.new_behind(paragraph, " And later.")
    paragraph.find(f"{W}pPr/{W}rPr").append(file.mark("del", "Other"))
    assert said(came(file)) == {"p1": f"{text('p1')} And later."}


def test_two_paragraphs_made_one__are_told_at_both() -> None:
    file = edited()
    file.end_of(file.paragraph("Lamps stay"), "del")
    assert said(came(file)) == {"p1": text("p1") + text("p2"), "p2": ""}


def test_the_number_of_a_paragraph_struck_or_written_over__changes_no_wording() -> None:
    file = edited()
    numbers = [
        run for run in file.body.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle[@{W}val='PassageNumber']") is not None
    ]
    file.replace(numbers[0], 0, "".join(one.text for one in numbers[0].iter(f"{W}t")), "")
    next(numbers[1].iter(f"{W}t")).text = "¶ 99 "
    found = came(file)
    assert (said(found), found.lost) == ({}, ("¶ 1",))


# No tracked change, no bookmark, another text


def accepted(file: Edited) -> None:
    """Changed by hand without tracking: words, a struck and a new paragraph, a row."""
    said_in(file.paragraph("Lamps stay"))[0][-1].text = "Lamps stay lit until eleven in every town."
    struck = file.paragraph("Count what")
    struck.getparent().remove(struck)
    said_in(file.paragraph("Aton"))[0][-1].text = "Aton by the sea"
    file.paragraph("Crossings").addnext(new(file, "Nobody should walk in the dark.", tracked=False))


ACCEPTED = {
    "p1": "Lamps stay lit until eleven in every town.", "i2": "", "r1": "Aton by the sea | 12 |",
    "sp": "Crossings are lit all night long.\nNobody should walk in the dark.",
}  # fmt: skip


def without_bookmarks(file: Edited) -> None:
    file.without_bookmarks()


def without_styles(file: Edited) -> None:
    """As an online editor saves it: no bookmark, no style of the library's own."""
    file.without_bookmarks()
    for one in list(file.body.iter(f"{W}rStyle")):
        if one.get(f"{W}val") in ("PassageNumber", "CaptionNumber"):
            one.getparent().remove(one)


@pytest.mark.parametrize("loss", [lambda file: None, without_bookmarks, without_styles])
def test_changes_that_nobody_tracked__are_found_by_the_words(loss: Callable[[Edited], None]) -> None:
    file = edited()
    accepted(file)
    loss(file)
    found = came(file)
    assert {key: plain(after) for key, after in said(found).items()} == {
        key: plain(after) for key, after in ACCEPTED.items()
    }
    assert (found.lost, found.absent, found.is_other) == ((), 0, False)


LOSSES = pytest.mark.parametrize("loss", [lambda file: None, without_bookmarks, without_styles])


@LOSSES
def test_words_that_nobody_tracked_before_those_of_a_paragraph__are_no_label(loss: Callable[[Edited], None]) -> None:
    file = edited()
    said_in(file.paragraph("Lamps stay"))[0][-1].text = f"In short: {text('p1')}"
    said_in(file.paragraph("The councils"))[-1][-1].text = "All councils, of all towns"
    said_in(file.paragraph("One lamp"))[0][-1].text = "One lamp of very many"
    loss(file)
    found = came(file)
    assert said(found) == {
        "p1": f"In short: {text('p1')}",
        "d": "All councils, of all towns",
        "f": "One lamp of very many",
    }
    assert found.lost == ()


@LOSSES
def test_paragraphs_joined_by_hand__are_told_with_all_their_words(loss: Callable[[Edited], None]) -> None:
    file = edited()
    first, second = file.paragraph("Every third"), file.paragraph("The table below")
    for run in said_in(first)[::-1]:
        second.insert(list(second).index(said_in(second)[0]), run)
    first.getparent().remove(first)
    loss(file)
    changes = said(came(file))
    joined = next(after for after in changes.values() if after)
    assert plain(joined) == f"{text('p3')}{text('p4')}"
    assert set(changes) == ({"p3", "p4"} if len(changes) == 2 else {"p4"})


@pytest.mark.parametrize("loss", [lambda file: None, without_bookmarks])
def test_short_rows_headings_and_paragraphs_that_nobody_tracked__are_new_words(loss: Callable[[Edited], None]) -> None:
    file = edited()
    row = next(file.paragraph("Beton").iterancestors(f"{W}tr"))
    other = deepcopy(row)
    for mark in list(other.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    next(said_in(other)[0].iter(f"{W}t")).text = "Gamma"
    row.addnext(other)
    file.paragraph("Towns pay").addnext(new(file, "No.", tracked=False))
    loss(file)
    found = came(file)
    assert said(found) == {"p2": f"{text('p2')}\nNo.", "r2": f"{text('r2')}\nGamma | | 34"}
    assert found.lost == ()


def test_a_new_paragraph_of_a_script_without_spaces__is_as_long_as_it_is() -> None:
    document = Document(
        "灯",
        "zh",
        (Paragraph("p1", (Run("灯油在三次风暴之后仍可使用。"),)), Paragraph("p2", (Run("城镇为街道照明付费。"),))),
    )
    file = edited(document)
    file.paragraph("灯油").addnext(new(file, "每三盏灯在午夜调暗一盏。", tracked=False))
    found = came(file, document)
    assert (said(found), found.lost) == ({"p1": "灯油在三次风暴之后仍可使用。\n每三盏灯在午夜调暗一盏。"}, ())


@pytest.mark.parametrize("loss", [without_bookmarks, without_styles])
def test_a_file_that_lost_its_bookmarks_and_was_not_changed__says_nothing(loss) -> None:
    file = edited()
    loss(file)
    assert came(file) == Matched(())


PORTS = [
    "Every harbour of the coast keeps a list of its pilots and of the hours at which they work.",
    "Two ministries pay for the buoys, and neither of them has counted those that were lost last winter.",
]


@pytest.mark.parametrize(
    "document",
    [
        Generator(3, "ru").document(60),
        Document("Ports", "en", tuple(Paragraph(f"q{at}", (Run(said),)) for at, said in enumerate(PORTS))),
    ],
)
def test_a_file_of_another_document__is_known_for_one(document) -> None:
    other = edited(document)
    other.replace(said_in(other.paragraphs()[-1])[0], 0, "", "Autre ")
    assert came(other).is_other
    assert not came(edited()).is_other


def test_an_extract__strikes_nothing_and_says_how_much_it_lacks() -> None:
    file = edited()
    for one in list(file.body[0])[3:-1]:
        file.body[0].remove(one)
    found = came(file)
    assert said(found) == {}
    assert found.absent == sum(bool(text_of(one)) for one in passages(TEXT)) - 4


def test_a_paragraph_struck_that_the_text_has_no_more__is_settled() -> None:
    now = replace(TEXT, blocks=tuple(one for one in TEXT.blocks if one.key != "p2"))
    file = edited()
    file.strike(file.paragraph("Towns pay"))
    found = came(file, now, TEXT)
    assert (found.found, found.settled) == ((), 1)


def test_a_redline_of_the_library_itself__says_nothing_new() -> None:
    """Who comments on what changed has the changes in the file; they are no proposals."""
    now = replace(TEXT, title=f"{TITLE} today", blocks=tuple(one for one in TEXT.blocks if one.key not in ("p2", "q")))
    now = replace(now, blocks=(*now.blocks, Paragraph("p9", (Run("The next count is made in a year."),))))
    file = Edited(write_redline(redline(TEXT, now), COVER, lambda figure: PNG))
    file.comment(file.paragraph("The next count"), "In two years.")
    found = came(file, now, TEXT)
    assert said(found) == {}
    assert [one[:2] for one in remarks(found)] == [("p9", "In two years.")]
    assert found.lost == ()


def test_a_long_file_without_bookmarks__is_placed_to_the_last_change() -> None:
    document = Generator(17, "en").document(300)
    file = edited(document)
    expected = edit_at_random(file, random.Random(3), 60)
    names = {bookmark_of(passage.key): passage.key for passage in passages(document)}
    file.without_bookmarks()
    found = said(came(file, document))
    right = [key for name, whole in expected.items() if plain(whole) in plain(found.get(key := names[name], ""))]
    assert len(right) == len(expected)
