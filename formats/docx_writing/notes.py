"""The footnotes of a written file, in a part of their own. Pure."""

from docx.document import Document as File
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml

from core.languages.direction import direction_of
from editions.document.model import Document
from formats.docx.package import W
from formats.docx_writing import styles
from formats.docx_writing.body import FIRST_NOTE, Body
from formats.docx_writing.elements import add
from formats.docx_writing.inline import Inline

_EMPTY = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
)


def notes_part(file: File) -> XmlPart:
    """An empty one, known to the file."""
    package = file.part.package
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, parse_xml(_EMPTY), package)
    file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    for number, (kind, mark) in enumerate(
        (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
    ):
        note = add(part.element, "footnote", type=kind, id=str(number))
        add(add(add(note, "p"), "r"), mark)
    return part


def write_notes(body: Body, part: XmlPart, document: Document) -> None:
    """A note for each mark that was met. Marks inside notes are left away: Word allows none."""
    known = {note.key: note for note in document.notes}
    into = Inline(document.language, part, body.inline.anchors, base=body.inline.base, tracking=body.inline.tracking)
    main, body.inline = body.inline, into
    for number, key in enumerate(main.marked, FIRST_NOTE):
        found = body.passages.get(key)
        language = found.language if found else document.language
        note = add(part.element, "footnote", id=str(number))
        paragraph = add(note, "p")
        look = add(paragraph, "pPr")
        add(look, "pStyle", styles.NOTE_TEXT)
        if direction_of(language) == "rtl":
            add(look, "bidi")
        mark = add(paragraph, "r")
        add(add(mark, "rPr"), "rStyle", styles.NOTE_MARK)
        add(mark, "footnoteRef")
        into.words(paragraph, " ")
        body.passage(paragraph, key, known[key].runs)
    body.inline = main
    settings = body.file.settings.element
    before = settings.find(f"{W}compat")
    properties = settings.makeelement(f"{W}footnotePr")
    for number in (-1, 0):
        add(properties, "footnote", id=str(number))
    settings.insert(settings.index(before) if before is not None else len(settings), properties)
