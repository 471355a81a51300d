"""Writes a new wording of one passage into the stored body of a page. Pure: stored JSON in, stored JSON out.

Only the words that differ are exchanged: bold, links and footnotes of the others stay as they are. The caller reads the
result again and compares (`OutcomePage.reword`), so that what is found wrongly here changes nothing.
"""

import html as entities
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bpf_pages.conversion.block_keys import KEY_ATTRIBUTE, Keys, RowKeys
from bpf_pages.conversion.rich_text import BREAKS, HEADINGS, NOTE_ATTRIBUTE, UNSAID
from editions.comparison.rebased_wording import edits, spaced_words

Body = list[dict[str, Any]]

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?")
_KEY = re.compile(rf"{KEY_ATTRIBUTE}=\"([^\"]*)\"")
_EMPTY = re.compile(r"<(a|b|strong|i|em|code|sup|sub|s|del)(?:\s[^<>]*)?></\1>")
_PIECES = frozenset({"p", "li", "blockquote", *HEADINGS})
_LISTS = frozenset({"ul", "ol"})


class NotHere(Exception):
    """The passage was not found, or it is of a kind whose words are put together from several fields."""


class OneLineOnly(Exception):
    """Several paragraphs were given for a passage that can only be one line."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign of text, where it stands in the source, and how many tags are open there."""

    sign: str
    start: int
    end: int
    depth: int


def reworded(body: Body, key: str, wording: str) -> Body:
    """The body with `wording` in place of the text of the passage `key`. Lines after the first become paragraphs.

    Raises NotHere and OneLineOnly.
    """
    body = deepcopy(body)
    block, _, rest = key.partition(".")
    node = next(_nodes(body, block), None)
    if node is None:
        raise NotHere(key)
    _reword_node(node, rest, wording)
    return body


def _nodes(value: Any, block: str) -> Iterator[dict[str, Any]]:
    """Every block of this id, however deep it stands."""
    if isinstance(value, dict):
        if value.get("id") == block and "value" in value:
            yield value
        for each in value.values():
            yield from _nodes(each, block)
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each, block)


def _reword_node(node: dict[str, Any], rest: str, wording: str) -> None:
    value = node["value"]
    if isinstance(value, str):
        node["value"] = _reword_text(value, rest, wording)
    elif not isinstance(value, dict):
        raise NotHere(rest)
    elif "table" in value:
        _reword_table(value, rest, wording)
    elif "image" in value:
        _reword_fields(value, (("caption", True), ("alt", False)), ". ", wording)
    elif "attribution" in value:
        if rest:
            value["text"] = _reword_line(value["text"] or "", rest, wording)
        else:
            _reword_fields(value, (("text", True), ("attribution", False)), " — ", wording)
    elif not rest:
        _reword_fields(value, (("title", False),), "", wording)
    elif isinstance(value.get("body"), str):  # an option of a bracketed alternative
        value["body"] = _reword_text(value["body"], rest, wording)
    else:
        _reword_detail(value, rest, wording)


def _reword_detail(value: dict[str, Any], rest: str, wording: str) -> None:
    name, dash, note = rest.partition("-n")
    if isinstance(value.get(rest), str):
        value[rest] = rich(value[rest], wording)
    elif dash and isinstance(value.get(name), str):
        value[name] = _reword_line(value[name], f"-n{note}", wording)
    else:
        for entry in value.get("entries") or ():
            if entry.get("id") == rest and isinstance(entry.get("value"), str):
                entry["value"] = rich(entry["value"], wording)
                return
        raise NotHere(rest)


def _reword_fields(value: dict[str, Any], fields: Iterable[tuple[str, bool]], joint: str, wording: str) -> None:
    """A passage that is put together from fields. fields: (name, whether it is rich text), in the passage's order."""
    filled = [(name, is_rich) for name, is_rich in fields if words_of(str(value.get(name) or ""))]
    parts = wording.split(joint) if len(filled) > 1 else [wording]
    if not filled or len(parts) != len(filled):
        raise NotHere(wording)
    for (name, is_rich), part in zip(filled, parts, strict=True):
        value[name] = rich(value[name], part) if is_rich else _one_line(part)


