"""What a paragraph style stands for, by its name: of Word, LibreOffice, WPS, Google, pandoc. Pure.

Word writes the English names of its own styles whatever its language; other programs, and what passed through them,
write those of the writer's.
"""

import re
from dataclasses import dataclass

from formats.office.paragraph_roles import CaptionOf, Role

_HEADING_WORDS = (
    "heading", "überschrift", "titre", "título", "titulo", "titolo", "заголовок", "عنوان", "标题", "標題", "見出し",
    "제목", "nagłówek", "rubrik", "overskrift", "kop", "otsikko", "başlık", "nadpis", "cabeçalho", "intestazione",
    "encabezado", "címsor", "επικεφαλίδα", "כותרת", "titlu", "заглавие", "naslov", "antraštė", "pealkiri", "virsraksts",
    "سرصفحه", "judul", "đầu đề", "หัวเรื่อง", "शीर्षक", "títol",
)  # fmt: skip
_HEADING = re.compile(rf"(?:{'|'.join(_HEADING_WORDS)}) ?([1-9])")
_TITLES = {
    "title",
    "titel",
    "titre",
    "título",
    "titulo",
    "titolo",
    "название",
    "العنوان",
    "标题",
    "標題",
    "表題",
    "제목",
    "puesto",
    "заголовок",
    "заголовок документа",
    "titre du document",
    "título del documento",
    "عنوان",
    "عنوان المستند",
    "文档标题",
}
_SUBTITLES = {
    "subtitle", "untertitel", "sous-titre", "subtítulo", "subtitulo", "подзаголовок", "副标题", "副標題", "عنوان فرعي",
    "العنوان الفرعي",
}  # fmt: skip
_QUOTES = {
    "quote", "intense quote", "block text", "blocktext", "block quote", "blockquote", "quotations", "quotation",
    "block quotation", "zitat", "intensives zitat", "citation", "citation intense", "cita", "cita destacada", "цитата",
    "выделенная цитата", "اقتباس", "اقتباس مكثف", "引用", "明显引用", "preformatted quote", "html blockquote",
}  # fmt: skip
_CAPTIONS = {
    "caption": CaptionOf.UNKNOWN, "beschriftung": CaptionOf.UNKNOWN, "légende": CaptionOf.UNKNOWN,
    "leyenda": CaptionOf.UNKNOWN, "epígrafe": CaptionOf.UNKNOWN, "descripción": CaptionOf.UNKNOWN,
    "название объекта": CaptionOf.UNKNOWN, "تسمية توضيحية": CaptionOf.UNKNOWN, "题注": CaptionOf.UNKNOWN,
    "table caption": CaptionOf.TABLE, "table": CaptionOf.TABLE, "tablecaption": CaptionOf.TABLE,
    "image caption": CaptionOf.FIGURE, "imagecaption": CaptionOf.FIGURE, "figure": CaptionOf.FIGURE,
    "illustration": CaptionOf.FIGURE, "drawing": CaptionOf.FIGURE, "figurecaption": CaptionOf.FIGURE,
}  # fmt: skip
_CONTENTS = re.compile(
    r"(?:toc|contents|verzeichnis|inhaltsverzeichnis|оглавление|目录|tm|tdc|tabla de contenido|illustration index"
    r"|figure index|table index|user index|object index|bibliography index) ?(?:[1-9]|10|heading)"
    r"|table of figures|contents heading|toc heading|index heading"
)
_CONTINUES = re.compile(r"list continue ?\d?|listenfortsetzung ?\d?|list \d cont\.|liste continue ?\d?")
_BULLETED = (
    "list bullet", "aufzählungszeichen", "aufzählung", "liste à puces", "puces", "lista con viñetas", "viñetas",
    "маркированный список", "قائمة نقطية", "تعداد نقطي", "列表项目符号", "项目符号列表", "项目符号",
)  # fmt: skip
_COUNTED = (
    "list number", "listennummer", "nummerierte liste", "nummerierung", "liste à numéros", "liste numérotée",
    "lista con números", "lista numerada", "нумерованный список", "قائمة مرقمة", "قائمة رقمية", "تعداد رقمي",
    "列表编号", "编号列表", "numbering",
)  # fmt: skip
_LISTS = {name.replace(" ", ""): name in _COUNTED for name in (*_BULLETED, *_COUNTED)}  # whether it counts
_LISTED = re.compile(rf"({'|'.join(_LISTS)})([1-5])?")
_CODE = {
    "verbatim char", "html code", "html keyboard", "html typewriter", "html sample", "source text", "source_20_text",
    "inline code", "code", "code char", "teletype", "user entry", "macro text char",
}  # fmt: skip
PASSAGE_NUMBER = "BPF Passage Number"
"""The character style in which the library's own files show the number of a passage; it is no part of the text."""
CAPTION_LABEL = "BPF Caption Number"
"""That in which they show the number of a figure or a table."""
SECTION_LABEL = "Section Label"
"""The paragraph style in which they say what a typed block is, such as "Recommendation 3"."""
_SAFE_END = re.compile(r"(?<=[^\W\d])(?=\d+$)")


@dataclass(frozen=True, slots=True)
class StyleMeaning:
    """level: of a heading. contents: a line of a list of contents. continues: goes on in the list item before it.
    list_level: from 1, of a style made for list items; 0 for others. ordered: whether that list counts."""

    role: Role = Role.BODY
    level: int = 0
    caption_of: CaptionOf = CaptionOf.UNKNOWN
    contents: bool = False
    continues: bool = False
    list_level: int = 0
    ordered: bool = False


def plain_name(name: str) -> str:
    """As names are compared: lower case, one space before a number, without the aliases behind a comma."""
    name = " ".join(name.replace("_20_", " ").replace("_", " ").split(",")[0].casefold().split())
    return _SAFE_END.sub(" ", name)


def meaning_of(name: str) -> StyleMeaning | None:
    """Of a style's name, or None where it tells nothing."""
    name = plain_name(name)
    squeezed = name.replace(" ", "")
    if heading := _HEADING.fullmatch(name):
        return StyleMeaning(Role.HEADING, int(heading[1]))
    if name in _TITLES:
        return StyleMeaning(Role.TITLE)
    if name in _SUBTITLES:
        return StyleMeaning(Role.SUBTITLE)
    if name in _QUOTES or squeezed in ("intensequote", "blockquotation"):
        return StyleMeaning(Role.QUOTE)
    if name in _CAPTIONS:
        return StyleMeaning(Role.CAPTION, caption_of=_CAPTIONS[name])
    if _CONTENTS.fullmatch(name) or squeezed in ("tocheading", "tableoffigures"):
        return StyleMeaning(contents=True)
    if _CONTINUES.fullmatch(name):
        return StyleMeaning(continues=True)
    if listed := _LISTED.fullmatch(squeezed):
        return StyleMeaning(list_level=int(listed[2] or 1), ordered=_LISTS[listed[1]])
    return None


def number_style(name: str) -> str:
    """The style of the library's own numbers that this is, "" for any other."""
    return next((style for style in (PASSAGE_NUMBER, CAPTION_LABEL) if plain_name(name) == style.casefold()), "")


def is_code(name: str) -> bool:
    """Whether a character style is for program text."""
    return plain_name(name) in _CODE
