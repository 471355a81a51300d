"""Many at a time: one chain, and a code is taken once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from accounts.events import services as events
from accounts.factors.services import new_recovery_codes
from accounts.models import Event
from accounts.verification import findings
from tests.accounts.signing_in import code_of, first_step, second_step, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Any, times: int) -> list[Any]:
    def closing(number: int) -> Any:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(closing, range(times)))


def test_rows_written_at_once__are_one_sound_chain() -> None:
    before = Event.objects.count()
    at_once(lambda number: [events.record(Event.Kind.FAILED, data={"of": number}) for _row in range(5)], 8)
    assert Event.objects.count() == before + 40
    assert list(findings()) == []


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_code_sent_from_many_browsers_at_once__opens_one(settings, kind) -> None:
    settings.LOGIN_TRIES = settings.SECOND_FACTOR_TRIES_A_DAY = 100
    editor = UserFactory(is_superuser=True)
    code = code_of(with_app(editor))
    if kind == "recovery":
        code = new_recovery_codes(editor)[0]
    browsers = [Client() for _number in range(6)]
    for browser in browsers:
        first_step(browser, editor)
    answers = at_once(lambda number: second_step(browsers[number], code).status_code, 6)
    assert sorted(answers) == [302, 422, 422, 422, 422, 422]
    assert list(findings()) == []
