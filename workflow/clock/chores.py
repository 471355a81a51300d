"""What the library does by itself on dates that people set. Every chore may run twice, late, and beside another run."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mail.models import Message
from mail.outbox import was_told
from workflow.access import grants
from workflow.access.models import RoleGrant
from workflow.access.role_holders import name_of
from workflow.deletion import recycle_bin
from workflow.deletion.models import RecycledDraft
from workflow.notices import services as notices
from workflow.states import TRANSITIONS, State
from workflow.transitions.due_dates import REMIND_BEFORE
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, blockers, perform


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Something the clock is going to do. when: the moment it falls due; hindrance: why it will not, or "".

    page_id: of the document it concerns, or of the forum above a deleted one; None for what concerns no document.
    """

    when: datetime
    what: str
    address: str = ""
    hindrance: str = ""
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chore:
    """does: acts on what is due at a moment, answers how often. foresees: what it would do in [now, until]."""

    name: str
    does: Callable[[datetime], int]
    foresees: Callable[[datetime, datetime], Iterable[Upcoming]]


def act(now: datetime) -> int:
    """Do what is due. Answers how many things were done; a second run at the same moment does nothing."""
    return sum(chore.does(now) for chore in CHORES)


def upcoming(now: datetime, until: datetime) -> list[Upcoming]:
    """What the clock will do up to `until`, overdue things included, in order. Writes nothing."""
    found = [item for chore in CHORES for item in chore.foresees(now, until)]
    return sorted(found, key=lambda item: item.when)


# --- closing comment ----------------------------------------------------------------------------------------------


def _to_close(until: datetime) -> Iterator[Process]:
    yield from Process.objects.filter(state=State.COMMENT, due_at__lte=until).select_related("page").order_by("due_at")


def _close_comment(now: datetime) -> int:
    done = 0
    for process in _to_close(now):
        try:
            perform(process, "close_comment", None, seen=process.moves, at=now, data={"due": process.due_at})
            done += 1
        except Refused:
            continue  # extended meanwhile, or moved by a person: the next due date or nothing
    return done


def _foresee_closing(now: datetime, until: datetime) -> Iterator[Upcoming]:
    for process in _to_close(until):
        moment = max(now, process.due_at) if process.due_at else now
        unmet = blockers(process, TRANSITIONS["close_comment"], None, at=moment)
        what = _("Close public comment on “%s”") % process.title
        hindrance = "; ".join(item.message for item in unmet)
        yield Upcoming(process.due_at or now, what, notices.edit_path(process), hindrance, process.page_id)


# --- ending grants ------------------------------------------------------------------------------------------------


def _foresee_grants(now: datetime, until: datetime) -> Iterator[Upcoming]:
    for row in RoleGrant.objects.ending_by(until).select_related("role_group__group", "user"):
        name = name_of(row.user)
        yield Upcoming(
            row.until or now, _("Take %(name)s out of “%(group)s”") % {"name": name, "group": row.role_group.group.name}
        )


# --- reminding ----------------------------------------------------------------------------------------------------


def _remind(now: datetime) -> int:
    soon = Process.objects.unsettled().filter(due_at__gt=now, due_at__lte=now + REMIND_BEFORE)
    late = Process.objects.unsettled().filter(due_at__lte=now)
    return sum(notices.remind("due_soon", process, now) for process in soon) + sum(
        notices.remind("overdue", process, now) for process in late
    )


def _foresee_reminders(now: datetime, until: datetime) -> Iterator[Upcoming]:
    for process in Process.objects.unsettled().filter(due_at__lte=until + REMIND_BEFORE).order_by("due_at"):
        for event, moment in (("due_soon", process.due_at - REMIND_BEFORE), ("overdue", process.due_at)):
            if moment <= until and not was_told(notices.reminder_key(event, process)):
                people = notices.recipients(event, process, actor=None)
                what = _("Remind %(count)d people of “%(title)s”") % {"count": len(people), "title": process.title}
                if people and (event == "overdue" or process.due_at > now):
                    yield Upcoming(moment, what, notices.edit_path(process), page_id=process.page_id)


# --- sending ------------------------------------------------------------------------------------------------------


def _foresee_mail(now: datetime, until: datetime) -> Iterator[Upcoming]:
    waiting = Message.objects.due(until)
    if count := waiting.count():
        first = waiting.order_by("ready_at").values_list("ready_at", flat=True)[0]
        yield Upcoming(first or now, _("Send %d waiting notices") % count)


# --- emptying the recycle bin -------------------------------------------------------------------------------------


def _foresee_removals(now: datetime, until: datetime) -> Iterator[Upcoming]:
    for row in RecycledDraft.objects.lying().defer("content", "document"):
        if (moment := recycle_bin.removal_at(row)) <= until:
            what = _("Remove “%s” from the recycle bin for good") % row
            yield Upcoming(moment, what, reverse("workflow_admin:recycled_draft", args=[row.pk]), page_id=row.forum_id)


CHORES: list[Chore] = [
    Chore("close comment", _close_comment, _foresee_closing),
    Chore("end grants", grants.expire, _foresee_grants),
    Chore("remind", _remind, _foresee_reminders),
    Chore("empty the recycle bin", recycle_bin.expire, _foresee_removals),
    # Sent by a chore of the whole site, so that no failure here keeps the mail of other rooms back.
    Chore("send mail", lambda now: 0, _foresee_mail),
]
