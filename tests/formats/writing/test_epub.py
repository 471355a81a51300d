"""Editions as EPUB books: every word at its anchor, in its language, and nothing that epubcheck finds wrong."""

import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from editions.document.model import Document, Figure, Heading, Paragraph, Run
from editions.document.passages import PassageKind
from formats.cover import Cover
from formats.epub import write
from formats.epub.text import EPUB_TYPE, XHTML
from tests.formats.round_trips.documents import Generator
from tests.formats.writing.markup import COVER, LINKS, documents, expected, picture, said

LAUNCHER = Path(__file__).parents[2] / "validators" / "epubcheck"
SHOWN_BESIDE = (
    "number",
    "caption-number",
    "ul",
    "ol",
    "doc-noteref",
    "doc-backlink",
)  # the number, lists in an item, marks of notes
H = f"{{{XHTML}}}"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def chapters(content: bytes) -> list[etree._Element]:
    return [etree.fromstring(part) for name, part in parts(content).items() if "/text-" in name]


def package(content: bytes) -> etree._Element:
    return etree.fromstring(parts(content)["EPUB/package.opf"])


def metadata(content: bytes, name: str) -> list[str]:
    return [
        str(one.text) for one in package(content).iter() if name in (etree.QName(one).localname, one.get("property"))
    ]


@pytest.mark.parametrize("name", documents())
def test_every_passage__stands_at_its_anchor_with_its_words(name):
    document = documents()[name]
    content = write(document, COVER, picture)
    found = {one.get("id"): one for chapter in chapters(content) for one in chapter.iter() if one.get("id")}
    for passage, letters in expected(document):
        element = found[passage.anchor]
        if passage.kind == PassageKind.FIGURE:
            element = element.find(f"{H}figcaption")
        if passage.kind == PassageKind.NOTE:
            letters = f"{[note.key for note in document.notes].index(passage.key) + 1}.{letters}"
        assert said(element, SHOWN_BESIDE) == letters, passage.anchor
    assert content == write(document, COVER, picture)


@pytest.mark.skipif(not shutil.which("java") or not shutil.which("mvn"), reason="epubcheck needs Java and Maven")
def test_epubcheck__of_every_sample__finds_no_fault(tmp_path):
    """And of a book with a word where none may stand, so that the check is known to find one."""
    files = []
    for name, document in documents().items():
        if name not in ("fr", "es", "ru") and not name.startswith("random"):  # like "en"
            files.append(tmp_path / f"{name}.epub")
            files[-1].write_bytes(write(document, COVER, picture))
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(broken, "w") as file:
        for name, part in parts(files[0].read_bytes()).items():
            file.writestr(name, part.replace(b"</body>", b"<wrong/></body>"))
    done = subprocess.run([LAUNCHER, *files, broken], capture_output=True, text=True, check=False)
    failed = [line for line in done.stdout.splitlines() if not line.startswith("PASS")]
    assert len(failed) == 1, "\n".join(failed[:20])
    assert str(broken) in failed[0]
    assert "wrong" in failed[0]
    assert done.stdout.count("PASS") == len(files), done.stderr[-2000:]


def test_book__says_what_it_is_and_what_makes_it_accessible():
    content = write(documents()["ar"], COVER)
    assert next(iter(parts(content))) == "mimetype"
    assert metadata(content, "identifier") == [COVER.identifier, COVER.address]
    assert metadata(content, "language")[0] == "ar"
    assert set(metadata(content, "language")) == {"ar", "fr", "zh", "ru"}
    assert metadata(content, "creator") == ["Lamp forum"]
    assert metadata(content, "schema:accessMode") == ["textual"]
    assert metadata(content, "schema:accessModeSufficient") == ["textual"]
    assert metadata(content, "schema:accessibilityHazard") == ["none"]
    assert not metadata(content, "a11y:certifiedBy")
    assert not metadata(content, "dcterms:conformsTo")
    assert package(content).find("{*}spine").get("page-progression-direction") == "rtl"
    shown = parts(content)["EPUB/cover.xhtml"].decode()
    for words in (COVER.identifier, COVER.status, COVER.address, COVER.newest, COVER.sha256):
        assert words in shown


