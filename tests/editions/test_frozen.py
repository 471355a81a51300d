"""What is published cannot be changed from outside either: plain SQL meets the database's own triggers."""

import pytest
from django.db import DatabaseError, connection, transaction

from editions.models import FROZEN_FIELDS, Edition, Frozen, Passage
from tests.editions.test_services import publish

pytestmark = pytest.mark.django_db

EDITION, PASSAGE = Edition._meta.db_table, Passage._meta.db_table


def refused(sql: str, *values: object) -> bool:
    """Whether the database refuses a statement, with a message that says why."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as error:
        return "is frozen" in str(error)
    return False


@pytest.mark.parametrize("column", FROZEN_FIELDS)
def test_a_frozen_column__cannot_be_set_by_sql(column: str) -> None:
    edition = publish()
    assert refused(f"UPDATE {EDITION} SET {column} = {column} WHERE id = %s", edition.pk)


def test_the_standing_of_an_edition__can_be_set() -> None:
    edition = publish()
    assert not refused(f"UPDATE {EDITION} SET stage = %s, is_current = %s WHERE id = %s", "final", False, edition.pk)
    edition.refresh_from_db()
    assert edition.stage == "final"


@pytest.mark.parametrize("column", ["text", "anchor", "key", "number"])
def test_a_passage__cannot_be_changed_by_sql(column: str) -> None:
    passage = publish().passages.first()
    assert passage is not None
    assert refused(f"UPDATE {PASSAGE} SET {column} = {column} WHERE id = %s", passage.pk)


def test_editions_and_passages__cannot_be_deleted_by_sql() -> None:
    edition = publish()
    assert refused(f"DELETE FROM {PASSAGE} WHERE edition_id = %s", edition.pk)
    assert refused(f"DELETE FROM {EDITION} WHERE id = %s", edition.pk)
    assert Edition.objects.get() == edition


def test_editions_and_passages__cannot_be_replaced_or_truncated() -> None:
    """REPLACE deletes without asking delete triggers unless SQLite is told to; TRUNCATE goes past row triggers."""
    edition = publish()
    if connection.vendor == "sqlite":
        columns = ", ".join(field.column for field in Edition._meta.local_fields)
        assert refused(f"INSERT OR REPLACE INTO {EDITION} ({columns}) SELECT {columns} FROM {EDITION}")
    else:
        connection.check_constraints()  # what is still to be checked would forbid TRUNCATE for another reason
        assert refused(f"TRUNCATE {PASSAGE}, {EDITION} CASCADE")
    assert Edition.objects.get().sha256 == edition.sha256


def test_the_models__refuse_before_the_database_has_to() -> None:
    edition = publish()
    passage = edition.passages.first()
    assert passage is not None
    for attempt in (
        edition.save,
        edition.delete,
        passage.save,
        passage.delete,
        Edition.objects.all().delete,
        Passage.objects.all().delete,
        lambda: Edition.objects.update(title="Other"),
        lambda: Passage.objects.update(text="Other"),
    ):
        with pytest.raises(Frozen):
            attempt()
