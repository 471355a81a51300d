"""Codes of an app, against the vectors of the standard."""

import base64

import pytest

from accounts.factors import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_code__of_a_vector_of_rfc_6238__is_the_last_six_digits(moment, code) -> None:
    assert totp.code_at(SECRET, moment // 30) == code
    assert totp.step_of(SECRET, code, moment) == moment // 30


@pytest.mark.parametrize(("off", "is_taken"), [(-61, False), (-30, True), (0, True), (30, True), (60, False)])
def test_code__of_a_clock_that_is_off__is_taken_within_one_step(off, is_taken) -> None:
    now = 1_800_000_015
    assert (totp.step_of(SECRET, totp.code_at(SECRET, (now + off) // 30), now) is not None) is is_taken


def test_new_secret__has_160_bits() -> None:
    assert len(base64.b32decode(totp.new_secret())) == 20
