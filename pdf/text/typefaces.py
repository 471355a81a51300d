"""Which face draws which character: one typographic system over four scripts. The faces come from PyPI (ADR 0030).

Source Serif for text and Source Sans for signs of order (Latin, Cyrillic, Greek), Noto Sans SC for Chinese, which is
drawn after Source Sans, Amiri for Arabic, which stands well beside a serif.
"""

from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pdf.text.shaping_and_embedding import EmbeddedFace, Face

TEXT, SANS, DISPLAY = "text", "sans", "display"
"""Families: running text, what gives order (headings, labels, tables), and the title."""

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


@cache
def _noto_sc(bold: bool) -> Face:
    path = _files("justmytype_intl_cjk", "fonts/ofl/notosanssc") / "NotoSansSC[wght].ttf"
    return Face(f"NotoSansSC-{'Bold' if bold else 'Regular'}", str(path), (("wght", 650.0 if bold else 400.0),), 0.97)


def _is_latin_word(code: int) -> bool:
    return (code < 0x80 and chr(code).isalnum()) or 0xC0 <= code < 0x530


@cache
def chain(style: Style, language: str, latin_word: bool) -> tuple[Face, ...]:
    """Faces in order of preference. latin_word: for letters and digits that belong to Latin, Greek or Cyrillic."""
    sans = _source_sans(style.bold, style.italic)
    serif = _source_serif(style.bold, style.italic, style.family == DISPLAY)
    arabic, chinese = _amiri(style.bold or style.family == DISPLAY), _noto_sc(style.bold or style.family == DISPLAY)
    primary = language.split("-")[0].lower()
    western = (sans, serif) if style.family == SANS or primary == "zh" else (serif, sans)
    if primary == "zh":
        return (*western, chinese, arabic) if latin_word else (chinese, *western, arabic)
    if primary in ("ar", "fa", "ur", "ps", "ku"):
        return (*western, arabic, chinese) if latin_word else (arabic, *western, chinese)
    return (*western, arabic, chinese)


@cache
def face_for(char: str, style: Style, language: str) -> Face | None:
    """The face that draws a character in a text of this language, or None where no face has it."""
    code = ord(char)
    return next((face for face in chain(style, language, _is_latin_word(code)) if code in face.characters), None)


@dataclass
class DocumentFonts:
    """The faces one document uses, in the order in which they came up (so that its bytes are the same every time)."""

    faces: dict[str, EmbeddedFace] = field(default_factory=dict)

    def embedded(self, face: Face) -> EmbeddedFace:
        found = self.faces.get(face.name)
        if found is None:
            found = self.faces[face.name] = EmbeddedFace(face, f"F{len(self.faces) + 1}")
        return found
