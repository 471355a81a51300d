"""Which face draws which character: one typographic system over four scripts, and the faces of all others.

Source Serif for text and Source Sans for signs of order (Latin, Cyrillic, Greek), Noto Sans SC for Chinese, which is
drawn after Source Sans, Amiri for Arabic, which stands well beside a serif. Any other script that a document quotes is
drawn in Noto Sans. The faces come from PyPI (ADR 0030); an operator may name a folder with more (ADR 0110).
"""

import logging
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pdf.text.shaping_and_embedding import EmbeddedFace, Face

logger = logging.getLogger(__name__)

TEXT, SANS, DISPLAY = "text", "sans", "display"
"""Families: running text, what gives order (headings, labels, tables), and the title."""

UNDRAWN = ("Cc", "Co")
"""Controls, and characters for private use: some faces have a sign for them, and each another one."""

STAND_IN = "□"
"""Drawn for a character that no face has; the text behind it stays what the author wrote."""

AMIRI_SCALE = 1.14  # Amiri's letters are about 0.88 as tall as Source Serif's x-height and ascenders at one size


@dataclass(frozen=True, slots=True)
class Style:
    """Family, weight and slant."""

    family: str = TEXT
    bold: bool = False
    italic: bool = False


def _files(package: str, folder: str) -> Path:
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FontsMissing(package)
    return Path(found.origin).parent / folder


class FontsMissing(Exception):
    """A font package of requirements.txt is not installed; `package` names it."""

    def __init__(self, package: str) -> None:
        super().__init__(f"the font package {package} is not installed")
        self.package = package


@cache
def _source_serif(bold: bool, italic: bool, display: bool) -> Face:
    weight, size = (620.0, 40.0) if display else (640.0 if bold else 400.0, 11.0)
    slant = "-Italic" if italic else ""
    path = _files("fontpkg_source_serif_4", "files") / f"SourceSerif4{slant}[opsz,wght].ttf"
    name = f"SourceSerif4{'Display' if display else ''}-{'Semibold' if bold or display else 'Regular'}{slant[1:]}"
    return Face(name, str(path), (("wght", weight), ("opsz", size)), 1.0, -9.0 if italic else 0.0)


@cache
def _source_sans(bold: bool, italic: bool) -> Face:
    slant = "-Italic" if italic else ""
    path = _files("fontpkg_source_sans_3", "files") / f"SourceSans3{slant}[wght].ttf"
    name = f"SourceSans3-{'Semibold' if bold else 'Regular'}{slant[1:]}"
    return Face(name, str(path), (("wght", 640.0 if bold else 400.0),), 1.0, -11.0 if italic else 0.0)


@cache
def _amiri(bold: bool) -> Face:
    weight = "Bold" if bold else "Regular"
    return Face(f"Amiri-{weight}", str(_files("fontpkg_amiri", "files") / f"Amiri-{weight}.ttf"), (), AMIRI_SCALE)


NOTO = (
    ("justmytype_intl_cjk", "KR", "wght"), ("justmytype_intl_cjk", "JP", "wght"), ("justmytype_intl_cjk", "TC", "wght"),
    ("justmytype_intl_rtl", "Hebrew", "wdth,wght"), ("justmytype_intl_rtl", "Arabic", "wdth,wght"),
    ("justmytype_intl_south_asia", "Devanagari", "wdth,wght"), ("justmytype_intl_south_asia", "Bengali", "wdth,wght"),
    ("justmytype_intl_south_asia", "Tamil", "wdth,wght"), ("justmytype_intl_south_asia", "Telugu", "wdth,wght"),
    ("justmytype_intl_sea", "Thai", "wdth,wght"), ("justmytype_intl_sea", "Lao", "wdth,wght"),
    ("justmytype_intl_sea", "Khmer", "wdth,wght"), ("justmytype_intl_sea", "Myanmar", "wdth,wght"),
    ("justmytype_intl_africa", "Ethiopic", "wdth,wght"),
)  # fmt: skip
"""Package, script in the name of the Noto Sans face, axes in its file's name; in the order in which they are asked."""

_OTHER_STYLES = re.compile(r"(?:Bold|Italic|Light|Thin|Medium|Black|Condensed|Oblique)", re.IGNORECASE)

