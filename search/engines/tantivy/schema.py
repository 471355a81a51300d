"""Fields of the tantivy index."""

import tantivy

from search.analysis import analyzer
from search.engines.base import (
    FACET_FIELDS,
    NUMBER_FIELDS,
    RAW_FIELDS,
    SCHEMA,
    SORT_TEXT,
    TEXT_FIELDS,
)
from search.engines.tantivy.word_pairs import FIELD

FORMAT = f"s{SCHEMA}-a{analyzer.VERSION}-p1-t0.27"
"""Of the fields, the analysis, the pairs and tantivy; first part of a folder's name. An index of another format is
not read but rebuilt."""


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="spaces")
    for name in (*RAW_FIELDS, *FACET_FIELDS, SORT_TEXT):  # ids are raw text: deleting by a number deletes nothing
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field(FIELD, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("card", stored=True)
    return builder.build()
