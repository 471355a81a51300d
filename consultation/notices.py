"""Mail, once per occasion: a row in the transaction that caused it, the sending after commit, again by `tick`."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge
from consultation.followers.models import Subscription
from consultation.notice_models import Notice
from consultation.submissions.models import Submission, Submitter
from consultation.vocabulary import NoticeKind
from core.addresses import absolute
from core.tokens import sign_link

log = logging.getLogger(__name__)

GATHERED = frozenset({NoticeKind.PUBLISHED, NoticeKind.REPLIED, NoticeKind.DISPOSED})
"""News that waits a little for more of its kind: whoever sent ten comments gets one mail when ten are answered."""
GATHERING = timedelta(minutes=15)
PAUSE = timedelta(hours=1)
"""Between two mails that ask one address to confirm something: a stranger cannot flood it from our form."""
MOST_A_DAY = 5
MOST_ATTEMPTS = 8
ASKING = frozenset(
    {NoticeKind.CONFIRM, NoticeKind.CONFIRM_FOLLOW, NoticeKind.CONFIRM_ADOPTION, NoticeKind.CONFIRM_CHALLENGE}
)


def write(
    kind: str,
    key: str,
    now: datetime,
    *,
    submission: Submission | None = None,
    subscription: Subscription | None = None,
    adoption: Adoption | None = None,
    challenge: Challenge | None = None,
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
            "challenge": challenge,
            "facts": facts or {},
            "created_at": now,
            "not_before": now + GATHERING if kind in GATHERED else now,
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
        "submission__submitter",
        "submission__period__edition",
        "subscription",
        "adoption__edition",
        "challenge__declaration__edition",
    ).get(pk=pk)
    address = address_of(notice)
    if not address:
        Notice.objects.filter(pk=pk).update(attempts=MOST_ATTEMPTS)
        return False
    if notice.kind in ASKING and not _may_ask(address, notice, now):
        return False
    more = _gather(notice, now) if notice.kind in GATHERED else []
    try:
        _compose(notice, address, more).send()
    except Exception:
        attempts = notice.attempts + 1
        Notice.objects.filter(pk=pk).update(sent_at=None, attempts=attempts, not_before=now + wait * 2**attempts)
        log.exception("notice %s was not sent", notice.key)
        return False
    Notice.objects.filter(pk__in=[pk, *(each.pk for each in more)]).update(sent_at=now)
    return True


def _gather(notice: Notice, now: datetime) -> list[Notice]:
    """Claim whatever other news waits for the same sender. If the mail fails, it waits as long as this one."""
    waiting = Notice.objects.filter(submission=notice.submission, kind__in=GATHERED, sent_at=None).exclude(pk=notice.pk)
    waiting = waiting.filter(attempts__lt=MOST_ATTEMPTS, not_before__lte=now + GATHERING).order_by("pk")
    claimed = []
    for other in waiting:
        still = Notice.objects.filter(pk=other.pk, sent_at=None, not_before=other.not_before)
        if still.update(not_before=now + PAUSE):
            claimed.append(other)
    return claimed


def address_of(notice: Notice) -> str:
    """Looked up at the last moment: whoever was erased meanwhile gets no mail."""
    if notice.submission:
        return str(notice.submission.submitter.email)
    if follower := notice.subscription:
        follows = follower.confirmed_at is not None and follower.ended_at is None
        return str(follower.email) if follows or notice.kind == NoticeKind.CONFIRM_FOLLOW else ""
    owner = notice.adoption or notice.challenge
    return str(owner.email) if owner else ""


@transaction.atomic
def _may_ask(address: str, notice: Notice, now: datetime) -> bool:
    """At most one asking mail an hour and MOST_A_DAY a day to one address; the rest waits, then stays unsent.

    What may be sent is marked as sent under a lock, so that two workers never both find the hour free.
    """
    list(Submitter.objects.select_for_update().filter(email=address).order_by("pk").values_list("pk"))
    to_address = Q(submission__submitter__email=address) | Q(subscription__email=address)
    to_address |= Q(adoption__email=address) | Q(challenge__email=address)
    sent = Notice.objects.filter(to_address, kind__in=ASKING, sent_at__isnull=False).exclude(pk=notice.pk)
    if sent.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        Notice.objects.filter(pk=notice.pk).update(attempts=MOST_ATTEMPTS)
        return False
    last = sent.filter(sent_at__gt=now - PAUSE).order_by("-sent_at").first()
    if last is None:
        Notice.objects.filter(pk=notice.pk).update(sent_at=now)
        return True
    Notice.objects.filter(pk=notice.pk).update(not_before=(last.sent_at or now) + PAUSE)
    return False


def _compose(notice: Notice, address: str, more: Sequence[Notice] = ()) -> EmailMessage:
    """Plain text, in the reader's language. Nobody but this site is ever the sender. more: told in the same mail."""
    with translation.override(language_of(notice)):
        context = {"facts": notice.facts, "site": absolute(""), "kind": notice.kind}
        context |= _CONTEXTS[_subject_of(notice)](notice)
        context["news"] = [notice, *more]
        text = render_to_string(f"consultation/mail/{'gathered' if more else notice.kind}.txt", context)
    subject, _, body = text.strip().partition("\n")
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[address], headers=headers)


def language_of(notice: Notice) -> str:
    """The language of whoever is written to, not of whoever caused the mail."""
    owner = notice.submission or notice.subscription or notice.adoption or notice.challenge
    code = str(owner.language).lower() if owner else ""
    known = dict(settings.LANGUAGES)
    if code in known:
        return code
    return next((name for name in known if name.split("-")[0] == code.split("-")[0]), settings.LANGUAGE_CODE)


def _subject_of(notice: Notice) -> str:
    return next(name for name in _CONTEXTS if getattr(notice, name))


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


def _of_challenge(notice: Notice) -> dict[str, Any]:
    challenge = notice.challenge
    assert challenge is not None  # noqa: S101
    return {
        "challenge": challenge,
        "edition": challenge.declaration.edition,
        "confirm": f"/comments/challenge/{sign_link('challenge', challenge.secret or '')}/",
    }


_CONTEXTS: dict[str, Callable[[Notice], dict[str, Any]]] = {
    "submission": _of_submission,
    "subscription": _of_subscription,
    "adoption": _of_adoption,
    "challenge": _of_challenge,
}
