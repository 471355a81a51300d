"""Send the notices that wait, each once.

A mail server that is down undoes nothing: the rows wait, and `tick` tries again, later each time.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.addresses import absolute, host
from workflow.notices.models import Notice, NoticePreference
from workflow.notices.services import DIGEST_EVERY
from workflow.notices.wording import OF_THE_SITE, ear_of
from workflow.transitions.models import Process, TransitionLog

logger = logging.getLogger(__name__)

SENDING = timedelta(minutes=15)
"""A mail being sent is nobody else's for this long; longer than any mail server's time limit."""
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=12)
MOST_A_RUN = 200
UNSUBSCRIBE_SALT = "workflow.unsubscribe"


def deliver_after_move(sender: type[Process], process: Process, row: TransitionLog, **kwargs: Any) -> None:
    """Receiver of `moved_for_good`. Sent robustly: what fails here waits for `tick`."""
    if row.told:
        _deliver(Notice.objects.due(timezone.now()).filter(row=row, for_digest=False), timezone.now())


def deliver(now: datetime) -> int:
    """Send what waits; answers how many notices went out. Two runs side by side send nothing twice."""
    sent = _deliver(Notice.objects.due(now).filter(for_digest=False), now)
    owners = Notice.objects.due(now).filter(for_digest=True).order_by().values_list("user", flat=True).distinct()
    return sent + sum(_deliver_digest(user, now) for user in list(owners)[:MOST_A_RUN])


def _deliver(waiting: Any, now: datetime) -> int:
    sent = 0
    for notice in waiting.select_related("user__wagtail_userprofile").order_by("pk")[:MOST_A_RUN]:
        if _claim(Q(pk=notice.pk), now) and _send([notice], notice.subject, notice.body, now):
            sent += 1
    return sent


def _deliver_digest(user_id: int, now: datetime) -> int:
    """One mail with everything that waits for a person, as soon as the oldest of it is a day old."""
    mine = list(
        Notice.objects.filter(user=user_id, for_digest=True, sent_at=None, ready_at__lte=now + DIGEST_EVERY)
        .select_related("user__wagtail_userprofile")
        .order_by("pk")[:MOST_A_RUN]
    )
    claimed = [notice for notice in mine if _claim(Q(pk=notice.pk), now, until=now + DIGEST_EVERY)]
    if not claimed:
        return 0
    with override(ear_of(claimed[0].user)[0]):
        subject = ngettext("BPF Library: %d notice", "BPF Library: %d notices", len(claimed)) % len(claimed)
    body = "\n\n----\n\n".join(f"{notice.subject}\n\n{notice.body}" for notice in claimed)
    return len(claimed) if _send(claimed, subject, body, now) else 0


def _claim(which: Q, now: datetime, *, until: datetime | None = None) -> bool:
    """Whether a waiting notice became ours: one conditional update, so that of two runs one gets it."""
    waiting = Notice.objects.filter(which, sent_at=None, ready_at__lte=until or now)
    return waiting.update(ready_at=now + (SENDING if until is None else DIGEST_EVERY + SENDING)) == 1


def _send(notices: list[Notice], subject: str, body: str, now: datetime) -> bool:
    """Send one mail for these notices, and mark them sent only once the mail server has taken it."""
    first = notices[0]
    keys = [notice.pk for notice in notices]
    # A digest that is sent again with more in it is another mail: under the same id it would be hidden as a double.
    message_key = f"notice-{keys[0]}" if len(keys) == 1 else f"notice-{keys[0]}-to-{keys[-1]}"
    try:
        if first.user is None:
            list_mail(first, message_key=message_key).send()
        else:
            mail(first.user, subject, body, message_key=message_key).send()
    except Exception as error:  # whatever a mail back end raises, the next run tries again
        logger.warning("notice %s was not sent: %s", keys[0], error)
        attempts = first.attempts + 1
        pause = min(FIRST_PAUSE * 2 ** min(attempts, 12), LONGEST_PAUSE)
        Notice.objects.filter(pk__in=keys).update(attempts=attempts, error=str(error)[:300], ready_at=now + pause)
        return False
    Notice.objects.filter(pk__in=keys).update(sent_at=timezone.now(), error="")
    return True


def mail(user: Any, subject: str, body: str, *, message_key: str) -> EmailMessage:
    """A mail to a person, with one-click unsubscription (RFC 8058)."""
    stop = absolute(reverse("workflow:unsubscribe", args=[unsubscribe_token(user)]))
    with override(ear_of(user)[0]):
        footer = _("You are told because you hold a role in the forum. To stop these mails: %s") % stop
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return _mail(user.email, subject, body, footer, headers, message_key)


def list_mail(notice: Notice, *, message_key: str) -> EmailMessage:
    """A mail to a mailing list, which no single reader can stop for all: the list's own link does that for each.

    The List- headers are left to the list: only the program that runs one may write them (RFC 2369).
    """
    with override(OF_THE_SITE[0]):
        footer = _("Sent by the BPF Library to the mailing list of the forum. To leave the list, use its own link.")
        if notice.list_archive:
            footer += "\n" + _("Archive of the list: %s") % notice.list_archive
    return _mail(notice.list_address, notice.subject, notice.body, footer, {}, message_key)


def _mail(
    address: str, subject: str, body: str, footer: str, headers: dict[str, str], message_key: str
) -> EmailMessage:
    """The Message-ID is that of the notice also when it is sent again, by which readers and lists know a double."""
    headers = headers | {"Auto-Submitted": "auto-generated", "Message-ID": f"<{message_key}@{host()}>"}
    return EmailMessage(subject, f"{body}\n\n-- \n{footer}\n", to=[address], headers=headers)


def unsubscribe_token(user: Any) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def unsubscribe(token: str) -> Any:
    """Stop all mail to the person of a token. Raises signing.BadSignature; answers the person, or None if gone."""
    user = reader_of(token)
    if user is not None:
        NoticePreference.objects.update_or_create(user=user, defaults={"mode": NoticePreference.Mode.NONE})
    return user


def reader_of(token: str) -> Any:
    """The person of a token, or None if gone. Raises signing.BadSignature."""
    return get_user_model().objects.filter(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT)).first()
