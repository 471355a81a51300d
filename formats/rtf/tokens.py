"""RTF as groups, control words and decoded text. Pure.

Text comes as bytes of the page that its font names, or as Unicode with a substitute behind it for old programs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from formats.draft import Unreadable, UnreadableFile
from formats.office.symbols import has_places, is_symbol_font, lettered

_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CODE_PAGES = {
    1361: "johab", 10000: "mac_roman", 10001: "cp932", 10002: "big5hkscs", 10003: "cp949", 10004: "mac_arabic",
    10006: "mac_greek", 10007: "mac_cyrillic", 10008: "gb18030", 10029: "mac_latin2", 10079: "mac_iceland",
    10081: "mac_turkish", 20127: "cp1252", 20866: "koi8_r", 20932: "euc_jp", 20936: "gb18030", 21866: "koi8_u",
    51932: "euc_jp", 51949: "cp949", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
"""Pages of Windows that Python calls by names; those of ISO 8859 are 28590 and its part."""
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_SIGNS = {
    "~": "\u00a0", "_": "\u2011", "-": "\u00ad", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f", "\\": "\\", "{": "{", "}": "}", "tab": "\t",
    "line": "\n", "lbr": "\n", "qmspace": " ",
}  # fmt: skip
_LINE_ENDS = frozenset({"\n", "\r"})  # a backslash before one is a paragraph's end
_NO_NAMES = frozenset({"panose", "falt", "fontemb", "fontfile", "fname"})  # groups of a font that do not name it
_NO_LETTERS = frozenset({"pict", "fldinst", "objdata", "bkmkstart", "bkmkend", "sp"})  # that no font shows
DEEPEST = 1_000  # groups in groups


@dataclass(frozen=True, slots=True)
class Token:
    """kind: "{", "}", "text" with the text in name, "unknown" with the font and place of a sign that is not known, "*"
    (what follows may be left by who does not know it), "word"."""

    kind: str
    name: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """How bytes are read, group by group. skip: characters behind a Unicode one. in_fonts: in the table of fonts.
    symbols: the symbol font that letters are places of."""

    encoding: str = ""
    skip: int = 1
    in_fonts: bool = False
    symbols: str = ""


class Tokenizer:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._font = 0
        self._stack = [_Reading()]
        self._bytes = bytearray()
        self._units: list[int] = []  # of UTF-16
        self._skipping = 0

    def __iter__(self) -> Iterator[Token]:
        """Raises UnreadableFile where groups are too deep."""
        place, content = 0, self._content
        while place < len(content):
            found = _TOKEN.match(content, place)
            if found is None:
                place += 1
                continue
            place = found.end()
            word, number, code, symbol, brace, text = found.groups()
            if text is not None or code is not None:
                yield from self._letters(text if text is not None else bytes([int(code, 16)]))
            elif word is not None:
                value = int(number) if number is not None else None
                if word == b"bin":
                    place += max(0, value or 0)
                else:
                    yield from self._word(word.decode(), value)
            elif symbol is not None:
                yield from self._word(symbol.decode("latin-1"), None)
            elif brace is not None:
                yield from self._brace(brace)
        yield from self._text()

    def _letters(self, text: bytes) -> Iterator[Token]:
        skipped = min(self._skipping, len(text))
        self._skipping -= skipped
        if len(text) > skipped:
            if self._units:
                yield from self._text()
            self._bytes += text[skipped:]

    def _word(self, word: str, value: int | None) -> Iterator[Token]:
        if self._skipping and word != "u":
            self._skipping -= 1
            return
        if word == "u" and value is not None:
            if self._bytes:
                yield from self._text()
            self._skipping = self._stack[-1].skip
            self._units.append(value & 0xFFFF)
            return
        yield from self._text()
        if word in _SIGNS:
            yield Token("text", _SIGNS[word])
        elif word in _LINE_ENDS:
            yield Token("word", "par")
        elif word == "*":
            yield Token("*")
        elif not self._set(word, value):
            yield Token("word", word, value)

    def _set(self, word: str, value: int | None) -> bool:
        """What tells how text is to be read, and nothing of the document."""
        top = self._stack[-1]
        if word == "uc":
            self._stack[-1] = replace(top, skip=max(0, min(value or 0, 100)))
        elif word == "ansicpg" and value:
            self._page = _code_page(value) or self._page
        elif word in _PAGES:
            self._page = _PAGES[word]
        elif word == "fonttbl":
            self._stack[-1] = replace(top, in_fonts=True)
            return False
        elif word == "f" and value is not None:
            self._font = value
            if not top.in_fonts:
                name = self._names.get(value, "")
                symbols = name if is_symbol_font(name) else ""
                self._stack[-1] = replace(top, encoding=self._fonts.get(value, ""), symbols=symbols)
            return False
        elif word == "fcharset" and top.in_fonts:
            self._fonts[self._font] = _CHARSETS.get(value or 0, "")
        else:
            self._see(word, top)
            return False
        return True

    def _see(self, word: str, top: _Reading) -> None:
        """A word of the document that also tells how text is to be read."""
        if word == "plain":
            self._stack[-1] = replace(top, encoding="", symbols="")
        elif word in _NO_NAMES:
            self._stack[-1] = replace(top, in_fonts=False)
        elif word in _NO_LETTERS:
            self._stack[-1] = replace(top, symbols="")

    def _brace(self, brace: bytes) -> Iterator[Token]:
        self._skipping = 0
        yield from self._text()
        if brace == b"{":
            if len(self._stack) > DEEPEST:
                raise UnreadableFile(Unreadable.BROKEN)
            self._stack.append(self._stack[-1])
            yield Token("{")
        elif len(self._stack) > 1:
            self._stack.pop()
            yield Token("}")

    def _text(self) -> Iterator[Token]:
        if self._units:
            raw = b"".join(unit.to_bytes(2, "little") for unit in self._units)
            self._units = []
            yield from self._said(raw.decode("utf-16-le", "replace"))
        if self._bytes:
            raw = bytes(self._bytes)
            self._bytes.clear()
            top = self._stack[-1]
            yield from self._said(raw.decode("latin-1" if top.symbols else top.encoding or self._page, "replace"))

    def _said(self, text: str) -> Iterator[Token]:
        top = self._stack[-1]
        if top.in_fonts:
            self._names.setdefault(self._font, text.split(";")[0].strip())
        if top.symbols or has_places(text):
            text, unknown = lettered(top.symbols, text)
            for one in unknown:
                yield Token("unknown", one)
        if text:
            yield Token("text", text)


def _code_page(number: int) -> str:
    """The encoding; "" for one that is not known."""
    part = number - 28590
    encoding = _CODE_PAGES.get(number) or (f"iso8859_{part}" if 1 <= part <= 16 else f"cp{number}")
    try:
        "".encode(encoding)
    except LookupError:
        return ""
    return encoding
