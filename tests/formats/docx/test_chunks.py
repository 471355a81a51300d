"""Files that a Word file shows in the place of text (`altChunk`): read where they stand; objects are but told."""

import io
import zipfile

import pytest

from editions.document.model import Paragraph
from formats.draft import Doubt, NoteKind, Reason
from formats.kinds import inner
from formats.reading import read
from tests.formats.blocks import blocks, doubts, left_out
from tests.formats.docx.docx_files import (
    OFFICE,
    PNG,
    SIGNED,
    cell,
    docx,
    inserted,
    item,
    level,
    note,
    numbering,
    opened,
    p,
    picture,
    row,
    t,
    table,
    zipped,
)
from tests.formats.office.odt_files import odt
from tests.formats.office.rtf_files import HEAD

CHUNK = '<w:altChunk r:id="c"/>'


def chunked(body: str, **files: bytes) -> bytes:
    """files: what stands in the place of text, by relationship id."""
    content = docx(body, media=files)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    relations = bytes(parts[name])  # type: ignore[arg-type]
    for link in files:
        picture_of = f'Id="{link}" Type="{OFFICE}/image"'.encode()
        relations = relations.replace(picture_of, f'Id="{link}" Type="{OFFICE}/aFChunk"'.encode())
    return zipped(parts | {name: relations})


PAGE = b"<html><head><title>untitled</title></head><body><h2>Scope</h2><p>A <b>page</b>.</p><ol><li>one<li>two</ol></body></html>"
MHT = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    + PAGE
    + b"\r\n--b--\r\n"
)
RICH = rb"{\rtf1\ansi{\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}}\pard\s1 Scope\par\pard A {\b page}.\par}"
WORD = docx(
    p("Scope", "Heading1") + p(t("A ") + t("page", "<w:b/>") + t(".")) + item("one") + item("two"),
    numbers=numbering(level(0, "decimal", "%1.")),
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PAGE, [("h1", "Scope"), "A page.", ("ol", "one", "two")]), (MHT, [("h1", "Scope"), "A page.", ("ol", "one", "two")]),
        (RICH, [("h1", "Scope"), "A page."]), (WORD, [("h1", "Scope"), "A page.", ("ol", "one", "two")]),
        (b"Plain words.\n\n- one\n- two\n", ["Plain words.", ("ul", "one", "two")]),
        (odt("<text:p>Open words.</text:p>"), ["Open words."]),
    ],
    ids=["html", "mht", "rtf", "docx", "text", "odt"],
)  # fmt: skip
def test_a_file_in_the_place_of_text__is_read_there(content, expected):
    draft, ledger = opened(chunked(p("Before") + CHUNK + p("Behind"), c=content))
    assert blocks(draft.document) == ["Before", *expected, "Behind"]
    assert not doubts(draft, Doubt.ATTACHMENT)
    assert ledger.added == () or ledger.added == ("1", "2")  # numbers that a list of Word draws
    assert "embedded file" not in ledger.left_out


def test_notes_pictures_remarks_and_changes_of_such_a_file__come_along():
    inside = docx(
        p(t("Said") + '<w:r><w:footnoteReference w:id="4"/></w:r>' + t(" so")) + p(picture("i.png", "A map"))
        + p(t("The ") + inserted("new ") + t("text", "")) + p(t("x") + '<w:r><w:commentReference w:id="7"/></w:r>'),
        footnotes=note("4", "Where it is said."), media={"i.png": PNG},
        comments=f'<w:comment w:id="7" {SIGNED}>{p("Is it?")}</w:comment>',
    )  # fmt: skip
    draft, _ = opened(docx_with_picture(inside))
    figures = [one for one in blocks(draft.document) if isinstance(one, tuple) and one[0] == "figure"]
    assert figures == [("figure", "Another", ""), ("figure", "A map", "")]
    assert [each.name for each in draft.pictures] == ["picture1.png", "picture2.png"]
    assert [run.text for each in draft.document.notes for run in each.runs] == ["Where it is said."]
    kinds = [(each.kind, each.text) for each in draft.review_notes]
    assert kinds == [(NoteKind.INSERTION, "new"), (NoteKind.COMMENT, "Is it?")]
    known = {block.key for block in draft.document.blocks}
    assert all(each.key in known for each in draft.review_notes)


