"""Proof of work for crowds (as in Hashcash, Back 1997): instead of a refusal a device computes, or a person waits.

A challenge is signed and kept nowhere until it is used: for one form, one network, once. It is met by a number with
which its SHA-256 begins with so many zero bits, found by site/static/js/proof-of-work.js, or by time: after some
seconds it counts without work, for whoever has no JavaScript. No third party, no cookie, no puzzle for people.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from core.tokens import new_secret

SALT = "gate.proof"
LEAST_BITS, MOST_BITS = 13, 17
"""2**17 tries on average: 0.2 s at the 670,000 SHA-256 a second of a laptop's JavaScript, 0.7 s at the 200,000 of one
that is slowed down six times, as a phone of five years ago; 2.7 s was the longest of 48 there (docs/adr/0087)."""
LEAST_WAIT_S, MOST_WAIT_S = 20, 60
GOOD_FOR_S = 3600
LONGEST_ANSWER = 20


@dataclass(frozen=True, slots=True)
class Challenge:
    """signed: as it stands in the form. bits: zeros asked for. wait_s: after which it counts without work."""

    signed: str
    nonce: str
    bits: int
    wait_s: int
    made_at: int

    def is_worked(self, answer: str) -> bool:
        if not (answer.isascii() and answer.isdecimal() and len(answer) <= LONGEST_ANSWER):
            return False
        digest = hashlib.sha256(f"{self.signed}.{answer}".encode()).digest()
        return int.from_bytes(digest, "big") >> (256 - self.bits) == 0

    def is_waited(self, now: datetime) -> bool:
        return now.timestamp() - self.made_at >= self.wait_s


def new_challenge(form: str, caller: str, crowd: float, now: datetime) -> Challenge:
    """crowd: how many times as much came from this network as passes without work; 1 or more."""
    step = min(int(2 * math.log2(max(crowd, 1))), MOST_BITS - LEAST_BITS)
    wait_s = LEAST_WAIT_S + step * (MOST_WAIT_S - LEAST_WAIT_S) // (MOST_BITS - LEAST_BITS)
    nonce, made_at = new_secret(), int(now.timestamp())
    value = "|".join((form, caller[:16], nonce, str(LEAST_BITS + step), str(wait_s), str(made_at)))
    return Challenge(signing.Signer(salt=SALT).sign(value), nonce, LEAST_BITS + step, wait_s, made_at)


def read_challenge(signed: str, form: str, caller: str, now: datetime) -> Challenge | None:
    """None where it is of another form or network, too old, or none of ours."""
    try:
        value = signing.Signer(salt=SALT).unsign(signed[:400])
    except signing.BadSignature:
        return None
    its_form, its_caller, nonce, bits, wait_s, made_at = value.split("|")
    if (its_form, its_caller) != (form, caller[:16]) or now.timestamp() - int(made_at) > GOOD_FOR_S:
        return None
    return Challenge(signed, nonce, int(bits), int(wait_s), int(made_at))
