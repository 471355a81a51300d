"""Every word of an HTML file as it lies in it: a tokenizer of its own, which knows no elements but by name. Pure.

It shares with the reader only how bytes become letters. Words of scripts and style sheets are no words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from core.charset import decoded
from formats.draft import Source, Thing
from formats.html.left_out import comment_words, leads_out
from formats.html.tree import INLINE, prepared

_TAG_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*(?:([^\s/>=][^\s/>=]*)|=[^\s/>=]*)?\s*(?:=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*|))?""")
_ENDS_DRAWINGS = frozenset({
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p",
    "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
})  # fmt: skip
"""Elements that end an <svg> or <math> they stand in (HTML standard, 13.2.6.5)."""
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_ESCAPABLE = frozenset({"title", "textarea"})
_HREF = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_THINGS = {
    "a": Thing.LINK, "img": Thing.PICTURE, "td": Thing.CELL, "th": Thing.CELL, "li": Thing.LIST_ITEM,
    **{f"h{level}": Thing.HEADING for level in range(1, 7)},
}  # fmt: skip
_COMMENT_END = re.compile(r"--!?>")


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    return words_in(decoded(content).text)


def words_in(text: str) -> Iterator[Source]:
    line: list[str] = []
    things = _Things()
    for kind, value, said in _tokens(prepared(text)):
        yield from things.of(kind, value, said)
        if kind == "text":
            line.append(value)
        elif kind == "comment":
            if found := comment_words(value):
                yield Source(found, "comments")
        elif value not in INLINE or value in ("br", "wbr"):
            yield from _said(line, "title" if value == "title" and kind == "close" else "")
            line = []
        elif value == "a":  # the mark of a note stands close to the word before it
            line.append(" ")
    yield from _said(line)


def _said(line: list[str], place: str = "") -> Iterator[Source]:
    text = " ".join("".join(line).split())
    if re.search(r"\w", text):
        yield Source(text, place)


Token = tuple[str, str, str]


@dataclass(slots=True)
class _Things:
    """Links, cells, items and headings that are open, until a word shows that they say something. last: address of a
    link behind which nothing was said, as where a program writes one link in pieces."""

    waiting: dict[str, Source] = field(default_factory=dict)
    last: str = ""
    linked: bool = False
    tables: int = 0  # that are open

    def of(self, kind: str, value: str, said: str) -> Iterator[Source]:
        if kind == "text":
            if value.strip():
                yield from self.waiting.values()
                self.waiting.clear()
                self.last = self.last if self.linked else ""
            return
        if value == "table":
            self.tables = max(0, self.tables + (1 if kind == "open" else -1))
        thing = _THINGS.get(value)
        if thing is None or (thing == Thing.LIST_ITEM and self.tables):  # an item in a cell is a line of it
            return
        self.waiting.pop(value, None)
        self.linked = self.linked if thing != Thing.LINK else kind == "open"
        if kind == "close":
            return
        if thing == Thing.PICTURE:
            yield Source("", thing=thing)
        elif thing == Thing.LINK:
            found = _HREF.search(said)
            href = unescape(next(filter(None, found.groups()), "")) if found else ""
            if leads_out(href) and href != self.last:
                self.waiting[value] = Source("", thing=thing)
            self.last = href
        else:
            self.waiting[value] = Source(value[1:] if thing == Thing.HEADING else "", thing=thing)


def _tokens(text: str) -> Iterator[Token]:
    """Kind (text, comment, open, close), text or name, and what else a tag says."""
    at, drawings = 0, 0
    while at < len(text):
        sign = text.find("<", at)
        if sign < 0:
            yield "text", unescape(text[at:]), ""
            return
        if sign > at:
            yield "text", unescape(text[at:sign]), ""
        at, tokens = _markup(text, sign, drawings > 0)
        for kind, value, said in tokens:
            if value in ("svg", "math") and kind in ("open", "close"):
                drawings = max(0, drawings + (1 if kind == "open" else -1))
            elif kind == "open" and value in _ENDS_DRAWINGS:
                drawings = 0
            yield kind, value, said


def _markup(text: str, sign: int, in_drawing: bool) -> tuple[int, list[Token]]:
    """What begins with the `<` at sign, and where it ends. in_drawing: where a <title> is an element like others."""
    if text.startswith("<!--", sign):
        return _comment(text, sign + 4)
    if re.match(r"<!doctype", text[sign : sign + 9], re.IGNORECASE):
        end = text.find(">", sign)
        return (len(text) if end < 0 else end + 1), []
    if text.startswith(("<!", "<?"), sign) or re.match(r"</[^a-zA-Z>]", text[sign : sign + 3]):
        end = text.find(">", sign)
        end = len(text) if end < 0 else end
        return end + 1, [("comment", text[sign + (1 if text[sign + 1] == "?" else 2) : end], "")]
    closing = text.startswith("</", sign)
    name = _TAG_NAME.match(text, sign + 1 + closing)
    if not name:
        if text.startswith("</>", sign):
            return sign + 3, []
        return sign + 1, [("text", "<", "")]
    tag = name[0].lower()
    end = _tag_end(text, name.end())
    if end < 0:
        return len(text), []
    tokens = [("close" if closing else "open", tag, text[name.end() : end])]
    if closing or (in_drawing and tag not in ("script", "style")):
        return end, tokens
    return _after_open(text, tag, end, tokens)


def _after_open(text: str, tag: str, end: int, tokens: list[Token]) -> tuple[int, list[Token]]:
    if tag == "plaintext":
        return len(text), [*tokens, ("text", text[end:], "")]
    if tag not in _RAW and tag not in _ESCAPABLE:
        return end, tokens
    close = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(text, end)
    stop = close.start() if close else len(text)
    inside = text[end:stop]
    if tag not in ("script", "style"):
        tokens.append(("text", unescape(inside) if tag in _ESCAPABLE else inside, ""))
    return stop, tokens


def _comment(text: str, start: int) -> tuple[int, list[Token]]:
    if text.startswith(">", start) or text.startswith("->", start):
        return start + (1 if text[start] == ">" else 2), []
    end = _COMMENT_END.search(text, start)
    if not end:
        return len(text), [("comment", text[start:], "")]
    return end.end(), [("comment", text[start : end.start()], "")]


def _tag_end(text: str, at: int) -> int:
    """Just after the `>` of a tag, minding quotes; -1 where the file ends inside it."""
    end = len(text)
    while at < end:
        if text[at] == ">":
            return at + 1
        match = _ATTRIBUTE.match(text, at)
        at = match.end() if match and match.end() > at else at + 1
    return -1
