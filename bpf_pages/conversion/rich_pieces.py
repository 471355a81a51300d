"""A rich text taken apart into its paragraphs, headings and items, each with its key, and put together again. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from bpf_pages.conversion.block_keys import KEY_ATTRIBUTE
from bpf_pages.conversion.rich_text import VOID

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_OPENING = re.compile(r"<([a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>")
_KEY = re.compile(rf"{KEY_ATTRIBUTE}=\"([^\"]*)\"")
_LISTS = frozenset({"ul", "ol"})
DEEPEST = 20
"""Lists inside lists; the editor makes five levels. A text with more stays whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """html: the whole element; of an item without the lists in it. lists: the opening tags of the lists around an item,
    outermost first. begins: an item begins a list of its own, right behind another list."""

    html: str
    lists: tuple[str, ...] = ()
    begins: bool = field(default=False, compare=False)


class _Apart(Exception):
    """This text does not come apart into pieces."""


def pieces(source: str) -> dict[str, Piece] | None:
    """The pieces of a rich text by their keys, in order; None where putting them together would not give it back."""
    found: list[Piece] = []
    try:
        at = 0
        while at < len(source):
            at = _element(source, at, found)
    except _Apart:
        return None
    named = _named(found)
    return named if joined(named.values()) == source else None


def _element(source: str, at: int, found: list[Piece]) -> int:
    """Reads one element of the outermost level; answers where it ends."""
    tag = _TAG.match(source, at)
    if tag is None:
        behind = source.find("<", at + 1)
        end = len(source) if behind < 0 else behind
        found.append(Piece(source[at:end]))
        return end
    if tag[1]:
        raise _Apart
    if tag[2].lower() in _LISTS:
        begins = bool(found and found[-1].lists)
        first = len(found)
        end = _list(source, tag, (), found)
        if begins and len(found) > first:
            found[first] = Piece(found[first].html, found[first].lists, begins=True)
        return end
    end = _end_of(source, tag)
    found.append(Piece(source[at:end]))
    return end


def _end_of(source: str, opening: re.Match[str]) -> int:
    name = opening[2].lower()
    if name in VOID or opening[3].endswith("/"):
        return opening.end()
    depth = 1
    for tag in _TAG.finditer(source, opening.end()):
        if tag[2].lower() == name and not tag[3].endswith("/"):
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag.end()
    raise _Apart


def _list(source: str, opening: re.Match[str], around: tuple[str, ...], found: list[Piece]) -> int:
    lists = (*around, opening[0])
    at = opening.end()
    while (tag := _TAG.match(source, at)) is not None and len(lists) <= DEEPEST:
        if tag[1]:
            if tag[2] != opening[2]:
                raise _Apart
            return tag.end()
        if tag[2].lower() != "li":
            raise _Apart
        at = _item(source, tag, lists, found)
    raise _Apart


def _item(source: str, opening: re.Match[str], lists: tuple[str, ...], found: list[Piece]) -> int:
    place = len(found)
    end_of_words: int | None = None
    for tag in _TAG.finditer(source, opening.end()):
        name = tag[2].lower()
        if name == "li":
            if not tag[1]:
                raise _Apart
            words = source[opening.start() : tag.start() if end_of_words is None else end_of_words]
            found.insert(place, Piece(f"{words}</{tag[2]}>", lists))
            return tag.end()
        if name in _LISTS:
            if tag[1] or end_of_words is not None:
                raise _Apart
            end_of_words = tag.start()
            at = _list(source, tag, lists, found)
            closing = _TAG.match(source, at)
            if closing is None or closing[2].lower() != "li" or not closing[1]:
                raise _Apart
            found.insert(place, Piece(f"{source[opening.start() : end_of_words]}</{closing[2]}>", lists))
            return closing.end()
    raise _Apart


def _named(found: Iterable[Piece]) -> dict[str, Piece]:
    named: dict[str, Piece] = {}
    seen: Counter[str] = Counter()
    for piece in found:
        opening = _OPENING.match(piece.html)
        own = _KEY.search(opening[0]) if opening else None
        key = own[1] if own else "x" + sha256(piece.html.encode()).hexdigest()[:10]
        seen[key] += 1
        named[key if seen[key] == 1 else f"{key}+{seen[key]}"] = piece
    return named


def joined(pieces: Iterable[Piece]) -> str:
    """One rich text. An item whose outer lists are not there any more moves outwards."""
    out: list[str] = []
    around: list[str] = []  # opening tags of the lists that are open, each with an item open in it

    def close(depth: int) -> None:
        while len(around) > depth:
            out.append(f"</li></{_name(around.pop())}>")

    for piece in pieces:
        if not piece.lists:
            close(0)
            out.append(piece.html)
            continue
        common = 0
        while not piece.begins and common < min(len(around), len(piece.lists)):
            if around[common] != piece.lists[common]:
                break
            common += 1
        depth = min(len(piece.lists), common + 1)
        close(min(depth, common))
        if depth > common:
            around.append(piece.lists[common])
            out.append(around[-1])
        else:
            out.append("</li>")
        out.append(piece.html[: piece.html.rindex("</")])
    close(0)
    return "".join(out)


def _name(opening: str) -> str:
    found = _OPENING.match(opening)
    return found[1] if found else ""


def with_key(piece: Piece, key: str, words: str) -> Piece:
    """The same piece under another key, with words put in at its head. What has no words in it gets a paragraph for
    them in front of it. words: text without markup signs."""
    opening = _OPENING.match(piece.html)
    if opening is None:
        return Piece(f'<p {KEY_ATTRIBUTE}="{key}">{words}{piece.html}</p>', piece.lists, piece.begins)
    if opening[1].lower() in VOID or opening[0].endswith("/>"):
        return Piece(f'<p {KEY_ATTRIBUTE}="{key}">{words}</p>{piece.html}', piece.lists, piece.begins)
    tag = opening[0]
    tag = _KEY.sub(f'{KEY_ATTRIBUTE}="{key}"', tag) if _KEY.search(tag) else f'{tag[:-1]} {KEY_ATTRIBUTE}="{key}">'
    return Piece(tag + words + piece.html[opening.end() :], piece.lists, piece.begins)


def without_key(piece: Piece) -> str:
    """What a piece says, whatever it is called."""
    opening = _OPENING.match(piece.html)
    return piece.html[opening.end() :] if opening else piece.html


def rekeyed(source: str, salt: str) -> str:
    """A whole rich text as a copy: every piece has a key of its own."""
    return _KEY.sub(lambda own: f'{KEY_ATTRIBUTE}="{sha256((own[1] + salt).encode()).hexdigest()[:10]}"', source)
