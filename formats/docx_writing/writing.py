"""A neutral document as a Word file. Pure; the same edition gives the same bytes.

Every passage stands in a bookmark made of its key and shows its number, so that a file that comes back with changes
says by itself what they are about. `formats.docx` reads it back to the same document.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

import docx
from docx.document import Document as File
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.pkgwriter import PackageWriter

from core.languages.direction import direction_of
from editions.comparison.alignment import PieceKind
from editions.document.doi import doi_address
from editions.document.model import Document, Runs
from editions.document.passages import Passage, passages
from formats.cover import Cover, Labels, PictureOf, nothing
from formats.docx.package import W
from formats.docx_writing import styles
from formats.docx_writing.body import FIRST_NOTE, Body
from formats.docx_writing.elements import add, add_text
from formats.docx_writing.inline import Inline
from formats.docx_writing.notes import notes_part, write_notes
from formats.docx_writing.numbering import Lists
from formats.docx_writing.tracking import Tracking
from formats.office.archive import Element
from formats.office.bookmarks import bookmark_of
from formats.redline import Redline
from formats.xml_text import one_line
from formats.zipping import zipped

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEFT_TO_RIGHT = "\u200e"
LONGEST_PROPERTY = 255  # characters that python-docx and Word take


def write(document: Document, cover: Cover, picture_of: PictureOf = nothing) -> bytes:
    found = {passage.key: passage for passage in passages(document)}
    return _written(document, cover, picture_of, found, Labels(cover), {}, (), ())


def write_redline(change: Redline, cover: Cover, picture_of: PictureOf = nothing) -> bytes:
    """Two editions in one file: with every change accepted it is the newer one, with every change refused the older.

    cover: of the newer one, whose identifier Word shows as the author of the changes.
    """
    labels = Labels(cover, change.ordinals)
    found = change.passages
    return _written(change.document, cover, picture_of, found, labels, change.changes, change.title, change.subtitle)


def _written(
    document: Document, cover: Cover, picture_of: PictureOf, found: Mapping[str, Passage], labels: Labels,
    changes: Mapping[str, PieceKind], title: Runs, subtitle: Runs,
) -> bytes:  # fmt: skip
    file = docx.Document()
    styles.set_up(file, document.language)
    _properties(file, document, cover)
    anchors = {passage.anchor: bookmark_of(key) for key, passage in found.items()}
    known = frozenset(note.key for note in document.notes)
    tracking = Tracking(cover.identifier, cover.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    inline = Inline(document.language, file.part, anchors, FIRST_NOTE, known, base=cover.address, tracking=tracking)
    lists = Lists(file.part.numbering_part.element)
    body = Body(file, document, cover, picture_of, found, inline, lists, labels, changes)
    body.write(title, subtitle)
    body.placed()
    _running_heads(file, document, cover)
    if inline.marked:
        write_notes(body, notes_part(file), document)
    return zipped(_entries(file))


def _properties(file: File, document: Document, cover: Cover) -> None:
    properties = file.core_properties
    properties.title = one_line(document.title)[:LONGEST_PROPERTY]
    properties.author = one_line(", ".join(cover.authors))[:LONGEST_PROPERTY]
    properties.identifier = cover.identifier
    properties.language = document.language
    properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = cover.published_at
    package = file.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # of the template
            del package.rels[name]
        elif relation.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            styles.plain_properties(relation.target_part)


def _running_heads(file: File, document: Document, cover: Cover) -> None:
    """What the text is, above; identifier, address and page, below."""
    section = file.sections[0]
    above = section.header.paragraphs[0]._p
    below = section.footer.paragraphs[0]._p
    _words(above, " · ".join(part for part in (cover.status, document.title) if part), document.language)
    mark = LEFT_TO_RIGHT if document.direction == "rtl" else ""  # else the last slash would stand before the address
    doi = doi_address(cover.doi) if cover.doi else ""
    about = [f"{part}{mark}" for part in (cover.identifier, cover.address, doi) if part]
    _words(below, " · ".join(about) + " · ", document.language)
    add_text(add(add(below, "fldSimple", instr=" PAGE "), "r"), "1")
    add_text(add(below, "r"), " / ")
    add_text(add(add(below, "fldSimple", instr=" NUMPAGES "), "r"), "1")
    if document.direction == "rtl":
        properties = file.element.body.sectPr
        if properties is not None:
            properties.insert_element_before(properties.makeelement(f"{W}bidi"), "w:rtlGutter", "w:docGrid")


def _words(paragraph: Element, text: str, language: str) -> None:
    if direction_of(language) == "rtl":
        look = paragraph.get_or_add_pPr()  # type: ignore[attr-defined]
        add(look, "bidi")
    run = add(paragraph, "r")
    if direction_of(language) == "rtl":
        add(add(run, "rPr"), "rtl")
    add_text(run, one_line(text) + (" " if text.endswith(" ") else ""))


def _entries(file: File) -> list[tuple[str, bytes]]:
    """What python-docx would save, to be packed once and without the hour at which it was made.

    Its own way packs everything, to be unpacked and packed again here. The parts of its writer are
    not public; python-docx is pinned, and every test that reads a file back tells when one moves.
    """
    package: Any = file.part.package
    parts = list(package.parts)
    for part in parts:
        part.before_marshal()
    collected = _Collected()
    writer: Any = PackageWriter
    writer._write_content_types_stream(collected, parts)
    writer._write_pkg_rels(collected, package.rels)
    writer._write_parts(collected, parts)
    return collected.entries


class _Collected:
    """Takes what a package would write into an archive."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, bytes]] = []

    def write(self, name: Any, content: bytes) -> None:
        self.entries.append((name.membername, content))
