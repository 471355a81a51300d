"""What an Elasticsearch index looks like: its name, its mapping, and a record in it. Pure."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from search.analysis import analyzer
from search.engines.base import (
    FACET_FIELDS,
    LEVELS,
    NUMBER_FIELDS,
    RAW_FIELDS,
    SCHEMA,
    SORT_TEXT,
    WHOLE,
    Changes,
    Record,
)

WORDS = "words"
"""Every exact term of a document once, as whole values: the vocabulary is counted on it."""

TEXT = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
RAW = {"type": "keyword"}
MOST_TERMS = 10_000  # distinct values of a facet; more are refused by the server's own limit


def mapping(level: str) -> dict[str, Any]:
    """Every field by name; an unknown one is refused. Terms are not kept beside the index: the card holds the text."""
    fields: dict[str, Any] = dict.fromkeys(LEVELS[level], TEXT)
    fields |= dict.fromkeys((*RAW_FIELDS, *FACET_FIELDS, SORT_TEXT), RAW)
    fields |= {name: {"type": "long"} for name in NUMBER_FIELDS}
    fields["card"] = {"type": "object", "enabled": False}
    left_out = [*LEVELS[level]]
    if level == WHOLE:
        fields[WORDS] = RAW | {"index": False}
        left_out.append(WORDS)
    return {"dynamic": "strict", "_source": {"excludes": left_out}, "properties": fields}


def settings_while_loading(shards: int) -> dict[str, Any]:
    return {"number_of_shards": shards, "number_of_replicas": 0, "refresh_interval": "-1", "gc_deletes": "10m"}


SETTINGS_WHEN_LOADED = {"refresh_interval": "1s", "auto_expand_replicas": "0-1"}
"""A copy on a second node as soon as there is one."""


def _fingerprint() -> str:
    text = json.dumps({level: mapping(level) for level in LEVELS}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


FORMAT = f"s{SCHEMA}-a{analyzer.VERSION}-{_fingerprint()}"
"""Part of the name of an index. One of another format is not read: its fields or terms may be others."""


def source(record: Record) -> dict[str, Any]:
    fields: dict[str, Any] = {**record.texts(), **{name: list(values) for name, values in record.raw.items()}}
    fields |= {**record.numbers, "key": record.key, "edition": record.edition, "card": dict(record.card)}
    if record.title_order:
        fields[SORT_TEXT] = record.title_order
    if record.level == WHOLE:
        fields[WORDS] = sorted(set(fields["exact"].split()))
    return fields


def actions(index_of: dict[str, str], changes: Changes, gone: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Bulk actions. index_of: level to index. gone: level to ids of records that vanish; they vanish first.

    The version is the reading of the database: what was read later stays, whichever arrives last.
    """
    versioned = {"version": changes.version, "version_type": "external_gte"}
    for level, keys in gone.items():
        for key in keys:
            yield {"_op_type": "delete", "_index": index_of[level], "_id": key, **versioned}
    for level in LEVELS:
        for record in changes.records:
            if record.level == level:
                yield {"_index": index_of[level], "_id": record.key, "_source": source(record), **versioned}
