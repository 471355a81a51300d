"""Lists whose numbers were typed before plain paragraphs, in files of every kind that has paragraphs."""

import pytest

from formats.draft import Doubt, Reason
from formats.reading import read
from tests.formats.blocks import blocks, doubts, left_out
from tests.formats.docx.docx_files import docx, p, t
from tests.formats.office.odt_files import odt
from tests.formats.office.rtf_files import HEAD


def _docx(*texts: str) -> bytes:
    return docx("".join(map(p, texts)))


def _odt(*texts: str) -> bytes:
    return odt("".join(f"<text:p>{text}</text:p>" for text in texts))


def _rtf(*texts: str) -> bytes:
    return (HEAD + "".join(rf"\pard {text}\par" for text in texts) + "}").encode()


def _html(*texts: str) -> bytes:
    return f"<html><body>{''.join(f'<p>{text}</p>' for text in texts)}</body></html>".encode()


def _mail(*texts: str) -> bytes:
    head = "Subject: x\r\nFrom: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return head.encode() + _html(*texts)


def _text(*texts: str) -> bytes:
    return "\n\n".join([texts[0], "\n".join(texts[1:-1]), texts[-1]]).encode()


WRITERS = [("x.docx", _docx), ("x.odt", _odt), ("x.rtf", _rtf), ("x.html", _html), ("x.eml", _mail), ("x.txt", _text)]


@pytest.mark.parametrize(("name", "written"), WRITERS, ids=["docx", "odt", "rtf", "html", "mail", "text"])
@pytest.mark.parametrize(
    ("texts", "expected", "told"),
    [
        (("1) One", "2) Two"), ("ol", "One", "Two"), []), (("1. One", "2. Two", "3. More"), ("ol", "One", "Two", "More"), []),
        (("(1) One", "(2) Two"), ("ol", "One", "Two"), []),
        (("(a) One", "(b) Two"), ("ul", "(a) One", "(b) Two"), ["(a)"]),
        (("i. One", "ii. Two"), ("ul", "i. One", "ii. Two"), ["i."]),
        (("a. One", "b. Two"), ("ul", "a. One", "b. Two"), ["a."]),
        (("3) One", "4) Two"), ("ul", "3) One", "4) Two"), ["3)"]),
        (
            ("1) One", "(a) in one", "(b) also", "2) Two"),
            ("ol", ("One", "ul", "(a) in one", "(b) also"), "Two"), ["(a)"],
        ),
    ],
    ids=["1)", "1.", "(1)", "(a)", "i.", "a.", "3)", "nested"],
)  # fmt: skip
def test_an_unbroken_run_of_typed_numbers__is_a_list(name, written, texts, expected, told):
    draft, ledger = read(name, written("The forum asks:", *texts, "Thank you."))
    assert blocks(draft.document) == ["The forum asks:", expected, "Thank you."]
    assert doubts(draft, Doubt.LIST_NUMBERING) == told
    assert ledger.balanced
    assert ledger.added == ()


OFFICE = WRITERS[:5]


@pytest.mark.parametrize(("name", "written"), OFFICE, ids=["docx", "odt", "rtf", "html", "mail"])
@pytest.mark.parametrize(
    "texts",
    [
        ("1. Introduction", "Words of it.", "2. Scope", "Words of that."),
        ("1) alone in the text", "More words."),
        ("5. May was the month.", "7. June was not."),
        ("2015. The forum met.", "2016. It met again."),
        ("v. Smith wrote it.", "w. Jones did not."),
    ],
)
def test_what_begins_so_and_stands_alone__is_a_paragraph(name, written, texts):
    draft, _ = read(name, written(*texts))
    assert blocks(draft.document) == list(texts)


@pytest.mark.parametrize(("name", "written"), WRITERS[:4], ids=["docx", "odt", "rtf", "html"])
def test_a_typed_letter_that_stands_alone_behind_a_list__is_a_paragraph(name, written):
    draft, _ = read(name, written("The forum asks:", "1) One", "2) Two", "(a) alone", "Thank you."))
    assert blocks(draft.document) == ["The forum asks:", ("ol", "One", "Two"), "(a) alone", "Thank you."]


