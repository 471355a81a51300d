"""How long a failed print waits."""

from datetime import UTC, datetime

from pdf.printing.retries import MOST_ATTEMPTS, WAITS, next_try

NOON = datetime(2099, 3, 4, 12, tzinfo=UTC)


def test_next_try__after_each_failure__is_later_and_at_last_never():
    found = [next_try(attempts, NOON) for attempts in range(1, MOST_ATTEMPTS + 1)]
    assert found == [*(NOON + wait for wait in WAITS), None]
    assert list(WAITS) == sorted(WAITS)
