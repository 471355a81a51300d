"""Write mails into the outbox: rows in the transaction of what happened, sent after commit, tried again by `tick`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from core.after_commit import after_commit
from mail.delivery import deliver
from mail.digests import ready_with_digest
from mail.models import Message
from mail.occasions import Occasion, type_of
from mail.tasks import send
from mail.wordings import services as wording


def was_told(key: str) -> bool:
    return Message.objects.filter(key=key).exists()


def write(occasion: Occasion, key: str, now: datetime, owner: Model, facts: Mapping[str, Any] | None = None) -> bool:
    """Note a mail to the owner of a row, put into words when it is sent. The same key a second time is the same
    occasion, and changes nothing. Answers whether it was new.
    """
    given = {"occasion": occasion.name, "owner_type": type_of(owner), "owner_id": owner.pk, "facts": dict(facts or {})}
    given |= {"created_at": now, "ready_at": now + occasion.gathered.wait if occasion.gathered else now}
    _message, created = Message.objects.get_or_create(key=key, user=None, defaults=given)
    if created:
        after_commit(send_soon, key)
    return created


def send_soon(key: str) -> None:
    """After commit: tell the worker. What fails here waits for the scheduler; nobody waits for a mail server."""
    if settings.MAIL_BY_WORKER:
        send.enqueue(key)
    else:
        deliver(timezone.now(), key=key)


def write_to_people(
    occasion: Occasion, key: str, now: datetime, people: list[Any], values: Mapping[str, Any], *, about: str
) -> int:
    """A mail to each of these people, in the words of today and the language of each. Answers how many are told."""
    words = wording.words_of(occasion) if people else None
    if words is None:
        return 0
    later = ready_with_digest(people, now)
    said = {ear: wording.filled(words, values, ear) for ear in dict.fromkeys(map(wording.ear_of, people))}
    messages = []
    for user in people:
        subject, body = said[wording.ear_of(user)]
        told = {"user": user, "subject": subject, "body": body, "about": about, "for_digest": user.pk in later}
        ready_at = later.get(user.pk, now)
        messages.append(Message(key=key, occasion=occasion.name, created_at=now, ready_at=ready_at, **told))
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(people)


def write_to_list(
    occasion: Occasion, key: str, now: datetime, values: Mapping[str, Any], *, address: str, archive: str, about: str
) -> int:
    """One mail to a mailing list, where the occasion has words for lists. Answers how many were written."""
    words = wording.words_of(occasion, for_list=True)
    if words is None:
        return 0
    subject, body = wording.filled(words, values)
    told = {"list_address": address, "list_archive": archive, "about": about, "subject": subject, "body": body}
    message = Message(key=key, occasion=occasion.name, created_at=now, ready_at=now, **told)
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return 1
