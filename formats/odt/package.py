"""The parts of an OpenDocument text, in a zip or as one flat file. Pure."""

import base64
import binascii
import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from formats.draft import Unreadable, UnreadableFile
from formats.office.archive import Archive, Element, parsed
from formats.office.symbols import is_symbol_font, placed

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = "{" + _OASIS + "office:1.0}"
TEXT = "{" + _OASIS + "text:1.0}"
TABLE = "{" + _OASIS + "table:1.0}"
STYLE = "{" + _OASIS + "style:1.0}"
DRAW = "{" + _OASIS + "drawing:1.0}"
META = "{" + _OASIS + "meta:1.0}"
FO = "{" + _OASIS + "xsl-fo-compatible:1.0}"
SVG = "{" + _OASIS + "svg-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DEEPEST_STYLE = 12  # styles in a chain
_FAMILIES = {f"{TEXT}p": "paragraph", f"{TEXT}h": "paragraph", f"{TEXT}span": "text", f"{TEXT}a": "text"}
_COUNTED_FACE = re.compile(r"(?<=[a-z])\d$")  # LibreOffice: the second face of a font, as in "Wingdings1"


class OdtPackage:
    """content, styles, meta: the roots that hold `office:body`, the named styles, and what the file says of itself."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableFile."""
        self.archive: Archive | None = None
        if content.startswith(b"PK"):
            self.archive = Archive(content)
            self._refuse_locked(self.archive)
            self.content = self._part("content.xml")
            self.styles = self._part("styles.xml")
            self.meta = self._part("meta.xml")
        else:
            self.content = self.styles = self.meta = parsed(content)
        text = self.content.find(f"{OFFICE}body/{OFFICE}text") if self.content is not None else None
        if text is None:
            is_other = self.content is not None and self.content.find(f"{OFFICE}body") is not None
            raise UnreadableFile(Unreadable.FORMAT if is_other else Unreadable.BROKEN)
        self.text = text
        if fonts := _fonts(self.style_roots):
            _place_signs(text, fonts)

    @property
    def style_roots(self) -> list[Element]:
        """Those that hold styles; the file's own first."""
        return [root for root in dict.fromkeys((self.content, self.styles)) if root is not None]

    def object(self, href: str) -> Element | None:
        """The content of an embedded object, such as a formula."""
        name = posixpath.join(_name(href), "content.xml")
        return self._part(name) if self.archive is not None else None

    def picture(self, image: Element) -> tuple[str, bytes]:
        """(name or address, content) of a `draw:image`; b"" where it lies elsewhere."""
        data = image.find(f"{OFFICE}binary-data")
        if data is not None:
            try:
                return "", base64.b64decode("".join((data.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                return "", b""
        href = str(image.get(f"{XLINK}href") or "")
        return href, self.archive.read(_name(href)) if self.archive is not None and href else b""

    def _part(self, name: str) -> Element | None:
        content = self.archive.read(name) if self.archive is not None else b""
        return parsed(content) if content else None

    @staticmethod
    def _refuse_locked(archive: Archive) -> None:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise UnreadableFile(Unreadable.LOCKED)


def _fonts(roots: list[Element]) -> dict[tuple[str, str], str]:
    """By family and name of a style the font it names or has from others; {} where none is of symbols."""
    styles = {
        (str(one.get(f"{STYLE}family")), str(one.get(f"{STYLE}name"))): one
        for root in reversed(roots)
        for one in root.iter(f"{STYLE}style")
    }
    found = {}
    for family, name in styles:
        one, font, steps = styles.get((family, name)), "", 0
        while one is not None and not font and steps < DEEPEST_STYLE:
            font = font_of(one.find(f"{STYLE}text-properties"))
            one, steps = styles.get((family, str(one.get(f"{STYLE}parent-style-name")))), steps + 1
        found[family, name] = font
    return found if any(map(is_symbol_font, found.values())) else {}


def font_of(properties: Element | None) -> str:
    font = "" if properties is None else properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family") or ""
    return _COUNTED_FACE.sub("", str(font).strip("'\""))


def _place_signs(text: Element, fonts: dict[tuple[str, str], str]) -> None:
    """Letters in a symbol font go to the places by which its signs are known: reader and ledger see the same."""
    shown = [""]
    for event, one in etree.iterwalk(text, events=("start", "end")):
        if event == "start":
            family = _FAMILIES.get(one.tag, "")
            shown.append((family and fonts.get((family, str(one.get(f"{TEXT}style-name"))))) or shown[-1])
            if one.text and is_symbol_font(shown[-1]):
                one.text = placed(one.text)
            continue
        shown.pop()
        if one.tail and is_symbol_font(shown[-1]):
            one.tail = placed(one.tail)


def _name(href: str) -> str:
    return posixpath.normpath(unquote(href)).lstrip("/")


def number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
