"""Every word of an RTF file: shown, hidden, deleted, in notes, remarks and running heads. Pure.

Kept apart from the reader on purpose: it knows no styles, lists or tables.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from formats.draft import Source, Thing
from formats.rtf.destinations import (
    BESIDE,
    DESCRIPTION,
    EQUATION_PARTS,
    KNOWN,
    PARAGRAPH_ENDS,
    RUNNING,
    SAID_OF_ITSELF,
    is_unsaid,
)
from formats.rtf.tokens import Token, Tokenizer

_PLACES = {"footnote": "footnotes", "annotation": "comments", "shptxt": "text boxes", "fldinst": "field codes",
           "listtext": "list numbers", "pntext": "list numbers", "xe": "field codes", "tc": "field codes",
           "sv": "descriptions of pictures",
           **dict.fromkeys(RUNNING, "headers and footers")}  # fmt: skip


_LINK = re.compile(r"""\s*HYPERLINK\s+["“]?(?!#)[^\s"\\]""")


@dataclass(slots=True)
class _Text:
    """A text of its own. aside: what is deleted or hidden in it."""

    place: str
    shown: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def take(self) -> Iterator[Source]:
        for pieces in (self.shown, self.aside):
            text = "".join(pieces)
            if text.strip():
                yield Source(text, self.place)
            pieces.clear()


@dataclass(frozen=True, slots=True)
class _Group:
    unsaid: bool = False
    aside: bool = False
    opened: bool = False  # a text of its own
    names: bool = False  # the property of a shape that the next group gives
    twice: bool = False  # the next group says in old letters what the one behind it says in Unicode


@dataclass(slots=True)
class _Things:
    """said: whether anything was since the last cell or the beginning of a row."""

    said: bool = False

    def of(self, name: str, place: str) -> Iterator[Source]:
        if name == "cell" and self.said:
            yield Source("", place, Thing.CELL)
        elif name == "pict":
            yield Source("", place, Thing.PICTURE)
        self.said &= name not in ("cell", "row", "trowd")


def words(content: bytes) -> Iterator[Source]:
    """Notes behind the text, where a draft has them. Raises UnreadableFile, as `read` does."""
    notes = []
    for source in _in_order(content):
        if source.place == _PLACES["fldinst"] and _LINK.match(source.text):
            yield Source("", source.place, Thing.LINK)
        if source.place == _PLACES["footnote"]:
            notes.append(source)
        else:
            yield source
    yield from notes


def _in_order(content: bytes) -> Iterator[Source]:
    texts = [_Text("text")]
    groups = [_Group()]
    starred = False
    named = ""  # the last property of a shape
    things = _Things()
    for token in Tokenizer(content):
        if token.kind == "{":
            outer = groups[-1]
            groups[-1] = replace(outer, twice=False)
            groups.append(replace(outer, opened=False, names=False, twice=False, unsaid=outer.unsaid or outer.twice))
        elif token.kind == "}":
            if groups.pop().opened:
                yield from texts.pop().take()
        elif token.kind == "text":
            named = _said(token.name, groups[-1], texts[-1], named)
            things.said |= len(texts) == 1 and bool(token.name.strip()) and not groups[-1].unsaid
        elif token.kind == "word" and not groups[-1].unsaid:
            if token.name in PARAGRAPH_ENDS:
                yield from texts[-1].take()
            yield from things.of(token.name, texts[-1].place)
            passed = token.name == "sv" and named != DESCRIPTION
            groups[-1] = replace(groups[-1], unsaid=True) if passed else _entered(groups[-1], token, starred, texts)
        starred = token.kind == "*"
    while texts:
        yield from texts.pop().take()


def _said(text: str, group: _Group, story: _Text, named: str) -> str:
    """The last property of a shape, which a text may name."""
    if group.names:
        return text.strip()
    if not group.unsaid:
        (story.aside if group.aside else story.shown).append(text)
    return named


def _entered(group: _Group, token: Token, starred: bool, texts: list[_Text]) -> _Group:
    name = token.name
    if name == "sn":
        return replace(group, unsaid=True, names=True)
    if is_unsaid(name) or (starred and name not in KNOWN):
        return replace(group, unsaid=True)
    if (name in BESIDE or name in SAID_OF_ITSELF or name == "sv") and not group.opened:
        texts.append(_Text(_PLACES.get(name, "properties")))
        return replace(group, opened=True, aside=False)
    if name in ("author", "operator", "company", "manager", "hlinkbase"):
        return replace(group, unsaid=True)
    if name == "upr":
        return replace(group, twice=True)
    if name in ("v", "deleted"):
        return replace(group, aside=token.number != 0)
    if name in EQUATION_PARTS:
        (texts[-1].aside if group.aside else texts[-1].shown).append(" ")
    if name == "plain":
        return replace(group, aside=False)
    return group