def _reword_table(value: dict[str, Any], rest: str, wording: str) -> None:
    table = value["table"] or {}
    if not rest:
        if str(table.get("caption") or "").strip():
            raise NotHere(rest)
        value["caption"] = rich(value["caption"] or "", wording)
        return
    if rest == "head":
        columns = table.get("columns", ())
        for column, part in zip(columns, _cells(wording, len(columns)), strict=True):
            column["heading"] = part
        return
    name_of_row = RowKeys("")
    for row in table.get("rows", ()):
        cells = row["values"]
        if name_of_row(cells[0] if cells else "") == f".{rest}":
            row["values"] = [rich(cell, part) for cell, part in zip(cells, _cells(wording, len(cells)), strict=True)]
            return
    raise NotHere(rest)


def _cells(wording: str, wanted: int) -> list[str]:
    parts = [part.strip() for part in _one_line(wording).split("|")]
    if len(parts) != wanted:
        raise NotHere(wording)
    return parts


def _one_line(wording: str) -> str:
    if "\n" in wording.strip():
        raise OneLineOnly
    return wording.strip()


def _reword_line(source: str, rest: str, wording: str) -> str:
    """A footnote of a short rich text, named `-n<place>`."""
    start, end = _footnote(source, 0, len(source), rest)
    return source[:start] + rich(source[start:end], wording) + source[end:]


# --- running text -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, heading or item. start, end: of its content in the source; tag: of its element."""

    tag: str
    own_key: str
    start: int
    end: int


def _reword_text(source: str, rest: str, wording: str) -> str:
    base, dash, place = rest.partition("-n")
    keys = Keys("")
    for piece in _pieces(source):
        words = " ".join("".join(sign.sign for sign in _signs(source, piece.start, piece.end, notes=True)).split())
        if not words or keys.key(piece.own_key, words) != f".{base}":
            continue
        if dash:
            start, end = _footnote(source, piece.start, piece.end, f"-n{place}")
            return source[:start] + rich(source[start:end], wording) + source[end:]
        return _with_paragraphs(source, piece, wording)
    raise NotHere(rest)


def _with_paragraphs(source: str, piece: _Piece, wording: str) -> str:
    first, *more = [line.strip() for line in wording.split("\n") if line.strip()] or [""]
    close = f"</{piece.tag}>"
    inside = rich(source[piece.start : piece.end], first)
    if not more:
        return source[: piece.start] + inside + source[piece.end :]
    if piece.tag not in {"p", "li"} or not source.startswith(close, piece.end):
        raise OneLineOnly
    behind = "".join(f"<{piece.tag}>{entities.escape(line, quote=False)}{close}" for line in more)
    return source[: piece.start] + inside + close + behind + source[piece.end + len(close) :]


def _pieces(source: str) -> Iterator[_Piece]:
    """As `bpf_pages.conversion.rich_text` reads them, with their places."""
    begun: tuple[str, str, int] | None = None
    lists = 0
    for tag in _TAG.finditer(source):
        is_end, name = bool(tag[1]), tag[2].lower()
        inside_item = lists and name in BREAKS | frozenset(HEADINGS)
        if inside_item or name not in _PIECES | _LISTS | BREAKS:
            continue
        if begun is not None:
            yield _Piece(begun[0], begun[1], begun[2], tag.start())
            begun = None
        if name in _LISTS:
            lists = max(0, lists - 1) if is_end else lists + 1
        elif not is_end and name in _PIECES:
            own = _KEY.search(tag[3])
            begun = (name, own[1].strip()[:24] if own else "", tag.end())
    if begun is not None:
        yield _Piece(begun[0], begun[1], begun[2], len(source))


def _footnote(source: str, start: int, end: int, rest: str) -> tuple[int, int]:
    """Where the content of a footnote stands. rest: `-n<place>`, counted from 1."""
    places = list(_footnotes(source, start, end))
    number = rest.removeprefix("-n")
    if not number.isdecimal() or not 0 < int(number) <= len(places):
        raise NotHere(rest)
    return places[int(number) - 1]


