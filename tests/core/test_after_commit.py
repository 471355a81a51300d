"""What is called after commit, and fails."""

import logging
from functools import partial

import pytest
from django.db import transaction

from core.after_commit import after_commit

pytestmark = pytest.mark.django_db(transaction=True)


def away(*_given: object) -> None:
    raise OSError("away")


@pytest.mark.parametrize("failing", [away, partial(away, 1), [].remove], ids=["function", "partial", "method"])
def test_a_call_that_fails__ends_nothing_and_those_behind_it_are_made(failing, caplog) -> None:
    """Django's robust=True asks a callable for its name, which a partial has not: the request failed, mails behind it
    were not sent."""
    made: list[str] = []
    with caplog.at_level(logging.ERROR), transaction.atomic():
        after_commit(failing, "given")
        after_commit(made.append, "behind")
    assert made == ["behind"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_transaction_that_is_rolled_back__calls_nothing() -> None:
    made: list[str] = []
    with transaction.atomic():
        after_commit(made.append, "x")
        transaction.set_rollback(True)
    assert made == []