def docx_with_picture(inside: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(chunked(p(picture("j.png", "Another")) + CHUNK, c=inside))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = "word/_rels/document.xml.rels"
    more = f'<Relationship Id="j.png" Type="{OFFICE}/image" Target="media/j.png"/></Relationships>'
    relations = bytes(parts[name]).replace(b"</Relationships>", more.encode())  # type: ignore[arg-type]
    return zipped(parts | {name: relations, "word/media/j.png": PNG})


def test_a_file_that_is_all_of_the_text__names_it_and_its_language():
    inside = '<html lang="fr"><body><h1>Le rapport</h1><p>Les opérateurs.</p><h2>Portée</h2></body></html>'.encode()
    draft, _ = opened(chunked(CHUNK, c=inside))
    assert (draft.document.title, draft.language) == ("Le rapport", "fr")
    assert blocks(draft.document) == ["Les opérateurs.", ("h1", "Portée")]


def test_the_language_of_such_a_file__is_that_of_its_words():
    inside = '<html lang="fr"><body><p>Les opérateurs.</p></body></html>'.encode()
    body = p(t("The operators said so.", '<w:lang w:val="en-GB"/>')) + CHUNK
    draft, _ = opened(chunked(body, c=inside))
    found = [block.runs[0].language for block in draft.document.blocks if isinstance(block, Paragraph)]
    assert (draft.language, found) == ("en-GB", ["", "fr"])


def test_in_a_cell__it_is_text_of_the_cell():
    content = chunked(table(row(cell(p("a")), cell(p("b"))), row(cell(CHUNK + p()), cell(p("d")))), c=PAGE)
    assert blocks(opened(content)[0].document)[0] == ("table", "", ("a", "b"), ("Scope\nA page.\n1. one\n2. two", "d"))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken"], ids=["pdf", "png", "zip"]
)
def test_one_that_no_reader_of_texts_reads__is_told(content):
    draft, _ = opened(chunked(p("Before") + CHUNK, c=content))
    assert blocks(draft.document) == ["Before"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["word/media/c"]


def test_files_in_files__are_read_to_a_bound():
    deepest = b"<html><p>deepest</p></html>"
    third = chunked(p("third") + CHUNK, c=deepest)
    second = chunked(p("second") + CHUNK, c=third)
    draft, ledger = opened(chunked(p("first") + CHUNK, c=second))
    assert blocks(draft.document) == ["first", "second", "third"]
    assert left_out(draft, Reason.EMBEDDED) == ["deepest"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["word/media/c"]
    assert ledger.left_out == {"embedded file": 1}


@pytest.mark.parametrize("bound", ["MOST", "LARGEST"])
def test_more_of_them_than_may_be__are_told_and_left_out(monkeypatch, bound):
    monkeypatch.setattr(inner, bound, 1)
    content = chunked(CHUNK + '<w:altChunk r:id="d"/>', c=b"<html><p>one</p></html>", d=b"<html><p>two</p></html>")
    draft, _ = opened(content)
    assert blocks(draft.document) == []
    assert left_out(draft, Reason.EMBEDDED) == ["one", "two"]
    assert len(doubts(draft, Doubt.ATTACHMENT)) == 2


def test_one_that_is_named_twice__is_read_once():
    draft, _ = opened(chunked(CHUNK + p("x") + CHUNK, c=b"<html><p>one</p></html>"))
    assert blocks(draft.document) == ["one", "x"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["word/media/c"]


def test_an_object_in_the_text__is_its_picture_and_told_by_name():
    shape = '<v:shape><v:imagedata r:id="i.png"/></v:shape>'
    content = docx(
        p("Before")
        + p(f'<w:r><w:object>{shape}<o:OLEObject ProgID="Word.Document.12" r:id="o.docx"/></w:object></w:r>'),
        media={"i.png": PNG, "o.docx": WORD},
    )
    draft, _ = opened(content)
    assert blocks(draft.document) == ["Before", ("figure", "", "")]
    assert doubts(draft, Doubt.ATTACHMENT) == ["o.docx (Word.Document.12)"]


def test_an_object_in_an_open_document__is_its_picture_and_told_by_name():
    frame = (
        '<draw:frame><draw:object-ole xlink:href="./Object 1"/><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    )
    draft, _ = read("x.odt", odt(f"<text:p>Before {frame}</text:p>", media={"Pictures/a.png": PNG}))
    assert blocks(draft.document) == ["Before", ("figure", "", "")]
    assert doubts(draft, Doubt.ATTACHMENT) == ["Object 1"]


def test_an_object_in_a_rich_text__is_told_by_its_kind():
    inside = r"{\object\objemb{\*\objclass Word.Document.12}{\*\objdata 0105000002}{\result\pard Icon\par}}"
    draft, ledger = read("x.rtf", (HEAD + rf"\pard Before {inside}\par}}").encode())
    assert blocks(draft.document) == ["Before Icon"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["Word.Document.12"]
    assert ledger.balanced


def test_a_part_that_lies_in_a_file_of_its_own__is_told():
    draft, _ = opened(docx(p("Before") + '<w:subDoc r:id="s"/>', links={"s": "part2.docx"}))
    assert blocks(draft.document) == ["Before"]
    assert doubts(draft, Doubt.ATTACHMENT) == ["part2.docx"]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><head><title>Unseen</title></head><body><p>Words</p></body></html>", rb"{\rtf1{\info{\title Unseen}}\pard Words\par}",
        docx(p("Words"), core="<dc:title>Unseen</dc:title>"), odt("<text:p>Words</text:p>", meta="<dc:title>Unseen</dc:title>"),
        b"Subject: Unseen\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>Words</p>",
    ],
    ids=["html", "rtf", "docx", "odt", "mht"],
)  # fmt: skip
def test_a_title_in_the_properties_of_such_a_file__is_no_part_of_the_text(content):
    draft, ledger = opened(chunked(p("Before") + CHUNK, c=content))
    assert blocks(draft.document) == ["Before", "Words"]
    assert draft.document.title == ""
    assert ledger.left_out == {"metadata": 1}
