"""Challenges against a declaration of rough consensus: on facts, within a set term, answered in public.

One that comes by the public form is confirmed by mail, then read by a moderator, then shown and answered; the term is
kept by the day it was sent, so that a slow moderator cannot let it lapse.
"""

from datetime import datetime

from django.db import transaction

from consultation.consensus.models import Challenge, Declaration
from consultation.consensus.occasions import ANSWERED, CONFIRM_CHALLENGE
from consultation.vocabulary import Moderation
from core.tokens import new_secret
from mail import outbox


class TermOver(Exception):
    """A challenge came after its term. `until` is when the term ended."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def record(declaration: Declaration, by_name: str, facts: str, now: datetime) -> Challenge:
    """A challenge that reached an editor by another way. Raises TermOver."""
    _in_term(declaration, now)
    return Challenge.objects.create(declaration=declaration, by_name=by_name, facts=facts, at=now)


@transaction.atomic
def send(
    declaration: Declaration,
    *,
    name: str,
    email: str,
    facts: str,
    language: str,
    consent: str,
    nonce: str,
    suspicious: bool,
    now: datetime,
) -> Challenge:
    """Store a challenge and ask for its confirmation. nonce: of a form's token, good for one. Raises TermOver."""
    _in_term(declaration, now)
    challenge = Challenge.objects.create(
        declaration=declaration,
        by_name=name,
        facts=facts,
        at=now,
        moderation=Moderation.PENDING if suspicious else Moderation.UNCONFIRMED,
        email=email.casefold(),
        language=language,
        secret=new_secret(),
        form_token=nonce,
        consent_version=consent,
    )
    if not suspicious:
        outbox.write(CONFIRM_CHALLENGE, f"challenge:{challenge.pk}", now, challenge)
    return challenge


def moderate(challenge: Challenge, target: str) -> None:
    """Show a challenge, or keep it out as hidden or spam."""
    challenge.moderation = Moderation(target)
    challenge.save(update_fields=["moderation"])


@transaction.atomic
def answer(challenge: Challenge, text: str, by_name: str, now: datetime) -> None:
    """The public answer. Whoever challenged by the form is told, once for each wording."""
    if challenge.answer == text:
        return
    challenge.answer, challenge.answered_by, challenge.answered_at = text, by_name, now
    challenge.save(update_fields=["answer", "answered_by", "answered_at"])
    if challenge.email:
        key = f"answered:{challenge.pk}:{now:%Y%m%d%H%M%S}"
        outbox.write(ANSWERED, key, now, challenge)


def _in_term(declaration: Declaration, now: datetime) -> None:
    if now > declaration.challenge_until:
        raise TermOver(declaration.challenge_until)
