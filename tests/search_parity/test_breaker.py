"""When a server is left alone, and when it is tried again."""

from contextlib import suppress

import pytest

from search.engines.elasticsearch.circuit_breaker import FAILURES, PAUSE_S, Breaker, Open


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Failed(Exception):
    pass


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        with suppress(Failed), breaker.guarding((Failed,)):
            raise Failed


def passes(breaker: Breaker) -> bool:
    try:
        with breaker.guarding((Failed,)):
            return True
    except Open:
        return False


def test_fewer_failures_than_the_limit__change_nothing(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    assert passes(breaker)


def test_a_success_between__starts_the_count_again(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    assert passes(breaker)
    fail(breaker, FAILURES - 1)
    assert passes(breaker)


def test_after_the_last_failure__nothing_passes_until_the_pause_is_over(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    assert not passes(breaker)
    clock.now = PAUSE_S - 0.1
    assert not passes(breaker)
    clock.now = PAUSE_S
    assert passes(breaker)
    assert passes(breaker)


def test_after_the_pause__one_probe_passes_and_the_others_wait_for_its_outcome(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now = PAUSE_S
    with breaker.guarding((Failed,)):
        assert not passes(breaker)
    assert passes(breaker)


def test_a_probe_that_fails__begins_another_pause(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now = PAUSE_S
    fail(breaker, 1)
    clock.now = 2 * PAUSE_S - 0.1
    assert not passes(breaker)
    clock.now = 2 * PAUSE_S
    assert passes(breaker)


def test_a_probe_that_is_answered_with_an_error__shows_that_the_server_is_back(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now = PAUSE_S
    with suppress(KeyError), breaker.guarding((Failed,), (KeyError,)):
        raise KeyError
    assert passes(breaker)


def test_an_error_of_another_kind__is_no_failure_of_the_server(breaker: Breaker) -> None:
    for _ in range(FAILURES + 1):
        with suppress(ValueError), breaker.guarding((Failed,)):
            raise ValueError
    assert passes(breaker)
