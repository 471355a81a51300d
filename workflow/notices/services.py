"""Who is told of what: rows written in the transaction of what happened, sent after commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.http.site_urls import absolute
from editions.document.metadata import FICTITIOUS_YEAR
from mail import outbox
from mail.models import Preference
from workflow.access.role_holders import name_of
from workflow.forums.documents import forum_of
from workflow.forums.models import Forum
from workflow.notices.occasions import ABOUT, EVENTS, Event
from workflow.states import PEOPLE, TRANSITIONS, Role, State
from workflow.transitions.guards import Attempt
from workflow.transitions.models import Process, TransitionLog

# --- who ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event will be told to. people: in these roles; lists: addresses of mailing lists, in order.

    silent: a sentence for each list that the forum has and that is not written to.
    """

    people: list[Any]
    roles: list[str]
    lists: list[str]
    silent: list[str]


def audience(event: str, processes: Iterable[Process], *, actor: Any) -> Audience:
    """What the confirm page of a step with these documents shows: exactly those to whom it will write."""
    people: dict[Any, None] = {}
    lists: set[str] = set()
    silent: set[str] = set()
    for process in _one_a_forum(processes):
        people |= dict.fromkeys(recipients(event, process, actor=actor))
        forum = forum_of(process)
        if forum is None or not forum.mailing_list:
            continue
        if why := _silence(EVENTS[event], process, forum):
            facts = {"address": forum.mailing_list, "why": why}
            silent.add(_("The list %(address)s is not written to: %(why)s") % facts)
        else:
            lists.add(forum.mailing_list)
    return Audience(list(people), EVENTS[event].role_labels, sorted(lists), sorted(silent))


def _one_a_forum(processes: Iterable[Process]) -> Iterable[Process]:
    """All documents of a forum are told to the same people and to the same list."""
    return {process.page.path[: -Page.steplen]: process for process in processes if process.page}.values()


def recipients(event: str, process: Process, *, actor: Any) -> list[Any]:
    """The people an event is told to, by name: active, with an address, not the one who acted, and not unsubscribed."""
    return _reachable(_in_roles(process, EVENTS[event].roles), actor)


def people_of(process: Process) -> list[Any]:
    """Everybody who works on a document: the active people of its forum and the Secretariat, by name."""
    people = _in_roles(process, PEOPLE)
    return sorted(people, key=lambda user: (name_of(user), user.pk))


def _in_roles(process: Process, roles: Iterable[str]) -> QuerySet[Any]:
    path = process.page.path if process.page else ""
    above = [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]
    here = Q(groups__workflow_role__page=None) | Q(groups__workflow_role__page__path__in=above)
    people = get_user_model().objects.filter(here, groups__workflow_role__role__in=roles, is_active=True)
    return people.distinct().select_related("wagtail_userprofile")


def _reachable(people: QuerySet[Any], actor: Any) -> list[Any]:
    """Those of them who have an address and want mail, without the one who acted; by name."""
    people = people.exclude(email="").exclude(mail_preference__mode=Preference.Mode.NONE)
    if actor is not None:
        people = people.exclude(pk=actor.pk)
    return sorted(people, key=lambda user: (name_of(user), user.pk))


def _silence(event: Event, process: Process, forum: Forum) -> str:
    """Why the mailing list of a forum is not told of an event, or "" if it is."""
    if event.list_words is None:
        return _("this step is told to people in roles only.")
    if forum.year == FICTITIOUS_YEAR or process.series.startswith(f"BPF-{FICTITIOUS_YEAR}-"):
        return _("the forum is fictitious.")
    try:
        validate_email(forum.mailing_list)
    except ValidationError:
        return _("the address is not one to which mail can be sent.")
    return ""


# --- write --------------------------------------------------------------------------------------------------------


def write_for_move(
    sender: type[Process], process: Process, row: TransitionLog, attempt: Attempt, **kwargs: Any
) -> None:
    """Receiver of `moved`, in its transaction: the notices of a move stand or fall with it."""
    facts = {
        **{name: attempt.data.get(name) for name in attempt.move.asks},
        "step": TRANSITIONS[row.name].label,
        "role": Role(row.role).label,
        "reason": row.reason,
    }
    row.told = tell(row.name, _move_key(row), process, row.at, facts, actor=attempt.user)
    row.told += _tell_list(process, facts, row)


def deliver_after_move(sender: type[Process], process: Process, row: TransitionLog, **kwargs: Any) -> None:
    """Receiver of `moved_for_good`. Sent robustly: what fails here waits for `tick`."""
    if row.told:
        outbox.send_soon(_move_key(row))


def _move_key(row: TransitionLog) -> str:
    return f"move:{row.pk}"


def remind(event: str, process: Process, now: datetime) -> int:
    """Write the reminder of a due date, once for each date. Answers how many people are told."""
    key = reminder_key(event, process)
    return 0 if outbox.was_told(key) else tell(event, key, process, now, {})


def reminder_key(event: str, process: Process) -> str:
    return f"{event}:{process.pk}:{process.due_at.isoformat() if process.due_at else ''}"


def tell(event: str, key: str, process: Process, now: datetime, facts: Mapping[str, Any], *, actor: Any = None) -> int:
    """Write to the people an event is told to. Answers how many."""
    declared = EVENTS[event]
    values = _values(declared, process, {**facts, "address": absolute(edit_path(process))})
    people = recipients(event, process, actor=actor)
    return outbox.write_to_people(declared, key, now, people, values, about=about(process))


def tell_people(
    event: str,
    key: str,
    process: Process,
    now: datetime,
    facts: Mapping[str, Any],
    people: Iterable[Any],
    *,
    path: str,
    actor: Any,
) -> int:
    """The same to these people of the forum and to nobody else. path: where it is to be read. Answers how many."""
    declared = EVENTS[event]
    chosen = _in_roles(process, declared.roles).filter(pk__in=[user.pk for user in people])
    values = _values(declared, process, {**facts, "address": absolute(path)})
    return outbox.write_to_people(declared, key, now, _reachable(chosen, actor), values, about=about(process))


def _tell_list(process: Process, facts: Mapping[str, Any], row: TransitionLog) -> int:
    """Write to the forum's mailing list, where the table says so. The list reads the public address."""
    event = EVENTS[row.name]
    forum = forum_of(process) if event.list_words else None
    if forum is None or not forum.mailing_list or _silence(event, process, forum):
        return 0  # before any words are looked up: most forums have no list
    address = absolute(row.edition.reading_address if row.edition else "/library/")
    values = _values(event, process, {**facts, "address": address})
    to = {"address": forum.mailing_list, "archive": forum.list_archive, "about": about(process)}
    return outbox.write_to_list(event, _move_key(row), row.at, values, **to)


def about(process: Process) -> str:
    """How a mail names the document it is about."""
    return f"{ABOUT}{process.pk}"


def _values(event: Event, process: Process, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Each place of an event with what stands in it; "" where there is nothing to say."""
    known = {
        "title": process.title,
        "identifier": process.series,
        "state": State(process.state).label,
        "due": process.due_at,
    }
    return dict.fromkeys(event.places, "") | known | dict(facts)


def edit_path(process: Process) -> str:
    return reverse("wagtailadmin_pages:edit", args=[process.page_id]) if process.page_id else "/"
