"""Mail, once per occasion: a row in the transaction that caused it, the sending after commit, again by `tick`."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from consultation.models import Adoption, Notice, Submission, Subscription
from consultation.tokens import sign_link
from consultation.vocabulary import NoticeKind

log = logging.getLogger(__name__)

PAUSE = timedelta(hours=1)
"""Between two mails that ask one address to confirm something: a stranger cannot flood it from our form."""
MOST_A_DAY = 5
MOST_ATTEMPTS = 8
ASKING = frozenset({NoticeKind.CONFIRM, NoticeKind.CONFIRM_FOLLOW, NoticeKind.CONFIRM_ADOPTION})


def write(
    kind: str,
    key: str,
    now: datetime,
    *,
    submission: Submission | None = None,
    subscription: Subscription | None = None,
    adoption: Adoption | None = None,
    facts: dict[str, Any] | None = None,
) -> bool:
    """Note a mail to be sent. The same key a second time is the same occasion, and changes nothing.

    Answers whether it was new.
    """
    _notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "submission": submission,
            "subscription": subscription,
            "adoption": adoption,
            "facts": facts or {},
            "created_at": now,
            "not_before": now,
        },
    )
    if created:
        transaction.on_commit(_deliver_soon, robust=True)
    return created


def _deliver_soon() -> None:
    """After commit. A mail server that is down must not touch what was just stored."""
    deliver(timezone.now(), most=20)


def deliver(now: datetime, *, most: int = 500) -> int:
    """Send what is due. Returns how many mails went out. Safe in parallel: a row is claimed before it is sent."""
    due = Notice.objects.filter(sent_at=None, not_before__lte=now, attempts__lt=MOST_ATTEMPTS).order_by("pk")
    return sum(_send(pk, now) for pk in list(due.values_list("pk", flat=True)[:most]))


def _send(pk: int, now: datetime) -> bool:
    """Claim one notice, send it, mark it. A failed sending waits longer each time, up to about two days."""
    wait = PAUSE / 12
    claimed = Notice.objects.filter(pk=pk, sent_at=None, not_before__lte=now).update(not_before=now + wait)
    if not claimed:
        return False
    notice = Notice.objects.select_related(
        "submission__submitter", "submission__period__edition", "subscription", "adoption__edition"
    ).get(pk=pk)
    address = address_of(notice)
    if not address:
        Notice.objects.filter(pk=pk).update(attempts=MOST_ATTEMPTS)
        return False
    if notice.kind in ASKING and not _may_ask(address, notice, now):
        return False
    try:
        _compose(notice, address).send()
    except Exception:
        attempts = notice.attempts + 1
        Notice.objects.filter(pk=pk).update(attempts=attempts, not_before=now + wait * 2**attempts)
        log.exception("notice %s was not sent", notice.key)
        return False
    Notice.objects.filter(pk=pk).update(sent_at=now)
    return True


def address_of(notice: Notice) -> str:
    """Looked up at the last moment: whoever was erased meanwhile gets no mail."""
    if notice.submission:
        return str(notice.submission.submitter.email)
    if follower := notice.subscription:
        follows = follower.confirmed_at is not None and follower.ended_at is None
        return str(follower.email) if follows or notice.kind == NoticeKind.CONFIRM_FOLLOW else ""
    return str(notice.adoption.email) if notice.adoption else ""


def _may_ask(address: str, notice: Notice, now: datetime) -> bool:
    """At most one asking mail an hour and MOST_A_DAY a day to one address; the rest waits, then stays unsent."""
    to_address = Q(submission__submitter__email=address) | Q(subscription__email=address) | Q(adoption__email=address)
    sent = Notice.objects.filter(to_address, kind__in=ASKING, sent_at__isnull=False).exclude(pk=notice.pk)
    if sent.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        Notice.objects.filter(pk=notice.pk).update(attempts=MOST_ATTEMPTS)
        return False
    last = sent.filter(sent_at__gt=now - PAUSE).order_by("-sent_at").first()
    if last is None:
        return True
    Notice.objects.filter(pk=notice.pk).update(not_before=(last.sent_at or now) + PAUSE)
    return False


def _compose(notice: Notice, address: str) -> EmailMessage:
    """Plain text, in the reader's language. Nobody but this site is ever the sender."""
    with translation.override(language_of(notice)):
        context = {"facts": notice.facts, "site": settings.WAGTAILADMIN_BASE_URL, "kind": notice.kind}
        context |= _CONTEXTS[_subject_of(notice)](notice)
        text = render_to_string(f"consultation/mail/{notice.kind}.txt", context)
    subject, _, body = text.strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[address], headers=headers)


def language_of(notice: Notice) -> str:
    """The language of whoever is written to, not of whoever caused the mail."""
    owner = notice.submission or notice.subscription or notice.adoption
    code = str(owner.language).lower() if owner else ""
    known = dict(settings.LANGUAGES)
    if code in known:
        return code
    return next((name for name in known if name.split("-")[0] == code.split("-")[0]), settings.LANGUAGE_CODE)


def _subject_of(notice: Notice) -> str:
    return "submission" if notice.submission else "subscription" if notice.subscription else "adoption"


def _of_submission(notice: Notice) -> dict[str, Any]:
    submission = notice.submission
    assert submission is not None  # noqa: S101  _subject_of said so
    edition = submission.period.edition
    return {
        "submission": submission,
        "edition": edition,
        "confirm": f"/comments/confirm/{sign_link('confirm', submission.secret)}/",
        "mine": f"/comments/mine/{submission.secret}/",
    }


def _of_subscription(notice: Notice) -> dict[str, Any]:
    subscription = notice.subscription
    assert subscription is not None  # noqa: S101
    return {
        "subscription": subscription,
        "confirm": f"/comments/follow/{sign_link('follow', subscription.secret)}/",
        "end": f"/comments/unfollow/{subscription.secret}/",
    }


def _of_adoption(notice: Notice) -> dict[str, Any]:
    adoption = notice.adoption
    assert adoption is not None  # noqa: S101
    return {
        "adoption": adoption,
        "edition": adoption.edition,
        "confirm": f"/adoptions/confirm/{sign_link('adoption', adoption.secret)}/",
        "mine": f"/adoptions/mine/{adoption.secret}/",
    }


_CONTEXTS: dict[str, Callable[[Notice], dict[str, Any]]] = {
    "submission": _of_submission,
    "subscription": _of_subscription,
    "adoption": _of_adoption,
}
