"""RTF: text by its code pages, structure by its styles and outline levels, everything else told."""

from datetime import UTC, datetime

import pytest

from editions.document.model import Mark
from formats import rtf
from formats.draft import Doubt, Reason
from tests.formats.accounting import unaccounted
from tests.formats.blocks import blocks, doubts, left_out, remarks, text
from tests.formats.docx.docx_files import PNG
from tests.formats.office.rtf_files import HEAD, opened


def body(content: str | bytes) -> list[object]:
    return blocks(opened(content)[0].document)


@pytest.mark.parametrize(
    ("page", "written"),
    [("20866", r"\'f3\'c5\'d4\'c9"), ("28595", r"\'c1\'d5\'e2\'d8"), ("10007", r"\'91\'e5\'f2\'e8"), ("1251", r"\'d1\'e5\'f2\'e8")],
    ids=["KOI8-R", "ISO 8859-5", "Macintosh", "Windows"],
)  # fmt: skip
def test_letters_are_read_by_the_page_of_the_file_whatever_its_number(page, written):
    draft, _ = opened(rf"\pard {written}\par", head=rf"{{\rtf1\ansi\ansicpg{page} ")
    assert blocks(draft.document) == ["Сети"]


def test_styles_and_outline_levels_give_the_structure():
    draft, _ = opened(
        r"\pard\s2 A report\par\pard\s1\b Aims\b0\par\pard\plain Some {\b bold} and {\i slanted} words.\par"
        r"\pard\outlinelevel1 Means\par\pard\s3\i So it is\par"
    )
    assert draft.document.title == "A report"
    assert blocks(draft.document) == [
        ("h1", "Aims"), "Some bold and slanted words.", ("h2", "Means"), ("quote", "So it is"),
    ]  # fmt: skip
    assert [set(run.marks) for run in draft.document.blocks[1].runs] == [  # type: ignore[union-attr]
        set(), {Mark.STRONG}, set(), {Mark.EMPHASIS}, set(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (rb"caf\'e9", "café"),
        (rb"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (rb"{\f2 \'d6\'d0\'ce\'c4}", "中文"),
        (rb"\u1605?\u1585?\u1581?\u1576?\u1575?", "مرحبا"),
        (rb"\uc0\u20013\u25991", "中文"),
        (rb"{\uc2\u8364 xx}20", "€20"),
        (rb"\u-10179 ?\u-8704 ?", "😀"),
        (rb"a\_b\-c\emdash d\~e", "a\u2011bc—d\u00a0e"),
        (rb"one\line two\tab three", "one\ntwo three"),
        (rb"\{x\}\\", "{x}\\"),
    ],
)
def test_letters_are_read_by_their_page_or_as_unicode(written, seen):
    assert body(written + rb"\par") == [seen]


def test_hidden_and_deleted_words_are_left_out_and_told():
    draft, _ = opened(
        r"\pard The {\v secret }{\revised\revauth1\revdttm132258432 new }{\deleted\revauthdel1 old }text.\par"
    )
    assert blocks(draft.document) == ["The new text."]
    assert left_out(draft, Reason.HIDDEN) == ["secret"]
    assert remarks(draft) == [("insertion", "M. Okoro", "new"), ("deletion", "M. Okoro", "old")]
    assert draft.review_notes[0].at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_notes_remarks_and_running_heads():
    draft, _ = opened(
        r"{\header Forum 2026\par}\pard Words{\super\chftn}{\footnote\pard Foot\par note} go"
        r"{\*\atnid NR}{\*\atnauthor N. Reader}{\*\annotation\pard Is it so?} on.\par"
    )
    assert blocks(draft.document) == [f"Words[{draft.document.notes[0].key}] go on."]
    assert text(draft.document.notes[0].runs) == "Foot\nnote"
    assert remarks(draft) == [("comment", "N. Reader", "Is it so?")]
    assert left_out(draft, Reason.RUNNING_HEAD) == ["Forum 2026"]


def test_lists_by_their_drawn_numbers_and_by_typed_ones():
    drawn = (
        r"{\listtext 1.\tab}\pard\ls1\ilvl0 a\par{\listtext 2.\tab}\pard\ls1 b\par{\listtext\'b7\tab}\pard\ls2 c\par"
    )
    assert body(drawn) == [("ol", "a", "b"), ("ul", "c")]
    assert body(r"{\listtext (b)\tab}\pard\ls1 b\par") == [("ul", "(b) b")]
    typed = r"\pard\fi-360\li360\bullet \tab a\par\pard\fi-360\li720 1.\tab b\par"
    assert body(typed) == [("ul", ("a", "ol", "b"))]


def test_tables():
    content = (
        r"\trowd\trhdr\cellx100\cellx200\pard\intbl a\cell b\cell\row"
        r"\trowd\cellx100\cellx200\pard\intbl one\par two\cell\cell\row\pard After\par"
    )
    assert body(content) == [("table", "", ("a", "b"), ("one\ntwo", "")), "After"]


def test_links_fields_and_contents():
    content = (
        r'\pard See {\field{\*\fldinst HYPERLINK "www.example.org"}{\fldrslt the site}}.\par'
        r"{\field{\*\fldinst TOC \\o}{\fldrslt \pard Aims 3\par\pard Means 4}}\par\pard\s4 Aims 3\par"
    )
    draft, ledger = opened(content)
    assert blocks(draft.document) == ["See the site."]
    assert draft.document.blocks[0].runs[1].href == "https://www.example.org"  # type: ignore[union-attr]
    assert ledger.left_out["contents list"] == 6


def test_pictures():
    good = r"\pard Before\par{\*\shppict{\pict\pngblip " + PNG.hex() + r"}}{\nonshppict{\pict\wmetafile8 00}}\par"
    draft, _ = opened(good + r"{\pict\emfblip 0100000020}\par")
    assert blocks(draft.document) == ["Before", ("figure", "", "")]
    assert draft.pictures[0].content == PNG
    assert doubts(draft, Doubt.PICTURE_KIND) == ["EMF"]


def test_what_the_file_says_of_itself():
    draft, ledger = opened(r"{\info{\title A report}{\author N. Writer}{\subject Nets}{\company ACME}}\pard Text\par")
    assert (draft.document.title, draft.author) == ("A report", "N. Writer")
    assert ledger.left_out == {"metadata": 1}


def test_languages():
    draft, _ = opened(rb"\deflang1033\pard The operators {\lang1036 le mot juste} and others said it\par")
    assert draft.language == "en-US"
    assert [run.language for run in draft.document.blocks[0].runs] == ["", "fr-FR", ""]  # type: ignore[union-attr]


def test_lists_and_titles_of_styles_alone__are_lists_and_the_title():
    head = HEAD.replace(
        r"{\s5 caption;}",
        r"{\s5 caption;}{\s20\sbasedon2 Cover;}{\s23 List Bullet;}{\s24 List Number;}{\s25\sbasedon23 Mine;}",
    )
    body = (
        r"\pard\s20 Report\par\pard\s23 one\par\pard\s25 two\par\pard Words.\par\pard\s24 first\par\pard\s24 second\par"
    )
    draft, _ = opened(body, head)
    assert draft.document.title == "Report"
    assert blocks(draft.document) == [("ul", "one"), ("ul", "two"), "Words.", ("ol", "first", "second")]


@pytest.mark.parametrize("order", ["{picture}{said}", "{said}{picture}"])
def test_picture_in_a_shape__is_a_figure_with_what_the_shape_says_of_it(order):
    picture = r"{\sp{\sn pib}{\sv {\pict\pngblip\picw1\pich1 " + PNG.hex() + "}}}"
    said = r"{\sp{\sn wzDescription}{\sv A chart of tides}}"
    shape = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 75}}" + order.format(picture=picture, said=said)
    body = r"\pard before " + shape + r"}{\shprslt{\pict\pngblip " + PNG.hex() + r"}}}\par after\par"
    draft, _ = opened(body)
    assert blocks(draft.document) == ["before", ("figure", "A chart of tides", ""), "after"]
    assert not doubts(draft, Doubt.PICTURE_WITHOUT_ALT)


def test_title_that_is_said_in_old_letters_too__counts_once():
    content = rb"{\rtf1\ansi{\info{\upr{\title ?? 2024}{\*\ud{\title \u1076\'3f\u1072\'3f 2024}}}}Text of it.\par}"
    draft = rtf.read(content, "file.rtf")
    assert unaccounted(rtf.words(content), draft) == ""
    assert [left.text for left in draft.left_out] in (["да 2024"], [])