NOTO_SCALE = 0.97  # its letters are a little larger than those of the Source faces


@cache
def _noto(package: str, script: str, axes: str, bold: bool) -> Face:
    path = _files(package, f"fonts/ofl/notosans{script.lower()}") / f"NotoSans{script}[{axes}].ttf"
    pinned = (("wght", 650.0 if bold else 400.0), *((("wdth", 100.0),) if "wdth" in axes else ()))
    return Face(f"NotoSans{script}-{'Bold' if bold else 'Regular'}", str(path), pinned, NOTO_SCALE)


@cache
def _noto_serif(bold: bool) -> Face:
    path = _files("fontpkg_noto_serif", "files") / "NotoSerif[wdth,wght].ttf"
    pinned = (("wght", 640.0 if bold else 400.0), ("wdth", 100.0))
    return Face(f"NotoSerif-{'Semibold' if bold else 'Regular'}", str(path), pinned, NOTO_SCALE)


def _noto_sc(bold: bool) -> Face:
    return _noto("justmytype_intl_cjk", "SC", "wght", bold)


@cache
def _others(bold: bool) -> tuple[Face, ...]:
    """The faces of letters and scripts that no document of the library is written in."""
    return (_noto_serif(bold), *(_noto(*named, bold) for named in NOTO))


_folder = ""


def use_folder(folder: str) -> None:
    """Name a folder whose faces are asked where no other face has a character; "" for none."""
    global _folder
    _folder = folder
    for remembered in (_of_the_operator, face_for):
        remembered.cache_clear()


@cache
def _of_the_operator() -> tuple[Face, ...]:
    """The upright faces of the folder, in the order of their files' names. One that cannot be read or embedded is told
    of and left out: it must not keep a document from being printed."""
    found = []
    for path in sorted(Path(_folder).glob("*.[ot]tf")) if _folder else ():
        if _OTHER_STYLES.search(path.stem):
            continue
        face = Face(re.sub(r"[^A-Za-z0-9-]", "", path.stem) or "Face", str(path))
        try:
            if face.characters and face.has_outlines:
                found.append(face)
            else:
                logger.warning("%s has no TrueType outlines", path)
        except Exception as error:  # whatever HarfBuzz raises for a file that is no font
            logger.warning("%s cannot be read: %s", path, error)
    return tuple(found)


def _is_latin_word(code: int) -> bool:
    return (code < 0x80 and chr(code).isalnum()) or 0xC0 <= code < 0x530


@cache
def chain(style: Style, language: str, latin_word: bool) -> tuple[Face, ...]:
    """Faces in order of preference. latin_word: for letters and digits that belong to Latin, Greek or Cyrillic."""
    sans = _source_sans(style.bold, style.italic)
    serif = _source_serif(style.bold, style.italic, style.family == DISPLAY)
    arabic, chinese = _amiri(style.bold or style.family == DISPLAY), _noto_sc(style.bold or style.family == DISPLAY)
    primary = language.split("-")[0].lower()
    others = _others(style.bold or style.family == DISPLAY)
    western = (sans, serif) if style.family == SANS or primary == "zh" else (serif, sans)
    if primary == "zh":
        return (*western, chinese, arabic, *others) if latin_word else (chinese, *western, arabic, *others)
    if primary in ("ar", "fa", "ur", "ps", "ku"):
        return (*western, arabic, chinese, *others) if latin_word else (arabic, *western, chinese, *others)
    return (*western, arabic, chinese, *others)


@cache
def face_for(char: str, style: Style, language: str) -> Face | None:
    """The face that draws a character in a text of this language, or None where no face has it."""
    code = ord(char)
    if unicodedata.category(char) in UNDRAWN:
        return None
    faces = chain(style, language, _is_latin_word(code))
    found = next((face for face in faces if code in face.characters), None)
    return found or next((face for face in _of_the_operator() if code in face.characters), None)


@dataclass
class DocumentFonts:
    """The faces one document uses, in the order in which they came up (so that its bytes are the same every time)."""

    faces: dict[str, EmbeddedFace] = field(default_factory=dict)

    def embedded(self, face: Face) -> EmbeddedFace:
        found = self.faces.get(face.name)
        if found is None:
            found = self.faces[face.name] = EmbeddedFace(face, f"F{len(self.faces) + 1}")
        return found
