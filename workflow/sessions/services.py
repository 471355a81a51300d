"""Session records: which belong to a document, and who may write them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.prepared_queries import prepared
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition
from workflow.access.capabilities_beside_transitions import RECORD_SESSIONS, may
from workflow.access.role_holders import roles_of
from workflow.forums.models import Forum
from workflow.sessions.models import Session
from workflow.states import Role
from workflow.transitions.models import Process


def sessions_of(process: Process) -> list[Session]:
    """The sessions that name the document, and those of its forum that name no document at all."""
    return _sessions_at(process.pk, process.page.path if process.page is not None else None)


def _sessions_at(process: int, path: str | None) -> list[Session]:
    """path: of the page of the document, None for none."""
    return _sessions_about(process, (path or "")[: -Page.steplen])


@prepared
def _sessions_about(process: int, forum: str) -> QuerySet[Session]:
    """forum: the path of its page, "" for none."""
    wanted = Q(documents=process) | Q(forums__path=forum, documents=None)
    return Session.objects.filter(wanted).distinct().order_by("starts", "pk")


def sessions_of_series(series: str) -> list[Session]:
    found = _process_of.first(series)
    return _sessions_at(*found) if found else []


@prepared
def _process_of(series: str) -> QuerySet[Process, tuple[int, str | None]]:
    return Process.objects.filter(series=series).order_by("pk").values_list("pk", "page__path")


def public_sessions() -> QuerySet[Any]:
    """Sessions of forums that the public can see, or of a document with a public edition.

    Each with `over`, the instant at which it ends, and `invented`, whether it belongs to the fictitious year.
    """
    published = Edition.objects.public().filter(series=OuterRef("documents__series"))
    seen = Q(forums__live=True) | Q(Exists(published))
    invented = Process.objects.filter(meeting_sessions=OuterRef("pk"), series__startswith=f"BPF-{FICTITIOUS_YEAR}-")
    forum = Forum.objects.filter(page__forum_sessions=OuterRef("pk"), year=FICTITIOUS_YEAR)
    found = Session.objects.annotate(over=Coalesce("ends", "starts"), invented=Exists(invented) | Exists(forum))
    return found.filter(seen).distinct()


def has_minutes(process: Process) -> bool:
    """For the guard minutes_linked."""
    return any(session.has_minutes for session in sessions_of(process))


def may_write(user: Any, session: Session | None) -> bool:
    """The Secretariat, and whoever facilitates or reports for each forum of the session."""
    if Role.SECRETARIAT in roles_of(user, None):
        return True
    forums = list(session.forums.all()) if session and session.pk else []
    return bool(forums) and all(may(user, RECORD_SESSIONS, forum) for forum in forums)


def forums_to_write_for(user: Any) -> list[Page]:
    """The forums for which a person may record a session."""
    pages = Page.objects.filter(role_groups__isnull=False).distinct().order_by("-path")
    return [page for page in pages if may(user, RECORD_SESSIONS, page)]


def suggestion_of(session: Session) -> dict[str, Any]:
    """What a proposal is filled in with that was suggested in a session: for the year after it, from its forum."""
    where = {"session": session.title, "date": f"{session.local_start:%Y-%m-%d}"}
    forums = Forum.objects.shown().filter(page__in=session.forums.all())
    known = forums.order_by("-year").first()
    year = known.year if known and known.year == FICTITIOUS_YEAR else session.local_start.year + 1
    return {"year": year, "proposer": _("Session “%(session)s”, %(date)s") % where, "continues": known}
