"""What the search is timed beside: tantivy used by itself, and SQLite's full-text search, on the same made texts.

Each answers one question at a time with how many documents (or passages) it found.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tantivy

from search.analysis.analyzer import analyse
from search.engines.base import FACET_FIELDS, PASSAGE, WHOLE
from search.engines.tantivy.engine import TantivyEngine
from search.engines.tantivy.index_files import open_index
from tests.bench.search.made_texts import facts, texts, title_of

Peer = Callable[[str], int]

DOCUMENTS, PLACES = 10, 30  # of an answer
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
COUNTED = ("year", "theme", "stage", "language", "meeting")  # facets that the made texts have


def bare(engine: TantivyEngine) -> Peer:
    """Our own index asked by the least that finds as much: ten documents, their thirty best passages, fetched and
    not read, and the facets. Nothing is shown of them: no text is cut, marked or escaped."""
    folder = engine.root / engine.folder.current()
    documents, passages = open_index(folder / WHOLE), open_index(folder / PASSAGE)
    schema = engine.schema
    facets = {name: {"terms": {"field": name, "size": 1000}} for name in FACET_FIELDS}

    def once(text: str) -> int:
        searcher, inside = documents.searcher(), passages.searcher()
        query = tantivy.Query.term_query(schema, "body", analyse(text, "en")[0].stem)
        result: Any = searcher.search(query, DOCUMENTS)
        cards = [searcher.doc(address) for _score, address in result.hits]
        searcher.aggregate(query, facets)
        editions = [json.loads(bytes(card["card"][0]))["key"] for card in cards]
        found: Any = inside.search(_among(schema, query, "edition", editions), PLACES)
        for _score, address in found.hits:
            inside.doc(address)
        return int(result.count)

    return once


def own_means(folder: Path, documents: int) -> Peer:
    """The same answer as anybody would write it with tantivy alone: its English analyser and its stored fields, ten
    documents and their thirty best passages with title and text marked by its own snippets, and the facets.

    One language, no synonyms, no near words, no grouping by document; offsets of marks are not ours to mend.
    """
    schema = _peer_schema()
    wholes, places = _peer_index(folder, documents, schema)
    facets = {name: {"terms": {"field": name, "size": 1000}} for name in COUNTED}

    def once(text: str) -> int:
        searcher, inside = wholes.searcher(), places.searcher()
        stem = analyse(text, "en")[0].stem.partition(":")[2]
        query = tantivy.Query.boolean_query(
            [(SHOULD, tantivy.Query.term_query(schema, name, stem)) for name in ("title", "body")]
        )
        result: Any = searcher.search(query, DOCUMENTS)
        found = [searcher.doc(address) for _score, address in result.hits]
        searcher.aggregate(query, facets)
        titles = tantivy.SnippetGenerator.create(searcher, query, schema, "title")
        in_text = tantivy.Query.term_query(schema, "text", stem)
        keys: list[Any] = [document.get_first("document") for document in found]
        best: Any = inside.search(_among(schema, in_text, "document", keys), PLACES)
        shown = tantivy.SnippetGenerator.create(inside, in_text, schema, "text")
        marked = [titles.snippet_from_doc(document).to_html() for document in found]
        marked += [shown.snippet_from_doc(inside.doc(address)).to_html() for _score, address in best.hits]
        if not any("<b>" in html for html in marked):
            raise AssertionError("nothing is marked")
        return int(result.count)

    return once


def _among(schema: tantivy.Schema, query: tantivy.Query, field: str, keys: list[str]) -> tantivy.Query:
    among = tantivy.Query.const_score_query(tantivy.Query.term_set_query(schema, field, keys), 0.0)
    return tantivy.Query.boolean_query([(MUST, query), (MUST, among)])


def _peer_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    for name in ("document", *COUNTED):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _peer_index(folder: Path, documents: int, schema: tantivy.Schema) -> tuple[tantivy.Index, tantivy.Index]:
    """One index of documents and one of passages, as ours are."""
    built = folder / "built"
    if built.exists():
        return tantivy.Index.open(str(folder / WHOLE)), tantivy.Index.open(str(folder / PASSAGE))
    shutil.rmtree(folder, ignore_errors=True)
    indexes = []
    for level in (WHOLE, PASSAGE):
        (folder / level).mkdir(parents=True)
        indexes.append(tantivy.Index(schema, path=str(folder / level)))
    writers = [index.writer(100_000_000, 1) for index in indexes]
    for number, passages in texts(documents):
        known = facts(number)
        writers[0].add_document(tantivy.Document(title=title_of(passages), body="\n".join(passages), **known))
        for text in passages:
            writers[1].add_document(tantivy.Document(text=text, **known))
    for writer in writers:
        writer.commit()
        writer.wait_merging_threads()
    for index in indexes:
        index.reload()
    built.touch()
    return indexes[0], indexes[1]


def fts5(path: Path, documents: int) -> Peer:
    """The ten best passages with snippets, and the documents counted by year: one facet of our seven."""
    database = sqlite3.connect(path, isolation_level=None)
    if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        _fill_fts5(database, documents)
    top = (
        "SELECT rowid, snippet(passages, 0, '<', '>', '', 32) FROM passages "
        "WHERE passages MATCH ? ORDER BY rank LIMIT 10"
    )
    years = (
        "SELECT year, count(DISTINCT document) FROM passages JOIN meta ON meta.id = passages.rowid "
        "WHERE passages MATCH ? GROUP BY year"
    )

    def once(text: str) -> int:
        database.execute(top, (text,)).fetchall()
        return sum(count for _year, count in database.execute(years, (text,)))

    return once


def _fill_fts5(database: sqlite3.Connection, documents: int) -> None:
    """All of it or nothing."""
    database.execute("PRAGMA synchronous=OFF")
    database.execute("BEGIN")
    database.execute("CREATE TABLE meta(id INTEGER PRIMARY KEY, document INT, year INT)")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(body, tokenize='porter unicode61')")
    for number, passages in texts(documents):
        for text in passages:
            row = database.execute("INSERT INTO passages(body) VALUES (?)", (text,)).lastrowid
            database.execute("INSERT INTO meta VALUES (?, ?, ?)", (row, number, 2014 + number % 12))
    database.execute("COMMIT")