def _footnotes(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth, begun = 0, None
    for tag in _TAG.finditer(source, start, end):
        if tag[2].lower() != "span":
            continue
        if begun is None and not tag[1] and NOTE_ATTRIBUTE in tag[3]:
            begun, depth = tag.end(), 1
        elif begun is not None:
            depth += -1 if tag[1] else 1
            if depth == 0:
                if words_of(source[begun : tag.start()]):
                    yield begun, tag.start()
                begun = None


# --- words in a rich text -----------------------------------------------------------------------------------------


def rich(source: str, wording: str) -> str:
    """A line of rich text that says `wording`. What stays said keeps its tags; new words take those of their place."""
    wording = _one_line(wording)
    signs = list(_signs(source, 0, len(source), notes=False))
    words, places = _placed_words(signs)
    for edit in reversed(edits(words, spaced_words(wording))):
        gone = signs[places[edit.start] : places[edit.end]]
        at = gone[0].start if gone else _between(source, signs, places[edit.start])
        new = "".join(edit.words)
        if edit.start == 0:
            new = new.lstrip(" ") + (" " if edit.end == 0 and words[:1] and words[0][0] == " " else "")
        elif gone and gone[0].sign.isspace() and new[:1] == " " and gone[0].end > gone[0].start:
            new, gone = new[1:], gone[1:]  # the blank before the words stays where it is
            at = gone[0].start
        for sign in reversed(gone):
            source = source[: sign.start] + source[sign.end :]
        source = source[:at] + entities.escape(new, quote=False) + source[at:]
    while source != (source := _EMPTY.sub("", source)):
        pass
    return source.lstrip(" ")


def words_of(source: str) -> str:
    """What a line of rich text says, without its footnotes."""
    return " ".join("".join(sign.sign for sign in _signs(source, 0, len(source), notes=False)).split())


def _placed_words(signs: Sequence[_Sign]) -> tuple[list[str], list[int]]:
    """(words as `spaced_words` gives them, where each begins among the signs; one place more, for the end)."""
    text = "".join(" " if sign.sign.isspace() else sign.sign for sign in signs)
    words = spaced_words(text)
    places, cursor = [], 0
    for word in words:
        stem = word.lstrip(" ")
        at = text.index(stem, cursor)
        places.append(cursor if word[0] == " " else at)
        cursor = at + len(stem)
    return words, [*places, cursor]


def _between(source: str, signs: Sequence[_Sign], place: int) -> int:
    """Where new words go that stand between two others: outside a tag that ends or begins there."""
    before = signs[place - 1] if place else None
    behind = signs[place] if place < len(signs) else None
    if before is None:
        return behind.start if behind else len(source)
    if behind is None:
        return len(source) if before.depth and not source[before.end :].startswith("<span") else before.end
    return behind.start if behind.depth < before.depth else before.end


def _signs(source: str, start: int, end: int, *, notes: bool) -> Iterator[_Sign]:
    """The signs of text in a stretch of source, a break of lines as a blank of no width. notes: of footnotes too."""
    depth, skipped, cursor = 0, _Skipped(notes), start
    for tag in [*_TAG.finditer(source, start, end), None]:
        until = tag.start() if tag else end
        if not skipped.is_on:
            yield from _letters(source, cursor, until, depth)
        if tag is None:
            return
        cursor = tag.end()
        name = tag[2].lower()
        skipped.pass_tag(name, bool(tag[1]), tag[3])
        if name in BREAKS or name in _PIECES or name == "br":
            if not skipped.is_on:
                yield _Sign(" ", cursor, cursor, depth)
        elif not tag[3].endswith("/"):
            depth += -1 if tag[1] else 1


class _Skipped:
    """Whether the reader is inside a footnote, or inside what no reader is told (script, style)."""

    def __init__(self, notes: bool) -> None:
        self.reads_notes = notes
        self.depth = 0
        self.name = ""

    @property
    def is_on(self) -> bool:
        return self.depth > 0

    def pass_tag(self, name: str, is_end: bool, attributes: str) -> None:
        if self.depth:
            if name == self.name:
                self.depth += -1 if is_end else 1
        elif not is_end and (name in UNSAID or (not self.reads_notes and NOTE_ATTRIBUTE in attributes)):
            self.name, self.depth = name, 1


def _letters(source: str, start: int, end: int, depth: int) -> Iterator[_Sign]:
    cursor = start
    while cursor < end:
        entity = _ENTITY.match(source, cursor, end)
        if entity and (said := entities.unescape(entity[0])) != entity[0]:
            yield _Sign(said[0], cursor, entity.end(), depth)  # of two code points the second is a variant of the first
            cursor = entity.end()
        else:
            yield _Sign(source[cursor], cursor, cursor + 1, depth)
            cursor += 1
