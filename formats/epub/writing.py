"""A neutral document as an EPUB 3 book. Pure; the same edition gives the same bytes.

What makes it accessible is said as schema.org says it (EPUB Accessibility 1.1): only what is so in this very file. No
conformance is claimed, since no person has judged it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC
from functools import cache
from pathlib import Path

from lxml import etree

from core.languages.direction import direction_of
from editions.document.doi import doi_address
from editions.document.model import Document
from formats.cover import Cover, PictureOf, nothing
from formats.epub.text import EPUB_TYPE, STYLE, XHTML, Entry, Text, page
from formats.markup_writing import LANGUAGE
from formats.office.archive import Element
from formats.xml_text import one_line
from formats.zipping import zipped

CONTENT_TYPE = "application/epub+zip"
OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
FOLDER = "EPUB"
COVER, NAVIGATION = "cover.xhtml", "contents.xhtml"
_CONTAINER = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


def write(document: Document, cover: Cover, picture_of: PictureOf = nothing) -> bytes:
    text = Text(document, cover, picture_of)
    text.write()
    return zipped(_entries(text), stored=frozenset({"mimetype"} | {f"{FOLDER}/{name}" for name in text.pictures}))


def _entries(text: Text) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", CONTENT_TYPE.encode()
    yield "META-INF/container.xml", _CONTAINER
    yield f"{FOLDER}/package.opf", _package(text)
    yield f"{FOLDER}/{COVER}", _xhtml(_cover(text.document, text.cover))
    yield f"{FOLDER}/{NAVIGATION}", _xhtml(_navigation(text))
    yield f"{FOLDER}/{STYLE}", _style()
    for chapter in text.chapters:
        yield f"{FOLDER}/{chapter.name}", _xhtml(chapter.root)
    for picture in text.pictures.values():
        yield f"{FOLDER}/{picture.name}", picture.content


@cache
def _style() -> bytes:
    return (Path(__file__).parent / STYLE).read_bytes()


def _xhtml(root: Element) -> bytes:
    return _xml(root, doctype="<!DOCTYPE html>")


def _xml(root: Element, doctype: str | None = None) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=doctype)
    return made


# Cover and contents


def _cover(document: Document, cover: Cover) -> Element:
    """What the text is and where it stands: as on the title page of the PDF."""
    root, body = page(document.title, document.language)
    section = _add(body, "section")
    section.set(EPUB_TYPE, "titlepage")
    _add(section, "h1", one_line(document.title))
    if document.subtitle.strip():
        _add(section, "p", one_line(document.subtitle))
    facts = _add(section, "dl")
    for name, said in (
        ("identifier", cover.identifier), ("stage", cover.status), ("authors", "; ".join(cover.authors)),
        ("published", cover.published_at.date().isoformat()), ("licence", cover.licence), ("hash", cover.sha256),
    ):  # fmt: skip
        if said:
            _add(facts, "dt", cover.word(name))
            _add(_add(facts, "dd"), "bdi", one_line(said))
    doi = doi_address(cover.doi) if cover.doi else ""
    for name, address in (
        ("DOI", doi), (cover.word("address"), cover.address), (cover.word("newest"), cover.newest),
    ):  # fmt: skip
        if address:
            _add(facts, "dt", name)
            link = _add(_add(facts, "dd"), "a", one_line(address))
            link.set("href", address)
            link.set("dir", "ltr")
    return root


def _navigation(text: Text) -> Element:
    document, cover = text.document, text.cover
    root, body = page(cover.word("contents"), document.language)
    contents = _add(body, "nav")
    contents.set(EPUB_TYPE, "toc")
    contents.set("role", "doc-toc")
    _add(contents, "h1", cover.word("contents"))
    _listed([Entry(1, one_line(document.title) or "–", COVER, document.language), *text.entries], contents, document)
    landmarks = _add(body, "nav")
    landmarks.set(EPUB_TYPE, "landmarks")
    landmarks.set("hidden", "hidden")
    listed = _add(landmarks, "ol")
    for kind, href, words in (
        ("titlepage", COVER, document.title), ("toc", NAVIGATION, cover.word("contents")),
        ("bodymatter", text.chapters[0].name, document.title),
    ):  # fmt: skip
        link = _add(_add(listed, "li"), "a", one_line(words) or "–")
        link.set(EPUB_TYPE, kind)
        link.set("href", href)
    return root


def _listed(entries: Iterable[Entry], contents: Element, document: Document) -> None:
    """Lists within lists, as the levels of the headings are: a level that stands alone goes no deeper."""
    places: list[tuple[int, Element]] = [(0, contents)]  # level, and the item that holds lists of deeper ones
    for entry in entries:
        while places[-1][0] >= entry.level:
            places.pop()
        holder = places[-1][1]
        listed = holder[-1] if len(holder) and holder[-1].tag == f"{{{XHTML}}}ol" else _add(holder, "ol")
        item = _add(listed, "li")
        link = _add(item, "a", entry.text)
        link.set("href", entry.href)
        if entry.language != document.language:
            link.set("lang", entry.language)
            link.set(LANGUAGE, entry.language)
            link.set("dir", direction_of(entry.language))
        places.append((entry.level, item))


def _add(parent: Element, tag: str, words: str = "") -> Element:
    made = etree.SubElement(parent, f"{{{XHTML}}}{tag}")
    made.text = words or None
    return made


# The package


def _package(text: Text) -> bytes:
    document = text.document
    root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF})
    root.set("version", "3.0")
    root.set("unique-identifier", "edition")
    root.set(LANGUAGE, document.language)
    root.set("dir", direction_of(document.language))
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DC})
    _describe(metadata, text)
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    _item(manifest, "contents", NAVIGATION, "application/xhtml+xml").set("properties", "nav")
    _item(manifest, "style", STYLE, "text/css")
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    spine.set("page-progression-direction", direction_of(document.language))
    for place, name in enumerate([COVER, NAVIGATION, *(chapter.name for chapter in text.chapters)]):
        if name != NAVIGATION:
            _item(manifest, f"page-{place}", name, "application/xhtml+xml")
        etree.SubElement(spine, f"{{{OPF}}}itemref", idref="contents" if name == NAVIGATION else f"page-{place}")
    for place, picture in enumerate(text.pictures.values(), 1):
        _item(manifest, f"picture-{place}", picture.name, picture.media_type)
    return _xml(root)


def _item(manifest: Element, name: str, href: str, media_type: str) -> Element:
    made = etree.SubElement(manifest, f"{{{OPF}}}item", id=name, href=href)
    made.set("media-type", media_type)
    return made


def _describe(metadata: Element, text: Text) -> None:
    document, cover = text.document, text.cover
    published = cover.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    _dc(metadata, "identifier", cover.identifier or cover.address or document.title).set("id", "edition")
    if cover.identifier and cover.address:
        _dc(metadata, "identifier", cover.address)
    if cover.doi:
        _dc(metadata, "identifier", f"doi:{cover.doi}")
    _dc(metadata, "title", document.title).set("id", "title")
    _meta(metadata, "title-type", "main", refines="#title")
    if document.subtitle.strip():
        _dc(metadata, "title", document.subtitle).set("id", "subtitle")
        _meta(metadata, "title-type", "subtitle", refines="#subtitle")
    for language in text.languages:
        _dc(metadata, "language", language)
    for author in cover.authors:
        _dc(metadata, "creator", author)
    _dc(metadata, "date", published)
    if cover.licence:
        _dc(metadata, "rights", cover.licence)
    _meta(metadata, "dcterms:modified", published)
    for name, value in _access(text):
        _meta(metadata, f"schema:{name}", value)


def _access(text: Text) -> Iterator[tuple[str, str]]:
    """Names and values of schema.org's vocabulary for accessibility, as far as they are true of this book."""
    yield "accessMode", "textual"
    if text.pictures:
        yield "accessMode", "visual"
        yield "accessModeSufficient", "textual,visual"
    if text.described:
        yield "accessModeSufficient", "textual"
    for feature in ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"):
        yield "accessibilityFeature", feature
    if text.pictures and text.described:
        yield "accessibilityFeature", "alternativeText"
    moves = any(picture.media_type in ("image/gif", "image/webp") for picture in text.pictures.values())
    yield "accessibilityHazard", "unknown" if moves else "none"
    yield "accessibilitySummary", text.cover.word("access")


def _dc(metadata: Element, name: str, words: str) -> Element:
    made = etree.SubElement(metadata, f"{{{DC}}}{name}")
    made.text = one_line(words) or "–"
    return made


def _meta(metadata: Element, name: str, words: str, refines: str = "") -> None:
    made = etree.SubElement(metadata, f"{{{OPF}}}meta", property=name)
    if refines:
        made.set("refines", refines)
    made.text = one_line(words)
