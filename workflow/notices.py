"""Who is told of what, in which words: a table, rows written in the move's transaction, mail after commit.

A mail server that is down undoes nothing: the rows wait, and `tick` tries again, later each time.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import Template
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from editions.addresses import absolute, host
from workflow.guards import Attempt
from workflow.models import Notice, NoticePreference, NoticeWording, Process, TransitionLog
from workflow.roles import name_of
from workflow.states import FORUM_ROLES, TRANSITIONS, Role, Text

logger = logging.getLogger(__name__)

SENDING = timedelta(minutes=15)
"""A mail being sent is nobody else's for this long; longer than any mail server's time limit."""
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=12)
DIGEST_EVERY = timedelta(hours=24)
MOST_A_RUN = 200
UNSUBSCRIBE_SALT = "workflow.unsubscribe"


@dataclass(frozen=True, slots=True)
class Event:
    """roles: who is told, in the document's forum; the Secretariat everywhere. subject, body: the words as shipped.

    The words may use $title, $identifier, $state, $step, $role, $reason, $due and $address. more: further places of the
    event.
    """

    name: str
    label: Text
    roles: frozenset[Role]
    subject: Text
    body: Text
    more: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        return PLACES + self.more


PLACES = ("title", "identifier", "state", "step", "role", "reason", "due", "address")

_FORUM = frozenset(FORUM_ROLES)
_LEADING = frozenset({Role.FACILITATOR, Role.LEAD_EXPERT})
_ALL = _FORUM | {Role.SECRETARIAT}

_TOLD = {
    "open_comment": _FORUM,
    "close_comment": _FORUM,
    "present": _FORUM,
    "incorporate": _FORUM,
    "adopt": _ALL,
    "return_to_draft": _FORUM,
    "revise": _FORUM,
    "correct": _ALL,
    "record": _LEADING,
    "withdraw": _ALL,
    "reinstate": _FORUM,
}

_MOVE_SUBJECT = gettext_lazy("$title: $step")
_MOVE_BODY = gettext_lazy(
    "“$title” ($identifier) is now at “$state”.\n\nStep: $step, taken as $role.\nReason: $reason\n\n$address"
)

EVENTS: dict[str, Event] = {
    name: Event(name, move.label, _TOLD[name], _MOVE_SUBJECT, _MOVE_BODY) for name, move in TRANSITIONS.items()
} | {
    "due_soon": Event(
        "due_soon",
        gettext_lazy("A due date comes near"),
        _FORUM,
        gettext_lazy("$title: due $due"),
        gettext_lazy("“$title” ($identifier) is at “$state” and should move on by $due.\n\n$address"),
    ),
    "overdue": Event(
        "overdue",
        gettext_lazy("A due date has passed"),
        _LEADING | {Role.SECRETARIAT},
        gettext_lazy("$title: overdue since $due"),
        gettext_lazy("“$title” ($identifier) is still at “$state”; it should have moved on by $due.\n\n$address"),
    ),
}


# --- who ----------------------------------------------------------------------------------------------------------


def recipients(event: str, process: Process, *, actor: Any) -> list[Any]:
    """The people an event is told to, by name: active, with an address, not the one who acted, and not unsubscribed."""
    path = process.page.path if process.page else ""
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    here = Q(groups__workflow_role__page=None) | Q(groups__workflow_role__page__path__in=above)
    people = get_user_model().objects.filter(here, groups__workflow_role__role__in=EVENTS[event].roles, is_active=True)
    people = people.exclude(email="").distinct()
    people = people.exclude(notice_preference__mode=NoticePreference.Mode.NONE)
    if actor is not None:
        people = people.exclude(pk=actor.pk)
    return sorted(people, key=lambda user: (name_of(user), user.pk))


# --- write --------------------------------------------------------------------------------------------------------


def write_for_move(
    sender: type[Process], process: Process, row: TransitionLog, attempt: Attempt, **kwargs: Any
) -> None:
    """Receiver of `moved`, in its transaction: the notices of a move stand or fall with it."""
    facts = {"step": row.label, "role": str(Role(row.role).label), "reason": row.reason or _("none given")}
    row.told = _write(row.name, f"move:{row.pk}", process, row.at, facts, row=row, actor=attempt.user)


def remind(event: str, process: Process, now: datetime) -> int:
    """Write the reminder of a due date, once for each date. Answers how many people are told."""
    key = reminder_key(event, process)
    if was_told(key):
        return 0
    return _write(event, key, process, now, {})


def reminder_key(event: str, process: Process) -> str:
    return f"{event}:{process.pk}:{process.due_at.isoformat() if process.due_at else ''}"


def was_told(key: str) -> bool:
    return Notice.objects.filter(key=key).exists()


def tell(event: str, key: str, process: Process, now: datetime, facts: dict[str, str]) -> int:
    """Write the notices of an event that a room above added to EVENTS. Answers how many people are told."""
    return _write(event, key, process, now, facts)


def _write(
    event: str,
    key: str,
    process: Process,
    now: datetime,
    facts: dict[str, str],
    *,
    row: TransitionLog | None = None,
    actor: Any = None,
) -> int:
    people = recipients(event, process, actor=actor)
    if not people:
        return 0
    daily = set(
        NoticePreference.objects.filter(user__in=people, mode=NoticePreference.Mode.DAILY).values_list(
            "user", flat=True
        )
    )
    subject, body = words(event, process, facts)
    notices = [
        Notice(
            key=key,
            event=event,
            user=user,
            process=process,
            row=row,
            subject=subject,
            body=body,
            for_digest=user.pk in daily,
            created_at=now,
            ready_at=now + DIGEST_EVERY if user.pk in daily else now,
        )
        for user in people
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def words(event: str, process: Process, facts: dict[str, str]) -> tuple[str, str]:
    """(subject, body) of an event. The subject is one line: no value can begin another mail header."""
    wording = NoticeWording.objects.filter(event=event).first()
    shipped = EVENTS[event]
    values = dict.fromkeys(shipped.places, "") | {
        "title": process.title,
        "identifier": process.series,
        "state": process.get_state_display(),
        "due": f"{date_format(timezone.localtime(process.due_at), 'DATETIME_FORMAT')} UTC" if process.due_at else "",
        "address": absolute(edit_path(process)),
    }
    values |= facts
    subject = Template(wording.subject if wording else str(shipped.subject)).safe_substitute(values)
    body = Template(wording.body if wording else str(shipped.body)).safe_substitute(values)
    return " ".join(subject.split())[:300], body


def edit_path(process: Process) -> str:
    return reverse("wagtailadmin_pages:edit", args=[process.page_id]) if process.page_id else "/"


# --- send ---------------------------------------------------------------------------------------------------------


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
    for notice in waiting.select_related("user").order_by("pk")[:MOST_A_RUN]:
        if _claim(Q(pk=notice.pk), now) and _send([notice], notice.subject, notice.body, now):
            sent += 1
    return sent


def _deliver_digest(user_id: int, now: datetime) -> int:
    """One mail with everything that waits for a person, as soon as the oldest of it is a day old."""
    mine = list(
        Notice.objects.filter(user=user_id, for_digest=True, sent_at=None, ready_at__lte=now + DIGEST_EVERY)
        .select_related("user")
        .order_by("pk")[:MOST_A_RUN]
    )
    claimed = [notice for notice in mine if _claim(Q(pk=notice.pk), now, until=now + DIGEST_EVERY)]
    if not claimed:
        return 0
    subject = _("BPF Library: %d notices") % len(claimed)
    body = "\n\n----\n\n".join(f"{notice.subject}\n\n{notice.body}" for notice in claimed)
    return len(claimed) if _send(claimed, subject, body, now) else 0


def _claim(which: Q, now: datetime, *, until: datetime | None = None) -> bool:
    """Whether a waiting notice became ours: one conditional update, so that of two runs one gets it."""
    waiting = Notice.objects.filter(which, sent_at=None, ready_at__lte=until or now)
    return waiting.update(ready_at=now + (SENDING if until is None else DIGEST_EVERY + SENDING)) == 1


def _send(notices: list[Notice], subject: str, body: str, now: datetime) -> bool:
    """Send one mail for these notices, and mark them sent only once the mail server has taken it."""
    user = notices[0].user
    keys = [notice.pk for notice in notices]
    # A digest that is sent again with more in it is another mail: under the same id it would be hidden as a double.
    named = f"{keys[0]}" if len(keys) == 1 else f"{keys[0]}-to-{keys[-1]}"
    try:
        mail(user, subject, body, message_key=f"notice-{named}").send()
    except Exception as error:  # whatever a mail back end raises, the next run tries again
        logger.warning("notice %s was not sent: %s", keys[0], error)
        attempts = notices[0].attempts + 1
        pause = min(FIRST_PAUSE * 2 ** min(attempts, 12), LONGEST_PAUSE)
        Notice.objects.filter(pk__in=keys).update(attempts=attempts, error=str(error)[:300], ready_at=now + pause)
        return False
    Notice.objects.filter(pk__in=keys).update(sent_at=timezone.now(), error="")
    return True


def mail(user: Any, subject: str, body: str, *, message_key: str) -> EmailMessage:
    """A mail with one-click unsubscription (RFC 8058). Its Message-ID is that of the notice also when sent again."""
    stop = absolute(reverse("workflow:unsubscribe", args=[unsubscribe_token(user)]))
    footer = _("You are told because you hold a role in the forum. To stop these mails: %s") % stop
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{message_key}@{host()}>",
    }
    return EmailMessage(subject, f"{body}\n\n-- \n{footer}\n", to=[user.email], headers=headers)


def unsubscribe_token(user: Any) -> str:
    return signing.dumps(user.pk, salt=UNSUBSCRIBE_SALT)


def unsubscribe(token: str) -> Any:
    """Stop all mail to the person of a token. Raises signing.BadSignature; answers the person, or None if gone."""
    user = get_user_model().objects.filter(pk=signing.loads(token, salt=UNSUBSCRIBE_SALT)).first()
    if user is not None:
        NoticePreference.objects.update_or_create(user=user, defaults={"mode": NoticePreference.Mode.NONE})
    return user
