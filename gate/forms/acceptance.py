"""Take what a public form sends, once: its token, the limits of its network, and the row, in one transaction.

What is not taken is held: an exception tells why, and gate.middleware gives back everything that was typed, with a
button that sends it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest

from gate.body_length import announced_length
from gate.client_address import network
from gate.forms.form_tokens import FormToken, is_spent, read_form_token, spend
from gate.forms.proof_of_work import Challenge, new_challenge, read_challenge
from gate.forms.public_forms import PublicForm
from gate.rate_limits import BYTES_AN_HOUR_OF_FORMS, TooMany, counted, seconds_left, take


class Held(Exception):
    """What was sent is not taken now. Nothing was written, and nothing that was typed is lost."""


class OutOfDate(Held):
    """The form was drawn too long ago, or carries no token of its own."""


class AlreadySent(Held):
    """The token was used: by a double click, or by somebody else. Says nothing of what was sent first."""


class Trapped(Held):
    """A field was filled that people do not see: by a program, or by one that fills forms for a person."""


class CrowdAsks(Held):
    """Much comes from this network: `challenge` is to be met."""

    def __init__(self, challenge: Challenge) -> None:
        super().__init__(f"{challenge.bits} bits or {challenge.wait_s} s")
        self.challenge = challenge


@contextmanager
def accepted(request: HttpRequest, form: PublicForm, now: datetime) -> Iterator[FormToken]:
    """A transaction in which what a form sent is stored. Raises OutOfDate, AlreadySent, CrowdAsks and TooMany.

    To be entered when the fields were found right: a token is used up by what is taken, never by a mistake.
    """
    token = token_of(request, form)
    caller = network(request)
    challenge = _met(request, form, caller, counted(form.name, caller, now, form.window), now)
    with transaction.atomic():
        if form.once and not spend(form.name, token.nonce, now):
            raise AlreadySent
        if challenge is not None and not spend("proof", challenge.nonce, now):
            raise CrowdAsks(new_challenge(form.name, caller, 1, now))
        take(form.name, caller, form.most, now, form.window)
        take("bytes of forms", caller, BYTES_AN_HOUR_OF_FORMS, now, amount=announced_length(request))
        yield token


def refuse_early(request: HttpRequest, form: PublicForm, now: datetime) -> None:
    """Raises TooMany and CrowdAsks before a view looks anything up, where `accepted` could only raise them too.

    One query, and one more where work was done: a program that sends without end costs little, whichever form it has
    found and whatever it says to have done.
    """
    caller = network(request)
    count = counted(form.name, caller, now, form.window)
    if count >= form.most:
        raise TooMany(seconds_left(now, form.window))
    _met(request, form, caller, count, now)


def token_of(request: HttpRequest, form: PublicForm) -> FormToken:
    """To be asked before costly work for what was sent: nobody makes it be done without a form of ours, or twice.

    Raises OutOfDate and AlreadySent.
    """
    token = read_form_token(request.POST.get("form_token", ""), form.name)
    if token is None:
        raise OutOfDate
    if form.once and is_spent(form.name, token.nonce):
        raise AlreadySent
    return token


def _met(request: HttpRequest, form: PublicForm, caller: str, count: int, now: datetime) -> Challenge | None:
    """None below the threshold, else the challenge that was met. Raises CrowdAsks. count: of this network, so far.

    Whoever presses the button too early gets the same challenge again: the time that was waited counts.
    """
    if count < form.free:
        return None
    challenge = read_challenge(request.POST.get("proof_challenge", ""), form.name, caller, now)
    if challenge is None or is_spent("proof", challenge.nonce):
        raise CrowdAsks(_challenge(form, caller, count, now))
    if challenge.is_worked(request.POST.get("proof_answer", "")) or challenge.is_waited(now):
        return challenge
    raise CrowdAsks(challenge)


def _challenge(form: PublicForm, caller: str, count: int, now: datetime) -> Challenge:
    return new_challenge(form.name, caller, (count + 1) / max(form.free, 1), now)
