"""Documents for the writers of EPUB and Akoma Ntoso, and what an element of theirs says."""

from collections.abc import Iterator

from lxml import etree

from editions.document.model import Document, Figure, Note, Paragraph, Run
from editions.document.passages import Passage, PassageKind, passages, plain
from formats.cover import Cover
from tests.formats.docx.docx_files import PNG
from tests.formats.round_trips.documents import WORDS, Generator
from tests.formats.writing.test_docx import SECTION
from tests.pdf import samples
from tests.pdf.test_hostile import CASES, LONG_NOTES

COVER = Cover(
    "BPF-2099-LAMPS-E1", "https://example.org/library/2099/lamps/lamps/editions/1/", "Draft", ("Lamp forum",),
    kinds={"recommendation": "Recommendation"}, counted=frozenset({"recommendation"}),
    newest="https://example.org/library/2099/lamps/lamps/", sha256="ab" * 32, licence="CC BY 4.0",
)  # fmt: skip
ADDRESSES = (
    "http://exa mple.org/a b", "http://[::1/", "http://[::1]/x", "/library/", "#p1", "#nowhere", "mailto:a@b.org",
    "javascript:alert(1)", "https://example.org/<>{}|%zz", "https://例え.jp/路径?q=值", "http:///x", "ftp://example.org/",
    "https://exa_mple.org", "https://a..b/", "https://example.org:99999/", "https://example.org/%", "mailto:a b@c d",
    "https://example.org/#a#b", "https://1.2.3.400/", "https://example.org/\ud800", "https://example.org/\ufffe", " ",
)  # fmt: skip
LINKS = Document(
    "Links\x08 <&>",
    "en",
    (
        Paragraph("p", tuple(Run(f"{address} ", href=address) for address in ADDRESSES)),
        Paragraph(
            "q", (Run("one\x00\ufffe\ud800\ttwo\n\nthree"), Run("", note="n"), Run("", note="n"), Run("", note="x"))
        ),
        Figure("f", "", "A lamp in fog", (Run("Brume", language="fr"),), 10, 10),
    ),
    "",
    (Note("n", (Run("see "), Run("", note="o"))), Note("u", (Run("unmarked"),)), Note("o", (Run("other"),))),
)


def documents() -> dict[str, Document]:
    """By a name: six languages, every kind of block at random, typed blocks, and what would break a naive writer."""
    hostile = {
        f"hostile-{name}": Document("Hostile", "en", blocks, "", LONG_NOTES if name == "long_notes" else ())
        for name, blocks in CASES.items()
    }
    return (
        {language: samples.document(language, 2) for language in samples.LANGUAGES}
        | {f"random-{language}": Generator(3, language).document(40) for language in WORDS}
        | {"section": SECTION, "links": LINKS, "empty": Document("", "en", ())}
        | hostile
    )


def picture(figure: Figure) -> bytes:
    return PNG if figure.source else b""


def squeezed(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in "\x00\x07\x08\ufffe\ud800")


def expected(document: Document) -> Iterator[tuple[Passage, str]]:
    """The letters of each passage itself; of a figure those of its caption, its words stand beside the picture."""
    for passage in passages(document):
        own = plain(passage.runs) if passage.kind != PassageKind.ROW else passage.text.replace(" | ", "")
        yield passage, squeezed(own)


def said(element: etree._Element, besides: tuple[str, ...]) -> str:
    """The letters of an element, without elements of some names, classes or roles in it."""
    parts = [element.text or ""]
    for child in element:
        if not {etree.QName(child).localname, child.get("class"), child.get("role")}.intersection(besides):
            parts.append(said(child, besides))
        parts.append(child.tail or "")
    return squeezed("".join(parts))
