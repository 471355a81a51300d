"""The synonyms of this library: read again at every change, seeded from the data that comes with the project; and its
words in other languages."""

import csv
import json
from datetime import datetime
from functools import cache, lru_cache

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Value

from core.prepared_queries import prepared
from search.tuning.models import Synonym
from search.tuning.synonyms import Rule, Thesaurus
from search.tuning.term_translation import Dictionary

SEED = "search-synonyms.json"
WORDS = "search-words.csv"


def current() -> Thesaurus:
    """One query that tells whether anything changed; the table is read again only then."""
    return _read(_version.first())


@prepared
def _version() -> "QuerySet[Synonym, tuple[datetime | None, int]]":
    """One row, of the whole table."""
    table = Synonym.objects.order_by().annotate(whole=Value(1)).values("whole")
    return table.annotate(Max("updated_at"), Count("pk")).values_list("updated_at__max", "pk__count")


@lru_cache(maxsize=2)
def _read(version: tuple[datetime | None, int] | None) -> Thesaurus:
    return Thesaurus(row.entry for row in Synonym.objects.order_by("pk"))


def seed(synonyms: type[Synonym] = Synonym) -> int:
    """Fill an empty table from the project's data; a table with rows belongs to the editors and is left alone.

    synonyms: the model, as a migration knows it. Answers how many rows were made.
    """
    if synonyms.objects.exists():
        return 0
    data = json.loads((settings.LIBRARY_DATA / SEED).read_text())
    rows = [(Rule.TWO_WAY, group, "") for group in data["two_way"]]
    rows += [(Rule.ONE_WAY, pair, "") for pair in data["one_way"].items()]
    rows += [(Rule.NEVER, sentence.split()[:1], sentence) for sentence in data["never_expand"]]
    made = synonyms.objects.bulk_create(
        synonyms(rule=rule, terms="\n".join(terms), note=note) for rule, terms, note in rows
    )
    return len(made)


@cache
def dictionary() -> Dictionary:
    """Read once a process, when a question is first asked."""
    with open(settings.LIBRARY_DATA / WORDS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Dictionary(
        {name: [term.strip() for term in terms.split(";") if term.strip()] for name, terms in row.items()}
        for row in rows
    )
