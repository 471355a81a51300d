"""Write mails into the outbox: rows in the transaction of what happened, sent after commit, tried again by `tick`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from mail import wording
from mail.delivery import DIGEST_EVERY, GATHERING, deliver
from mail.models import Message
from mail.occasions import Occasion, Words, type_of
from mail.preferences import wants_digest


def was_told(key: str) -> bool:
    return Message.objects.filter(key=key).exists()


def write(occasion: Occasion, key: str, now: datetime, owner: Model, facts: Mapping[str, Any] | None = None) -> bool:
    """Note a mail to the owner of a row, put into words when it is sent. The same key a second time is the same
    occasion, and changes nothing. Answers whether it was new.
    """
    _message, created = Message.objects.get_or_create(
        key=key,
        user=None,
        defaults={
            "occasion": occasion.name,
            "owner_type": type_of(owner),
            "owner_id": owner.pk,
            "facts": dict(facts or {}),
            "created_at": now,
            "ready_at": now + GATHERING if occasion.gathered else now,
        },
    )
    if created:
        transaction.on_commit(partial(deliver_now, key), robust=True)
    return created


def deliver_now(key: str) -> None:
    """After commit: what fails here waits for `tick`."""
    deliver(timezone.now(), key=key)


def write_to_people(
    occasion: Occasion, key: str, now: datetime, people: Iterable[Any], values: Mapping[str, Any], *, about: str = ""
) -> int:
    """A mail to each of these people, in the words of today and the language of each. Answers how many are told."""
    people = list(people)
    if not people:
        return 0
    daily = wants_digest(people)
    said = _said_to_each(people, wording.words_for_people(occasion), values)
    messages = [
        Message(
            key=key,
            occasion=occasion.name,
            user=user,
            about=about,
            subject=subject,
            body=body,
            for_digest=user.pk in daily,
            created_at=now,
            ready_at=now + DIGEST_EVERY if user.pk in daily else now,
        )
        for user, (subject, body) in said
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def _said_to_each(people: Iterable[Any], words: Words, values: Mapping[str, Any]) -> list[tuple[Any, tuple[str, str]]]:
    """(person, (subject, body)), filled in once for each language and time zone among them."""
    made: dict[wording.Ear, tuple[str, str]] = {}
    said = []
    for user in people:
        ear = wording.ear_of(user)
        if ear not in made:
            made[ear] = wording.filled(words, values, ear)
        said.append((user, made[ear]))
    return said


def write_to_list(
    occasion: Occasion,
    key: str,
    now: datetime,
    address: str,
    values: Mapping[str, Any],
    *,
    archive: str = "",
    about: str = "",
) -> int:
    """One mail to a mailing list, where the occasion has words for lists. Answers how many were written."""
    words = wording.words_for_list(occasion)
    if words is None:
        return 0
    subject, body = wording.filled(words, values)
    message = Message(
        key=key,
        occasion=occasion.name,
        list_address=address,
        list_archive=archive,
        about=about,
        subject=subject,
        body=body,
        created_at=now,
        ready_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return 1