def test_numbered_headings__stay_headings():
    content = docx(
        p(t("1. Aims", "<w:b/>"))
        + p(t("2. Scope", "<w:b/>"))
        + p("Words.")
        + p("3. Styled", "Heading1")
        + p("1. x")
        + p("2. y")
    )
    draft, _ = read("x.docx", content)
    assert blocks(draft.document) == [
        ("h1", "1. Aims"),
        ("h1", "2. Scope"),
        "Words.",
        ("h1", "3. Styled"),
        ("ol", "x", "y"),
    ]


def test_bullets_typed_below_a_typed_number__stand_in_its_item():
    draft, ledger = read("x.docx", _docx("1) One", "• in one", "• also", "2) Two", "3) Three"))
    assert ledger.balanced
    assert blocks(draft.document) == [("ol", ("One", "ul", "in one", "also"), "Two", "Three")]


def test_the_numbers_of_a_typed_list_that_the_draft_draws__are_told_as_its_numbers():
    draft, _ = read("x.docx", docx(p(t("1) ", "<w:b/>") + t("One")) + p("2)\tTwo")))
    assert blocks(draft.document) == [("ol", "One", "Two")]
    assert left_out(draft, Reason.LIST_NUMBER) == ["1)", "2)"]


def test_paragraphs_numbered_throughout__of_which_some_follow_each_other__stay_paragraphs():
    texts = ["1. The forum met.", "Words.", "2. It met again.", "3. It ended.", "More.", "4. End."]
    draft, _ = read("x.docx", _docx(*texts))
    assert blocks(draft.document) == texts


BETWEEN_LINES = [
    ("x.docx", docx("<w:p><w:r><w:t>Asks:</w:t><w:br/><w:t>1) One</w:t><w:br/><w:t>2) Two</w:t></w:r></w:p>")),
    ("x.odt", odt("<text:p>Asks:<text:line-break/>1) One<text:line-break/>2) Two</text:p>")),
    ("x.rtf", (HEAD + r"\pard Asks:\line 1) One\line 2) Two\par}").encode()),
    ("x.html", b"<html><body><p>Asks:<br>1) One<br>2) Two</p></body></html>"),
]


@pytest.mark.parametrize(("name", "content"), BETWEEN_LINES, ids=["docx", "odt", "rtf", "html"])
def test_line_ends_between_the_items_of_a_paragraph__make_the_list_too(name, content):
    draft, ledger = read(name, content)
    assert blocks(draft.document) == ["Asks:", ("ol", "One", "Two")]
    assert ledger.balanced


@pytest.mark.parametrize(
    "text",
    ["<p>\u2022 one</p><p>\u2022 two</p>", "<div>- one</div><div>- two</div>", "<p>\u2022 one<br>\u2022 two</p>"],
)
def test_bullets_typed_in_a_web_page__are_those_of_a_list(text):
    draft, ledger = read(
        "x.html", f"<html><meta charset=utf-8><body><p>Asks:</p>{text}<p>\u2013 alone</p></body></html>".encode()
    )
    assert blocks(draft.document) == ["Asks:", ("ul", "one", "two"), "\u2013 alone"]
    assert ledger.balanced


def test_a_list_of_word_for_the_web__in_a_box_an_item__is_one():
    def box(text: str, start: int, level: int = 1, tag: str = "ol") -> str:
        item = f'<li data-aria-level="{level}" class="OutlineElement"><p class="Paragraph"><span>{text}</span></p></li>'
        return f'<div class="ListContainerWrapper SCXW1 BCX0"><{tag} start="{start}">{item}</{tag}></div>'

    items = (
        box("One", 1) + box("in one", 1, 2) + box("also", 2, 2) + box("Two", 2) + "<p>Between.</p>" + box("Three", 3)
    )
    bullets = box("a", 1, tag="ul") + box("b", 1, 2, tag="ul")
    draft, ledger = read("x.html", f"<html><body>{items}<p>Then.</p>{bullets}</body></html>".encode())
    assert blocks(draft.document) == [
        ("ol", ("One", "ol", "in one", "also"), "Two"), "Between.", ("ul", "3. Three"), "Then.", ("ul", ("a", "ul", "b")),
    ]  # fmt: skip
    assert ledger.balanced


def test_signs_that_markdown_guards_from_being_a_list__are_letters():
    draft, ledger = read("x.md", b"1\\. One\n\n2\\. Two\n\n\\- three\n\n\\- four\n")
    assert blocks(draft.document) == ["1. One", "2. Two", "- three", "- four"]
    assert ledger.balanced
