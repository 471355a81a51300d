"""The styles of a written file: those of Word's own names, set up for reading on screen and paper. Pure."""

from typing import Any

from docx.document import Document as File
from lxml import etree

from core.languages.direction import direction_of
from formats.docx.package import W
from formats.docx_writing.elements import add
from formats.office.archive import Element
from formats.office.languages import primary
from formats.office.style_names import CAPTION_LABEL, PASSAGE_NUMBER, SECTION_LABEL

INK, QUIET = "1F3864", "595959"  # both above 7:1 on white
CAPTION_NUMBER = "CaptionNumber"
NUMBER, CODE, LINK, NOTE_MARK, NOTE_TEXT = "PassageNumber", "HTMLCode", "Hyperlink", "FootnoteReference", "FootnoteText"
TABLE, TABLE_CAPTION, IMAGE_CAPTION, LABEL = "DocumentTable", "TableCaption", "ImageCaption", "SectionLabel"
DEEPEST_LIST_STYLE = 3
"""As deep as the styles of the lists go; deeper levels take the last, with a level of their own."""


def set_up(file: File, language: str) -> None:
    root = file.styles.element
    _language(root, language)
    for style in root.iterfind(f"{W}style"):
        name = str(style.get(f"{W}styleId"))
        if name.startswith(("Heading", "Title", "Subtitle", "Caption", "Quote")):
            for colour in list(style.iter(f"{W}color")):
                colour.attrib.clear()
                colour.set(f"{W}val", INK)
        for numbers in list(style.iter(f"{W}numPr")):  # lists are the paragraphs' own, see numbering
            numbers.getparent().remove(numbers)
    _character(root, NUMBER, PASSAGE_NUMBER, size="16", color=QUIET)
    _character(root, CAPTION_NUMBER, CAPTION_LABEL)
    _character(root, CODE, "HTML Code", font="Courier New")
    _character(root, LINK, "Hyperlink", color="0B3D91", underline="single")
    _character(root, NOTE_MARK, "footnote reference", vertical="superscript")
    note = _paragraph(root, NOTE_TEXT, "footnote text", "Normal")
    add(add(note, "rPr"), "sz", "18")
    _paragraph(root, TABLE_CAPTION, "Table Caption", "Caption", keeps=True)
    _paragraph(root, IMAGE_CAPTION, "Image Caption", "Caption")
    look = add(_paragraph(root, LABEL, SECTION_LABEL, "Normal", keeps=True), "rPr")
    add(look, "b")
    add(look, "bCs")
    add(look, "color", QUIET)
    add(look, "sz", "18")
    _table(root)


def _language(root: Element, language: str) -> None:
    """The text's own language where it belongs; Word keeps one each for Latin, East Asian and right-to-left letters."""
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    for old in list(defaults.iterfind(f"{W}lang")):
        defaults.remove(old)
    add(defaults, "lang", **languages(language, others=True))


def languages(language: str, *, others: bool = False) -> dict[str, str]:
    """Attributes of `w:lang`. others: fill the places that the language leaves."""
    language = language or "en"
    if direction_of(language) == "rtl":
        return {"bidi": language} | ({"val": "en", "eastAsia": "zh-CN"} if others else {})
    if primary(language) in ("zh", "ja", "ko"):
        return {"val": language, "eastAsia": language} | ({"bidi": "ar"} if others else {})
    return {"val": language} | ({"eastAsia": "zh-CN", "bidi": "ar"} if others else {})


def _style(root: Element, kind: str, identifier: str, name: str, based: str = "") -> Element:
    for old in [one for one in root.iterfind(f"{W}style") if one.get(f"{W}styleId") == identifier]:
        root.remove(old)
    style = add(root, "style", type=kind, styleId=identifier)
    add(style, "name", name)
    if based:
        add(style, "basedOn", based)
    add(style, "uiPriority", "99")
    if kind == "paragraph":
        add(style, "qFormat")
    return style


def _character(
    root: Element, identifier: str, name: str, *, size: str = "", color: str = "", font: str = "", underline: str = "",
    vertical: str = "",
) -> None:  # fmt: skip
    look = add(_style(root, "character", identifier, name, "DefaultParagraphFont"), "rPr")
    if font:
        add(look, "rFonts", ascii=font, hAnsi=font, cs=font)
    if color:
        add(look, "color", color)
    if size:
        add(look, "sz", size)
        add(look, "szCs", size)
    if underline:
        add(look, "u", underline)
    if vertical:
        add(look, "vertAlign", vertical)


def _paragraph(root: Element, identifier: str, name: str, based: str, *, keeps: bool = False) -> Element:
    style = _style(root, "paragraph", identifier, name, based)
    look = add(style, "pPr")
    if keeps:
        add(look, "keepNext")
    add(look, "spacing", before="60", after="60")
    return style


def _table(root: Element) -> None:
    """A grid with head cells in bold on grey: what the head row and head column of a table look like."""
    style = _style(root, "table", TABLE, "Document Table", "TableNormal")
    properties = add(style, "tblPr")
    borders = add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add(borders, side, "single", sz="4", space="0", color="7F7F7F")
    for kind in ("firstRow", "firstCol"):
        part = add(style, "tblStylePr", type=kind)
        look = add(part, "rPr")
        add(look, "b")
        add(look, "bCs")
        add(add(part, "tcPr"), "shd", "clear", color="auto", fill="E7E6E6")


def plain_properties(part: Any) -> None:
    """Says nothing of the program whose template this is."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    part._blob = etree.tostring(etree.Element(f"{{{space}}}Properties", nsmap={None: space}), xml_declaration=True,
                                encoding="UTF-8", standalone=True)  # fmt: skip
