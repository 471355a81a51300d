"""Lists with items that say nothing: those that do keep the numbers that the file draws, and none is lost."""

import pytest

from formats.draft import Doubt, Thing
from formats.reading import read
from tests.formats.blocks import blocks, doubts
from tests.formats.docx.docx_files import docx, item, level, numbering
from tests.formats.office.odt_files import odt
from tests.formats.office.rtf_files import HEAD


def _docx(*texts: str) -> bytes:
    return docx("".join(map(item, texts)), numbers=numbering(level(0, "decimal", "%1.")))


def _odt(*texts: str) -> bytes:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:list-style>'
    )
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return odt(f'<text:list text:style-name="L">{items}</text:list>', automatic=style)


def _rtf(*texts: str) -> bytes:
    lines = (rf"{{\pard{{\listtext {place}.\tab}}\ls1 {text}\par}}" for place, text in enumerate(texts, 1))
    return (HEAD + "".join(lines) + "}").encode()


def _html(*texts: str) -> bytes:
    return f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>".encode()


def _word_html(*texts: str) -> bytes:
    sign = "<span style='mso-list:Ignore'>{}.<span>&nbsp; </span></span>"
    lines = (
        f"<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{sign.format(place)}{text}</p>"
        for place, text in enumerate(texts, 1)
    )
    return f"<html><body>{''.join(lines)}</body></html>".encode()


def _typed(*texts: str) -> bytes:
    return "\n".join(f"{place}. {text}".strip() for place, text in enumerate(texts, 1)).encode()


WRITERS = [
    ("x.docx", _docx), ("x.odt", _odt), ("x.rtf", _rtf), ("x.html", _html), ("x.htm", _word_html), ("x.md", _typed),
    ("x.txt", _typed),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written"), WRITERS, ids=["docx", "odt", "rtf", "html", "word", "markdown", "text"])
@pytest.mark.parametrize(
    ("texts", "expected", "told"),
    [
        (("", "One", "Two"), ("ul", "2. One", "3. Two"), ["2."]),
        (("One", "", "Three"), ("ul", "1. One", "3. Three"), ["3."]),
        (("One", "Two", ""), ("ol", "One", "Two"), []),
    ],
    ids=["first", "middle", "last"],
)
def test_an_empty_item__takes_its_number_and_no_other_items(name, written, texts, expected, told):
    draft, ledger = read(name, written(*texts))
    assert blocks(draft.document) == [expected]
    assert doubts(draft, Doubt.LIST_NUMBERING) == told
    assert ledger.balanced
    items = ledger.things[str(Thing.LIST_ITEM)]
    assert items.in_file in (0, 2)  # some files do not mark their items; an empty one is none


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ul><li></li><li>a</li></ul>", [("ul", "a")]),
        ("<ol><li><ol><li>a</li></ol></li><li>b</li></ol>", [("ol", "a", "b")]),
        ("<ol><li><ol><li>a</li><li>b</li></ol></li><li>c</li></ol>", [("ul", "1. a", "2. b", "2. c")]),
        ("<ol start=3><li></li><li>d</li></ol>", [("ul", "4. d")]),
        ("<ol><li value=4></li><li>e</li></ol>", [("ul", "5. e")]),
        ("<ol type=a><li><br></li><li>f</li></ol>", [("ul", "b. f")]),
        ("<ol><li><del>gone</del></li><li>g</li></ol>", [("ol", "g")]),
        ("<ol><li hidden>unseen</li><li>h</li></ol>", [("ol", "h")]),
        ("<ol><li></li></ol><p>i</p>", ["i"]),
    ],
)  # fmt: skip
def test_numbers_of_a_web_page__are_those_that_browsers_draw(text, expected):
    draft, ledger = read("x.html", f"<html><body>{text}</body></html>".encode())
    assert blocks(draft.document) == expected
    assert ledger.balanced


def test_a_picture_alone_in_an_item__takes_its_number():
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    text = f"<ol><li>a</li><li><img src='{dot}' alt='Map'></li><li>c</li></ol>"
    found = blocks(read("x.html", f"<html><body>{text}</body></html>".encode())[0].document)
    assert found == [("ul", "1. a"), ("figure", "Map", ""), ("ul", "3. c")]


def test_the_remark_on_numbers_names_the_first_that_is_not_1_2_3():
    draft, _ = read("x.docx", _docx("a", "b", "", "d"))
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["4."]


def test_bullets_among_numbers_are_no_numbers_that_count_otherwise():
    levels = level(0, "bullet", "•") + level(1, "decimal", "%2.") + level(2, "bullet", "◦")
    content = docx(item("a", level=2) + item("b", level=1) + item("c", level=0), numbers=numbering(levels))
    draft, _ = read("x.docx", content)
    assert not doubts(draft, Doubt.LIST_NUMBERING)
