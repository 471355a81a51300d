"""Prepared queries answer what Django would, with other values at each call, and refuse what they cannot hold."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, QuerySet
from django.test.utils import CaptureQueriesContext

from core.prepared_queries import MOST_SHAPES, Prepared, prepared
from editions.models import Edition, Relation, RelationKind
from tests.factories import ProcessFactory
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


@prepared
def _related(source: str) -> QuerySet[Relation, str]:
    return Relation.objects.filter(source=source).order_by("target").values_list("target", flat=True)


@prepared
def _related_any(kind: str, sources: list[str]) -> QuerySet[Relation]:
    return Relation.objects.filter(kind=kind, source__in=sources).order_by("source", "target").only("source")


@prepared
def _edition(number: int, year: int) -> QuerySet[Edition]:
    return Edition.objects.filter(number=number, year=year).with_dois().defer("document")


@prepared
def _counted(kind: str) -> QuerySet[Relation, dict[str, Any]]:
    found = Relation.objects.filter(kind=kind).order_by("source").values("source")
    return found.annotate(count=Count("pk"))[:2]


@pytest.fixture
def relations() -> None:
    pairs = [("A", "B"), ("A", "C"), ("B", "C"), ("C", "D")]
    Relation.objects.bulk_create(Relation(kind=RelationKind.CONTINUES, source=a, target=b) for a, b in pairs)


def test_other_values__give_other_rows_by_the_same_statement(relations) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert (_related("A"), _related("B"), _related("nobody")) == (["B", "C"], ["C"], [])
    assert len(asked) == 3, "what was written in between is read"
    Relation.objects.filter(target="B").delete()
    assert _related("A") == ["C"]
    assert _related("A' OR 1=1 --") == []


def test_lists_of_any_length__and_of_none(relations) -> None:
    for names in ([], ["A"], ["A", "B"], ["C", "A", "nobody"], ["C", "B", "A", "D"]):
        rows = _related_any("continues", names)
        assert [(row.pk, row.source) for row in rows] == [
            (row.pk, row.source) for row in _related_any.unprepared("continues", names)
        ]
    for length in range(MOST_SHAPES + 5):
        assert len(_related_any("continues", ["A"] * length)) == (2 if length else 0)
    assert len(_related_any._shapes) <= MOST_SHAPES, "not one more for whoever sends longer lists"


def test_rows__are_what_django_makes_of_them(relations) -> None:
    edition = Edition.objects.get(series=ProcessFactory(at="final").series)
    found = _edition.first(edition.number, edition.year)
    assert (found, found.doi, found.get_deferred_fields()) == (edition, "", {"document"})
    assert found.published_at == edition.published_at
    assert found.metadata == edition.metadata
    with CaptureQueriesContext(connection) as asked:
        assert found.document == edition.document
    assert len(asked) == 1
    assert _counted("continues") == [{"source": "A", "count": 2}, {"source": "B", "count": 1}]
    assert _edition.first(99, edition.year) is None


def test_number_beyond_what_a_database_holds__finds_nothing(client) -> None:
    assert _edition(10**30, 2099) == []
    assert client.get(f"/library/{10**30}/lamps/rooms/").status_code == 404


@pytest.mark.parametrize("value", [None, 1.5, [None], Edition(), object()])
def test_value_that_is_no_text_and_no_number__is_refused(value) -> None:
    """`= NULL` would find nothing where Django looks for `IS NULL`."""
    with pytest.raises(TypeError):
        _related(value)


def test_query_that_reads_a_value_when_it_is_made__is_refused() -> None:
    @prepared
    def by_path(slug: str) -> QuerySet[Relation]:
        return Relation.objects.filter(source=f"/library/{slug}/")

    with pytest.raises(TypeError, match="not known"):
        by_path("lamps")


@pytest.mark.django_db(transaction=True)
def test_threads__ask_over_their_own_connections(relations) -> None:
    found: list[Any] = []

    def ask(name: str) -> None:
        found.append((name, [_related(name) for _ in range(20)]))
        connection.close()

    threads = [threading.Thread(target=ask, args=[name]) for name in ("A", "B", "C")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [("A", [["B", "C"]] * 20), ("B", [["C"]] * 20), ("C", [["D"]] * 20)]


def test_prepared_query__is_called_for_a_class_of_rows() -> None:
    assert isinstance(_related, Prepared)
    assert _related.__name__ == "_related"
    assert Process.objects.count() == 0
