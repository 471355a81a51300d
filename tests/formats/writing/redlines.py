"""What a redline says when all its changes are accepted or refused, and pairs of documents to compare."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import count, groupby
from typing import Any

from lxml import etree

from editions.comparison.alignment import PieceKind
from editions.document.model import Document, Heading, Item, ListBlock, Paragraph, Quote, Row, Run, Table, _note_keys
from formats.docx.package import W
from formats.redline import Redline, change_of
from tests.formats.round_trips.documents import Generator

_REFUSED = {f"{W}ins": f"{W}del", f"{W}moveTo": f"{W}del", f"{W}del": f"{W}ins", f"{W}moveFrom": f"{W}ins"}
"""LibreOffice takes for moved what was struck in one place and put into another."""
SIDES = {"newer": PieceKind.INSERTED, "older": PieceKind.DELETED}


def rekeyed(value: Any, taken: set[str], names: Iterator[int]) -> Any:
    """With keys that occur once: a document frozen as an edition has no others."""
    if isinstance(value, tuple):
        return tuple(rekeyed(each, taken, names) for each in value)
    if not is_dataclass(value) or isinstance(value, Run):
        return value
    changed = {each.name: rekeyed(getattr(value, each.name), taken, names) for each in fields(value)}
    if "key" in changed:
        while changed["key"] in taken:
            changed["key"] = f"k{next(names)}"
        taken.add(changed["key"])
    return type(value)(**changed)


def unique(document: Document) -> Document:
    return rekeyed(document, set(), count())


def side(change: Redline, name: str) -> Any:
    """The document that is left, in the form of `bare`."""
    return bare(change.document, change, SIDES[name])


def bare(value: Any, change: Redline | None = None, kept: PieceKind | None = None, language: str = "") -> Any:
    """A document without keys, alike runs as one; of a redline what one side keeps."""
    if isinstance(value, Document):
        parts = (value.blocks, value.notes)
        return tuple(bare(part, change, kept, value.language) for part in parts)
    if isinstance(value, tuple):
        if value and isinstance(value[0], Run):
            return _runs(value, kept, language)
        found = [bare(each, change, kept, language) for each in value if _is_kept(each, change, kept)]
        return tuple(found)
    if is_dataclass(value):
        heads = (
            [row for row in value.rows[: value.header_rows] if _is_kept(row, change, kept)]
            if isinstance(value, Table)
            else []
        )
        given = {
            each.name: getattr(value, each.name) for each in fields(value) if each.name not in ("key", "header_rows")
        }
        if not given.get("items", True):
            given.pop("ordered", None)  # of no list
        return (type(value).__name__, len(heads), *(bare(each, change, kept, language) for each in given.values()))
    return value


def _is_kept(value: Any, change: Redline | None, kept: PieceKind | None) -> bool:
    return change is None or change.change_of(getattr(value, "key", "")) in (PieceKind.EQUAL, kept)


def _runs(runs: tuple[Run, ...], kept: PieceKind | None, language: str) -> tuple[Any, ...]:
    own = [run for run in runs if (kept is None or change_of(run) in (PieceKind.EQUAL, kept)) and run.text]
    style = [
        (run.marks, "" if run.href.startswith("#") else run.href, run.language or language, run.text) for run in own
    ]
    return tuple((*key, "".join(each[3] for each in same)) for key, same in groupby(style, lambda each: each[:3]))


def refused(content: bytes) -> bytes:
    """A Word file in which what was added is removed and the other way round: accepted, it has all changes refused."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as there, zipfile.ZipFile(out, "w") as here:
        for name in there.namelist():
            part = there.read(name)
            if name in ("word/document.xml", "word/footnotes.xml"):
                root = etree.fromstring(part)
                for element in list(root.iter(*map(str, _REFUSED))):
                    element.tag = _REFUSED[str(element.tag)]
                for letters in list(root.iter(f"{W}t", f"{W}delText")):
                    is_struck = next(letters.iterancestors(f"{W}del"), None) is not None
                    letters.tag = f"{W}delText" if is_struck else f"{W}t"
                part = etree.tostring(root)
            here.writestr(name, part)
    return out.getvalue()


def edited(seed: int, language: str) -> tuple[Document, Document]:
    """A document, and what it became by some edits: blocks that come, go, move and change."""
    made = Generator(seed, language)
    old = _with_own_notes(made.document(15), made)
    blocks = list(old.blocks)
    for _ in range(made.draw.randint(1, 10)):
        place = made.draw.randrange(len(blocks))
        block = blocks[place]
        if isinstance(block, Heading):
            continue
        match made.draw.choice(("remove", "add", "move", "change", "change")):
            case "remove" if len(blocks) > 3:
                blocks.pop(place)
            case "add":
                blocks.insert(
                    place, made.draw.choice([made.paragraph, made.table, made.quote, made.figure, made.list])()
                )
            case "move":
                blocks.insert(made.draw.randrange(len(blocks)), blocks.pop(place))
            case "change":
                blocks[place] = _changed(block, made)
    return old, _with_own_notes(replace(old, blocks=tuple(blocks)), made)


def _changed(block: Any, made: Generator) -> Any:
    def inserted(parts: tuple[Any, ...], part: Any, least: int) -> tuple[Any, ...]:
        found = list(parts)
        found.insert(made.draw.randrange(len(found) + 1), part)
        if len(found) > least and made.draw.random() < 0.5:
            found.pop(made.draw.randrange(len(found)))
        return tuple(found)

    match block:
        case Paragraph() | Quote():
            return replace(block, runs=inserted(block.runs, Run(f" {made.text(3)} "), 2))
        case ListBlock():
            return replace(block, items=inserted(block.items, Item(made.key(), made.runs(5)), 1))
        case Table():
            cells = tuple((Run(made.text(2)),) for _ in block.rows[0].cells)
            return replace(block, rows=inserted(block.rows, Row(made.key(), cells), 2))
    return block


def _with_own_notes(document: Document, made: Generator) -> Document:
    used = set(_note_keys(document.blocks))
    return replace(document, notes=tuple(note for note in made.notes if note.key in used))
