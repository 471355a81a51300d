"""What is new in the forums and documents that a person follows, since their last visit to each.

Of a forum in which the person holds a role everything is told that the desk shows of it; of others only what the public
history tells (`workflow.history.timeline.public_steps`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from editions.models import Edition
from workflow.access.role_holders import name_of
from workflow.following.models import Followed
from workflow.following.services import forum_pages, is_own
from workflow.forums.models import Forum
from workflow.history.timeline import public_steps
from workflow.states import standing_words
from workflow.transitions.models import Process, TransitionLog

LINES_OF_ONE = 5
"""Of each thing that is followed, on the first page."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a document. said: the words for so many events of this kind, which share a line."""

    at: datetime
    kind: str
    said: Callable[[int], str]
    address: str


NewsSource = Callable[[Sequence[Process], datetime, Any], Mapping[int, Iterable[Event]]]
"""(documents of a person's own forums, since when, the person) to {process id: events that others made}."""
NEWS_SOURCES: dict[str, NewsSource] = {}


def news_source(name: str) -> Callable[[NewsSource], NewsSource]:
    """Register a function that tells what is new in many documents at once. Rooms above add their own."""

    def register(source: NewsSource) -> NewsSource:
        if name in NEWS_SOURCES:
            raise ValueError(f"news source {name!r} is registered twice")
        NEWS_SOURCES[name] = source
        return source

    return register


@dataclass(frozen=True, slots=True)
class Line:
    """at: of the newest event in it. document: its title, "" where the line stands below the document itself."""

    at: datetime
    document: str
    said: str
    address: str


@dataclass(slots=True)
class Thing:
    """Something that is followed. title: "" once the person may not know it any more. lines: newest first, at most
    LINES_OF_ONE; more: how many further ones there are."""

    row: Followed
    title: str
    is_forum: bool
    address: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0


def news_of(user: Any) -> list[Thing]:
    """Everything that a person follows: what has news first, newest first. A dozen queries, whatever its number."""
    rows = list(Followed.objects.filter(user=user).select_related("page"))
    if not rows:
        return []
    look = _Look(user, rows)
    things = [look.thing(row) for row in rows]
    return sorted(things, key=lambda thing: (not thing.lines, -_newest(thing), thing.title.casefold()))


def address_of(user: Any, row: Followed) -> str:
    """Where a thing that the person follows is seen; "" where they may not know of it any more."""
    return _Look(user, [row]).thing(row).address


def _newest(thing: Thing) -> float:
    return thing.lines[0].at.timestamp() if thing.lines else 0.0


