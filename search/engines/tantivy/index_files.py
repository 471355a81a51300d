"""The tantivy index on disk: its files, and the one way to write them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import (
    LEVELS,
    SORT_TEXT,
    WHOLE,
    Busy,
    Changes,
    Record,
    Unavailable,
)
from search.engines.tantivy.word_pairs import FIELD, OF, chosen, pairs

HEAP_BYTES = 15_000_000  # the least tantivy takes for one thread; a document is far smaller
BUILD_HEAP_BYTES = 100_000_000
Indexes = dict[str, tantivy.Index]
"""One index a level, in a folder of that name."""


def open_indexes(path: Path) -> Indexes:
    return {level: open_index(path / level) for level in LEVELS}


def open_index(path: Path) -> tantivy.Index:
    """An index does not remember its analysers: they are registered at every opening."""
    index = tantivy.Index.open(str(path))
    # Its own watcher would reload in the background, and may put an older state back after our reload.
    index.config_reader(reload_policy="manual")
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    return index


def to_document(record: Record, frequent: frozenset[str]) -> tantivy.Document:
    """frequent: words of whose pairs a whole document holds terms."""
    document = tantivy.Document()
    texts = record.texts()
    for name, text in texts.items():
        document.add_text(name, text)
    if record.level == WHOLE:
        for pair in pairs(texts[OF].split(" "), frequent):
            document.add_text(FIELD, pair)
    for name, values in record.raw.items():
        for value in values:
            document.add_text(name, value)
    for name, number in record.numbers.items():
        document.add_integer(name, number)
    document.add_text("key", record.key)
    document.add_text("edition", record.edition)
    document.add_text(SORT_TEXT, record.title_order)
    document.add_bytes("card", json.dumps(record.card, ensure_ascii=False).encode())
    return document


def write(path: Path, changes: Changes, heap_bytes: int) -> None:
    """One commit a level. An index is opened afresh: a writer on an old one leaves files behind that nobody removes."""
    frequent = chosen(path)
    replaced = sorted(changes.removed | {record.edition for record in changes.records})
    for level in LEVELS:
        _sweep(path / level)
        writer = open_index(path / level).writer(heap_bytes, 1)
        for edition in replaced:
            writer.delete_documents_by_term("edition", edition)
        for record in changes.records:
            if record.level == level:
                writer.add_document(to_document(record, frequent))
        writer.commit()
        writer.wait_merging_threads()


def _sweep(folder: Path) -> None:
    """Remove what a write that failed or was killed has left. tantivy does so after the next commit, for which a disk
    that is full of it has no room. Nobody else writes, and a reader keeps what it has open."""
    for name in (*orphan_files(folder), *(path.name for path in folder.glob(".tmp*"))):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def boundary() -> Iterator[None]:
    """Turn whatever tantivy raises into Unavailable. Its panics derive from BaseException and carry no public type."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, Unavailable | Busy | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise Unavailable(f"tantivy: {type(error).__name__}: {error}") from error


def segments(folder: Path) -> int:
    return len(json.loads((folder / "meta.json").read_text())["segments"])


def orphan_files(folder: Path) -> list[str]:
    """Files of segments that the index no longer names."""
    named = {
        segment["segment_id"].replace("-", "") for segment in json.loads((folder / "meta.json").read_text())["segments"]
    }
    files = [path.name for path in folder.iterdir() if path.name[0] != "." and path.suffix not in {".json", ".lock"}]
    return [name for name in files if name.split(".")[0] not in named]
