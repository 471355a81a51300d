"""Any bytes under any name: a draft with its ledger, or a refusal that says why."""

import io
import random
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from formats.draft import Draft, Unreadable, UnreadableFile
from formats.kinds.readers import kind_of, reader_of
from formats.ledger import Ledger, account
from formats.reading import read
from tests.examples import examples
from tests.formats.blocks import blocks
from tests.formats.docx.docx_files import CASES, docx, p, t, zipped
from tests.formats.office.odt_files import odt

WORD = docx(p("Words of a report."))
OPEN = odt("<text:p>Words of a report.</text:p>")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = rb"{\rtf1\ansi Words of a report.\par}"


def why(name: str, content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(name, content)
    return str(refused.value.why)


@pytest.mark.parametrize("content", [WORD, OPEN, RTF], ids=["docx", "odt", "rtf"])
@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.txt", "a.pdf", "a", "A.DOC"])
def test_a_file_is_read_as_what_it_is_whatever_its_name(name, content):
    draft, ledger = read(name, content)
    assert blocks(draft.document) == ["Words of a report."]
    assert ledger.words == ledger.kept == 4


def test_text_goes_to_the_reader_of_its_ending():
    assert kind_of("a.md", b"# Head") == "formats.markdown"
    assert kind_of("a.txt", b"Head") == "formats.plain"
    assert kind_of("a.txt", b"<!DOCTYPE html><p>x") == "formats.html"
    assert kind_of("a.doc", b"\xef\xbb\xbf<html><p>x") == "formats.html"
    assert kind_of("a.eml", b"Subject: x\n\ny") == "formats.mail"
    assert kind_of("a.txt", b"From a@example.org\nReceived: x\n\ny") == "formats.mail"
    assert (
        kind_of("a.txt", b"Subject: x\nFrom: a@example.org,\n b@example.org\nMIME-Version: 1.0\n\ny") == "formats.mail"
    )
    assert kind_of("a.doc", b"From: <Saved>\r\nMIME-Version: 1.0\r\n\r\ny") == "formats.mail"
    assert kind_of("a.doc", b"Minutes of a call\r\n\r\nAll agreed.") == "formats.plain"
    assert kind_of("a.bin", b"%PDF-1.7") == "formats.pdf"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"", Unreadable.BROKEN),
        ("a.docx", b"just text", Unreadable.BROKEN),
        ("a.xyz", b"just text", Unreadable.FORMAT),
        ("a.txt", b"PK\x03\x04 cut short", Unreadable.BROKEN),
        ("a.epub", zipped({"mimetype": "application/epub+zip"}), Unreadable.FORMAT),
        ("a.txt", zipped({"notes.txt": "x"}), Unreadable.PACKED),
        ("a.docx", zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), Unreadable.SHEET),
        ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), Unreadable.SHEET),
        ("a.zip", zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), Unreadable.SLIDES),
        ("talk.key", zipped({"Index/Document.iwa": ""}), Unreadable.SLIDES),
        ("a.pages", zipped({"Index/Document.iwa": ""}), Unreadable.OTHER_WRITER),
        ("a.zip", zipped({"Index/Document.iwa": ""}), Unreadable.OTHER_WRITER),
        ("a.bin", b"\xffWPC\x10\x00", Unreadable.OTHER_WRITER),
        ("a.docx", OLE + "WordDocument\0".encode("utf-16-le"), Unreadable.OTHER_WRITER),
        ("a.doc", OLE + "Workbook\0".encode("utf-16-le"), Unreadable.SHEET),
        ("a.ppt", OLE, Unreadable.SLIDES),
        ("a.msg", OLE, Unreadable.OUTLOOK_MAIL),
        ("invitation.txt", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nVERSION:2.0", Unreadable.CALENDAR),
        ("a.md", "begin:vcard\r\n".encode("utf-16"), Unreadable.CALENDAR),
        ("outcomes.csv", b"year,forum\n2099,One", Unreadable.SHEET),
        ("a.gdoc", b'{"url": "https://example.org/"}', Unreadable.LINK_FILE),
        ("page.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF", Unreadable.PICTURE),
        ("a.docx", WORD[:-40], Unreadable.BROKEN),
        ("a.bin", OLE + bytes(600), Unreadable.FORMAT),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Unreadable.LOCKED),
        ("a.docx", b"x" * 50_000_001, Unreadable.TOO_LARGE),
        ("a.xlsx", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), Unreadable.SHEET),
        ("a.docx", zipped({"[Content_Types].xml": "<Types/>", "a.xml": "0" * 60_000_000}), Unreadable.TOO_LARGE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_why(name, content, reason):
    assert why(name, content) == str(reason)


def test_a_document_type_with_entities_is_refused():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["word/document.xml"] = entities + parts["word/document.xml"].replace("Words", "&b;")
    assert why("a.docx", zipped(parts)) == "broken"


def test_very_deep_nesting_is_refused_or_read():
    for depth in (100, 240, 20_000):
        inner = "<w:smartTag>" * depth + t("deep") + "</w:smartTag>" * depth
        try:
            draft, _ = read("a.docx", docx(p(inner)))
        except UnreadableFile:
            assert depth > 200
        else:
            assert blocks(draft.document) == ["deep"]


@settings(max_examples=examples(150))
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "PK\x03\x04", "{\\rtf1", "%PDF-"]),
    st.sampled_from(["a.docx", "a.odt", "a"]),
)
@example(b"\xff\xfe\x00", "", "a.txt")
def test_any_bytes_are_read_or_refused(content, beginning, name):
    try:
        draft, ledger = read(name, beginning.encode() + content)
    except UnreadableFile:
        return
    assert isinstance(draft, Draft)
    assert isinstance(ledger, Ledger)


SOURCES = {
    path.name: path.read_bytes() for path in sorted(CASES.glob("*.docx")) if path.stat().st_size < 20_000
} | {"odt": OPEN}  # fmt: skip


@settings(max_examples=examples(120))
@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 2**32))
def test_a_file_whose_parts_are_jumbled_is_read_or_refused(name, seed):
    """Elements taken out, doubled, put elsewhere, their attributes changed: as no program should write, and some do."""
    content = jumbled(SOURCES[name], seed)
    kind = kind_of(name, content)
    try:
        draft = reader_of(kind).read(content, name)  # not through `read`, which would make a refusal of a fault of ours
        ledger = account(draft, reader_of(kind).words(content))
    except UnreadableFile:
        return
    assert ledger.words == ledger.kept + ledger.moved + sum(ledger.left_out.values()) + ledger.unaccounted_words
    keys = [block.key for block in draft.document.blocks]
    assert len(keys) == len(set(keys))


def jumbled(content: bytes, seed: int) -> bytes:
    draw = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        if name.endswith(".xml") and not name.startswith("[") and draw.random() < 0.6:
            root = etree.fromstring(parts[name])
            for _ in range(draw.randint(1, 6)):
                _jumble(root, draw)
            parts[name] = etree.tostring(root)
    return zipped(parts)


def _jumble(root: etree._Element, draw: random.Random) -> None:
    found = list(root.iter())[1:]
    if not found:
        return
    one, other = draw.choice(found), draw.choice(found)
    match draw.randint(0, 4):
        case 0:
            one.getparent().remove(one)
        case 1:
            one.addnext(etree.fromstring(etree.tostring(one)))
        case 2 if other not in one.iter():
            other.append(one)
        case 3 if one.attrib:
            one.set(draw.choice(list(one.attrib)), draw.choice(["", "-1", "9", "99999999999", "x", "1", "true", "²"]))
        case _:
            one.tag = other.tag