class _Look:
    """All that is asked of the database, once for everything that the person follows."""

    def __init__(self, user: Any, rows: Sequence[Followed]) -> None:
        self.user = user
        since = min(row.seen_at for row in rows)
        self.forums = set(forum_pages().filter(pk__in=[row.page_id for row in rows]).values_list("pk", flat=True))
        self.desks = dict(Forum.objects.filter(page__in=self.forums).values_list("page", "pk"))
        below = Q()
        for row in rows:
            below |= Q(page__path__startswith=row.page.path)
        self.processes = list(Process.objects.filter(below).select_related("page").order_by("title"))
        self.own = {process.pk for process in self.processes if process.page and is_own(user, process.page)}
        self.titles = self._public_titles()
        self.events: defaultdict[int, list[Event]] = defaultdict(list)
        self._ask_own([process for process in self.processes if process.pk in self.own], since)
        self._ask_public([process for process in self.processes if process.pk not in self.own], since)

    def _public_titles(self) -> dict[str, Edition]:
        """The newest edition of each document of others, withdrawn ones too: its title is what the public knows."""
        others = [process.series for process in self.processes if process.pk not in self.own]
        found = Edition.objects.filter(series__in=others).only(
            "series", "title", "year", "forum_slug", "document_slug", "number"
        )
        return {edition.series: edition for edition in found.order_by("series", "number")}

    def _ask_own(self, processes: Sequence[Process], since: datetime) -> None:
        if not processes:
            return
        for process_id, events in chain.from_iterable(
            source(processes, since, self.user).items() for source in NEWS_SOURCES.values()
        ):
            self.events[process_id] += events

    def _ask_public(self, processes: Sequence[Process], since: datetime) -> None:
        steps = public_steps([process.series for process in processes]) if processes else {}
        for process in processes:
            edition = self.titles.get(process.series)
            if edition is None:
                continue
            for number, step in enumerate(steps.get(process.series, [])):
                if step.at > since:
                    said = _("New edition") if step.source == step.target else str(standing_words(step.target))
                    self.events[process.pk].append(
                        Event(step.at, f"step {number}", partial(_one, said), edition.address)
                    )

    def title_of(self, process: Process) -> str:
        if process.pk in self.own:
            return process.title
        edition = self.titles.get(process.series)
        return edition.title if edition else ""

    def thing(self, row: Followed) -> Thing:
        page, is_forum = row.page, row.page_id in self.forums
        inside = [process for process in self.processes if process.page and process.page.path.startswith(page.path)]
        lines = sorted(
            (line for process in inside for line in self._lines(process, row, is_forum)),
            key=lambda line: line.at, reverse=True,
        )  # fmt: skip
        title, address = self._named(page, is_forum, inside)
        if not title:
            lines = []
        return Thing(row, title, is_forum, address, lines[:LINES_OF_ONE], max(0, len(lines) - LINES_OF_ONE))

    def _named(self, page: Page, is_forum: bool, inside: Sequence[Process]) -> tuple[str, str]:
        """(title, address), both "" where the person may not know of it any more."""
        if is_forum:
            if is_own(self.user, page):
                return page.title, _own_forum(page, self.desks.get(page.pk))
            return (page.title, page.get_url() or "") if page.live else ("", "")
        process = next((process for process in inside if process.page_id == page.pk), None)
        if process is None:
            return "", ""
        if process.pk in self.own:
            return process.title, reverse("workflow_admin:history", args=[page.pk])
        edition = self.titles.get(process.series)
        return (edition.title, edition.address) if edition else ("", "")

    def _lines(self, process: Process, row: Followed, is_forum: bool) -> Iterable[Line]:
        alike: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.events[process.pk]:
            if event.at > row.seen_at:
                alike[event.kind].append(event)
        for events in alike.values():
            newest = max(events, key=lambda event: event.at)
            document = self.title_of(process) if is_forum else ""
            yield Line(newest.at, document, newest.said(len(events)), newest.address)


def _own_forum(page: Page, desk: int | None) -> str:
    if desk is None:
        return reverse("wagtailadmin_explore", args=[page.pk])
    return reverse("workflow_admin:forum", args=[desk])


def _one(said: str, count: int) -> str:
    return said


@news_source("moves")
def _moves(processes: Sequence[Process], since: datetime, user: Any) -> dict[int, list[Event]]:
    found: defaultdict[int, list[Event]] = defaultdict(list)
    pages = {process.pk: process.page_id for process in processes}
    rows = TransitionLog.objects.filter(process__in=pages, at__gt=since).exclude(by=user)
    for row in rows.only("process_id", "ordinal", "name", "target", "at", "by_name"):
        said = _("%(step)s: %(state)s") % {"step": row.label, "state": row.target_label}
        address = reverse("workflow_admin:history", args=[pages[row.process_id]])
        found[row.process_id].append(Event(row.at, f"move {row.ordinal}", partial(_one, said), address))
    return found


@news_source("edits")
def _edits(processes: Sequence[Process], since: datetime, user: Any) -> dict[int, list[Event]]:
    """One line a person, however often they saved."""
    found: defaultdict[int, list[Event]] = defaultdict(list)
    pages = {str(process.page_id): process.pk for process in processes}
    rows = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=pages, created_at__gt=since
    ).exclude(user=user)
    saved = list(rows.values_list("object_id", "user", "created_at"))
    people = get_user_model()._default_manager.in_bulk({person for _page, person, _at in saved if person})
    for page_id, person, at in saved:
        who = name_of(people[person]) if person in people else ""
        address = reverse("wagtailadmin_pages:edit", args=[page_id])
        found[pages[page_id]].append(Event(at, f"saved by {person}", partial(_saved, who), address))
    return found


def _saved(person: str, count: int) -> str:
    if not person:  # a program, or an account that was erased
        return ngettext("The text was saved (%d time).", "The text was saved (%d times).", count) % count
    said = ngettext(
        "%(person)s saved the text (%(count)d time).", "%(person)s saved the text (%(count)d times).", count
    )
    return said % {"person": person, "count": count}
