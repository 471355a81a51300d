"""The parts of a Word file and how they lead to each other, whoever wrote it. Pure.

Word for the web calls the main part `document2.xml`; the strict form of the standard has other namespaces for the same
elements. Nothing here goes by a part's name: relationships say which is which.
"""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from formats.draft import Unreadable, UnreadableFile
from formats.office.archive import Archive, Element, parsed
from formats.office.symbols import is_symbol_font

_BASE = "http://schemas.openxmlformats.org/"
W = "{" + _BASE + "wordprocessingml/2006/main}"
R = "{" + _BASE + "officeDocument/2006/relationships}"
M = "{" + _BASE + "officeDocument/2006/math}"
A = "{" + _BASE + "drawingml/2006/main}"
WP = "{" + _BASE + "drawingml/2006/wordprocessingDrawing}"
PIC = "{" + _BASE + "drawingml/2006/picture}"
CHART = "{" + _BASE + "drawingml/2006/chart}"
DIAGRAM = "{" + _BASE + "drawingml/2006/diagram}"
MC = "{" + _BASE + "markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the standard's own prefix
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

DEEPEST_STYLE = 12  # styles in a chain
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    (b"drawingml/picture", b"drawingml/2006/picture"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """kind: last part of its type, such as "footnotes". target: name of a part, or an address where external."""

    kind: str
    target: str
    external: bool


class Package:
    def __init__(self, content: bytes) -> None:
        """Raises UnreadableFile; FORMAT for a zip that holds no text document."""
        self.archive = Archive(content)
        if "[Content_Types].xml" not in self.archive:
            raise UnreadableFile(Unreadable.FORMAT)
        self._relations: dict[str, dict[str, Relation]] = {}
        self._symbol_fonts: dict[str, str] = {}
        top = self.relations("")
        self.main = next((one.target for one in top.values() if one.kind == "officeDocument"), "")
        self.properties = next((one.target for one in top.values() if one.kind == "core-properties"), "")
        if self.main not in self.archive or self.main == "":
            raise UnreadableFile(Unreadable.BROKEN)
        styles = next(map(self.tree, self.related("styles")), None)
        self._symbol_fonts = symbol_fonts(styles) if styles is not None else {}
        self.body = self.tree(self.main)
        if self.body is None or self.body.tag != f"{W}document":
            raise UnreadableFile(Unreadable.FORMAT)

    def kind(self, part: str) -> str:
        """What the package says that a part holds, such as text/html; "" where it does not say."""
        root = self.tree("[Content_Types].xml")
        kinds = [
            (one.get("PartName", ""), one.get("Extension", ""), one.get("ContentType", ""))
            for one in (root if root is not None else ())
        ]
        wanted, ending = f"/{part}".casefold(), part.rpartition(".")[2].casefold()
        said = {name.casefold(): kind for name, _, kind in kinds if name}
        usual = {extension.casefold(): kind for _, extension, kind in kinds if extension}
        return str(said.get(wanted) or usual.get(ending) or "").partition(";")[0].strip().lower()

    def relations(self, part: str) -> dict[str, Relation]:
        """By id: what a part leads to; of the whole package for ""."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[part] = dict(_relation(folder, one) for one in root) if root is not None else {}
        return self._relations[part]

    def related(self, kind: str) -> list[str]:
        """Names of the main part's parts of one kind, each once."""
        found = (one.target for one in self.relations(self.main).values() if one.kind == kind and not one.external)
        return list(dict.fromkeys(target for target in found if target in self.archive))

    def tree(self, part: str) -> Element | None:
        """Its runs say themselves which symbol font their styles give them."""
        content = self.archive.read(part)
        if not content:
            return None
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            content = _as_utf8(content)
        if _STRICT in content:
            for strict, usual in _STRICT_NAMES:
                content = content.replace(_STRICT + strict, _BASE.encode() + usual)
        root = parsed(content)
        if self._symbol_fonts and root is not None:
            say_symbol_fonts(root, self._symbol_fonts)
        return root


def symbol_fonts(styles: Element) -> dict[str, str]:
    """By the id of a style the symbol font that it gives to letters."""
    own = {value(one, "styleId"): one for one in styles.iterfind(f"{W}style")}
    found = {}
    for style in own:
        one, font, steps = own.get(style), "", 0
        while one is not None and not font and steps < DEEPEST_STYLE:
            fonts = one.find(f"{W}rPr/{W}rFonts")
            font = value(fonts, "ascii") or value(fonts, "hAnsi")
            one, steps = own.get(value(one.find(f"{W}basedOn"))), steps + 1
        if is_symbol_font(font):
            found[style] = font
    return found


def say_symbol_fonts(root: Element, fonts: Mapping[str, str]) -> None:
    for paragraph in root.iter(f"{W}p"):
        around = fonts.get(value(paragraph.find(f"{W}pPr/{W}pStyle")), "")
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            font = fonts.get(value(run.find(f"{W}rPr/{W}rStyle")), around)
            if not font or run.find(f"{W}rPr/{W}rFonts") is not None:
                continue
            if properties is None:
                properties = run.makeelement(f"{W}rPr")
                run.insert(0, properties)
            properties.append(properties.makeelement(f"{W}rFonts", {f"{W}ascii": font}))


def _as_utf8(content: bytes) -> bytes:
    text = content.decode("utf-16", "replace")
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode()


def _relation(folder: str, one: Element) -> tuple[str, Relation]:
    target = one.get("Target", "")
    external = one.get("TargetMode") == "External"
    if not external:
        target = unquote(target)
        joined = target if target.startswith("/") else posixpath.join(folder, target)
        target = posixpath.normpath(joined).lstrip("/")
    return one.get("Id", ""), Relation(one.get("Type", "").rpartition("/")[2], target, external)


def value(element: Element | None, name: str = "val") -> str:
    """An attribute in the namespace of the text, "" where it or the element is missing."""
    return "" if element is None else str(element.get(W + name) or "")


def switched(element: Element | None) -> bool | None:
    """A property that is on, off, or not spoken of."""
    if element is None:
        return None
    return value(element).lower() not in ("0", "false", "off", "none")
