"""The one place that names the query library: the day elasticsearch_dsl ends, `elasticsearch.dsl` holds the same."""

from elasticsearch_dsl import A, Search, query
from elasticsearch_dsl.query import Query

__all__ = ["A", "Query", "Search", "query"]