def test_book_with_pictures__holds_their_bytes_and_tells_what_it_cannot_show():
    figures = tuple(Figure(f"f{n}", "x", "A lamp in fog", (Run("Fog"),), 10, 10) for n in range(3))
    content = write(Document("T", "en", figures), COVER, picture)
    assert len([name for name in parts(content) if name.startswith("EPUB/images/")]) == 1
    assert metadata(content, "schema:accessMode") == ["textual", "visual"]
    assert "alternativeText" in metadata(content, "schema:accessibilityFeature")
    for unknown in (b"", b"\0\0\0 ftypavif", b"<svg/>"):
        (chapter,) = chapters(write(Document("T", "en", figures), COVER, lambda figure, unknown=unknown: unknown))
        assert "[A lamp in fog]" in "".join(chapter.itertext())


def test_headings_of_the_first_level__begin_files_and_all_stand_in_the_contents():
    heads = (("a", 1, "One"), ("b", 2, "Under"), ("c", 4, "Deep"), ("d", 1, "Two"), ("e", 1, ""), ("f", 1, "Three"))
    blocks = tuple(Heading(key, level, (Run(words),)) for key, level, words in heads)
    content = write(Document("T", "en", (Paragraph("p", (Run("Before."),)), *blocks)), COVER)
    assert len(chapters(content)) == 5
    contents = etree.fromstring(parts(content)["EPUB/contents.xhtml"]).find(f".//{H}nav/{H}ol")
    links = [(one.text, one.get("href")) for one in contents.iter(f"{H}a")]
    assert links == [
        ("T", "cover.xhtml"), ("One", "text-002.xhtml#h1"), ("Under", "text-002.xhtml#h2"), ("Deep", "text-002.xhtml#h3"),
        ("Two", "text-003.xhtml#h4"), ("Three", "text-005.xhtml#h6"),
    ]  # fmt: skip
    assert [len(one.findall(f"{H}ol")) for one in contents] == [0, 1, 0, 0]


def test_a_note__stands_once_behind_the_chapter_that_marks_it_and_leads_back():
    (chapter,) = chapters(write(LINKS, COVER))
    notes = chapter.findall(f".//{H}aside")
    assert [note.get("id") for note in notes] == ["p4", "p5", "p6"]
    assert all(note.get(EPUB_TYPE) == "footnote" and note.get("role") == "doc-footnote" for note in notes)
    marks = [one for one in chapter.iter(f"{H}a") if one.get("role") == "doc-noteref"]
    assert [one.get("href") for one in marks] == ["text-001.xhtml#p4", "text-001.xhtml#p4", "text-001.xhtml#p6"]
    backs = [one.get("href") for one in chapter.iter(f"{H}a") if one.get("role") == "doc-backlink"]
    assert backs == ["text-001.xhtml#mark-1", "text-001.xhtml#mark-3"]


def test_a_link__leads_where_a_reading_system_can_follow_it():
    (chapter,) = chapters(write(LINKS, COVER))
    paragraph = chapter.find(f".//{H}p[@id='p1']")
    assert [one.get("href") for one in paragraph.iter(f"{H}a")] == [
        "http://[::1]/x", "https://example.org/library/", "text-001.xhtml#p1", "mailto:a@b.org",
        "https://example.org/%3C%3E%7B%7D%7C%25zz", "https://例え.jp/路径?q=值", "https://exa_mple.org",
        "https://example.org/%25", "mailto:a%20b@c%20d", "https://example.org/#a%23b", "https://1.2.3.400/", "https://example.org/%EF%BF%BE",
    ]  # fmt: skip


def test_words_in_another_language__say_so_with_their_direction():
    runs = (Run("The word "), Run("سلام", language="ar"), Run(" means peace."))
    blocks = (Paragraph("p", runs), Paragraph("q", (Run("Paix", language="fr"),)))
    (chapter,) = chapters(write(Document("T", "en", blocks), Cover()))
    span = chapter.find(f".//{H}p[@id='p1']/{H}span")
    assert (span.text, span.get("lang"), span.get("dir")) == ("سلام", "ar", "rtl")
    own = chapter.find(f".//{H}p[@id='p2']")
    assert (own.get("lang"), own.find(f"{H}bdi").get("lang"), own.find(f"{H}span")) == ("fr", "en", None)


def test_two_hundred_pages__take_less_than_a_second_and_a_half():
    """The goal is 0.3 s for 100 pages; here only what would be another order."""
    document = Generator(1, "en").document(1500)
    begun = time.process_time()
    write(document, COVER, picture)
    assert time.process_time() - begun < 1.5
