"""Limits: each caller has its own, they outlive the cache and the process, and end with their window."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from gate import rate_limits
from gate.models import Tally
from gate.rate_limits import HOUR, TooMany, count_request, forget, take

pytestmark = pytest.mark.django_db

NOON = datetime(2099, 5, 1, 12, 0, tzinfo=UTC)


def taken(caller: str, times: int, *, at: datetime = NOON, amount: int = 1, most: int = 3) -> int:
    """How many of so many tries were let through."""
    done = 0
    for _try in range(times):
        try:
            take("form", caller, most, at, amount=amount)
            done += 1
        except TooMany:
            pass
    return done


def test_a_flood__shuts_out_nobody_but_who_sends_it() -> None:
    assert taken("a bot", 1000) == 3
    assert [taken(f"person {number}", 1) for number in range(200)] == [1] * 200


def test_a_limit__outlives_the_cache() -> None:
    assert taken("a bot", 3) == 3
    cache.clear()
    assert taken("a bot", 1) == 0


def test_a_limit__ends_with_its_window_and_says_when() -> None:
    late = NOON + timedelta(minutes=50)
    taken("somebody", 3, at=late)
    with pytest.raises(TooMany) as refused:
        take("form", "somebody", 3, late)
    assert refused.value.retry_after == 600
    assert taken("somebody", 1, at=NOON + HOUR) == 1


def test_an_amount_beyond_what_is_left__takes_nothing() -> None:
    take("bytes", "somebody", 100, NOON, amount=90)
    with pytest.raises(TooMany):
        take("bytes", "somebody", 100, NOON, amount=20)
    take("bytes", "somebody", 100, NOON, amount=10)
    assert Tally.objects.get(name="bytes").count == 100


def test_tallies__are_forgotten_when_their_window_is_long_over() -> None:
    taken("somebody", 1)
    assert forget(NOON + timedelta(days=1)) == 0
    assert forget(NOON + timedelta(days=3)) == 1
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_limit__cleared_while_another_counts__refuses_nobody(monkeypatch) -> None:
    """A sign-in that went well deletes its failures; the row once went with them, and a try beside it was refused."""
    now, tally = timezone.now(), rate_limits._tally

    def cleared_meanwhile(*given):
        found = tally(*given)
        rate_limits.clear("sign-in", "somebody")
        return found

    monkeypatch.setattr(rate_limits, "_tally", cleared_meanwhile)
    rate_limits.take("sign-in", "somebody", 3, now)


def test_limit_of_requests__begins_anew_with_each_minute_and_says_how_long_it_lasts(monkeypatch) -> None:
    answered = []
    for second in (0, 40, 45, 59, 60, 61, 62):
        monkeypatch.setattr(timezone, "now", lambda second=second: NOON + timedelta(seconds=second))
        answered.append(count_request("api", "somebody", 2))
    assert answered == [0, 0, 15, 1, 0, 0, 58]


def test_limit_of_requests__whose_count_runs_out_while_it_is_counted__refuses_nobody(monkeypatch) -> None:
    def gone(key):
        raise ValueError(key)

    monkeypatch.setattr(cache, "incr", gone)
    assert count_request("api", "somebody", 0) == 0
