"""The parts of an OpenDocument text, in a zip or as one flat file. Pure."""

import base64
import binascii
import posixpath
from urllib.parse import unquote

from formats.draft import Unreadable, UnreadableFile
from formats.office.archive import Archive, Element, parsed

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


def _name(href: str) -> str:
    return posixpath.normpath(unquote(href)).lstrip("/")


def number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
