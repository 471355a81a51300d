"""Annual meetings, their sessions, and the library in numbers, as answers."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Prefetch, Q
from django.http import Http404
from wagtail.models import Page

from api.v1 import response_types
from api.v1.catalogue import selected
from api.v1.pagination import Rows, cut, page_of
from api.v1.parameters import Asked
from api.v1.serializers import here, instant, meeting_of
from consultation.reports.library_documents import by_theme, by_year, left_open, public_documents
from consultation.reports.library_tallies import tallies
from core.http.site_urls import absolute
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition
from workflow.sessions.models import Session
from workflow.sessions.services import public_sessions
from workflow.transitions.models import Process

# --- meetings -----------------------------------------------------------------------------------------------------


def meetings(asked: Asked) -> Rows:
    found = selected(Edition.objects.current(), asked.values).order_by()
    counted = {year: facts for year, *facts in _counted(found)}
    page = cut(list(counted), asked, int)
    editions = Edition.objects.defer("document").in_bulk([counted[year][0] for year in page.items])
    items = [meeting_row(editions[counted[year][0]], *counted[year][1:]) for year in page.items]
    return Rows(page.total, items, page.next)


def meeting(asked: Asked) -> response_types.Meeting:
    """Raises Http404: a meeting of which nothing is public is not known here."""
    row = next(iter(_counted(Edition.objects.current().filter(year=asked.place["year"]).order_by())), None)
    if row is None:
        raise Http404
    _year, newest, *counts = row
    return meeting_row(Edition.objects.defer("document").get(pk=newest), *counts)


def _counted(found: Any) -> Any:
    """(year, newest edition, documents, forums) of each year."""
    return found.values_list("year").annotate(Max("pk"), Count("pk"), Count("forum_slug", distinct=True))


def meeting_row(edition: Edition, documents: int, forums: int) -> response_types.Meeting:
    year = edition.year
    return {
        **meeting_of(edition),
        "fictitious": year == FICTITIOUS_YEAR,
        "documents": documents,
        "forums": forums,
        "links": {
            "self": here(f"meetings/{year}"),
            "page": absolute(f"/library/{year}/"),
            "documents": here(f"documents?year={year}"),
            "forums": here(f"forums?year={year}"),
            "sessions": here(f"sessions?year={year}"),
            "feed": absolute(f"/feeds/{year}.atom"),
        },
    }


# --- sessions -----------------------------------------------------------------------------------------------------


def sessions(asked: Asked) -> Rows:
    """What stands on the page of each session. By year: of its forums, and of the documents that it discussed."""
    found = public_sessions().prefetch_related(
        "panel",
        Prefetch("forums", queryset=Page.objects.live().order_by("path"), to_attr="shown_forums"),
        Prefetch("documents", queryset=Process.objects.order_by("series"), to_attr="discussed"),
    )
    year = asked.values["year"]
    if year is None:
        found = found.exclude(invented=True)
    else:
        of_documents = Q(documents__series__startswith=f"BPF-{year:04d}-")
        found = found.filter(Q(forums__url_path__contains=f"/library/{year:04d}/") | of_documents).distinct()
    return page_of(found, asked, "pk", _session_rows)


def _session_rows(rows: Sequence[Session]) -> list[response_types.Session]:
    named = {process.series for row in rows for process in row.discussed}  # type: ignore[attr-defined]
    public = set(Edition.objects.current().filter(series__in=named).values_list("series", flat=True))
    return [session_row(row, public) for row in rows]


def session_row(row: Any, public: set[str]) -> response_types.Session:
    """public: documents of which an edition can be read."""
    return {
        "number": row.pk,
        "title": row.title,
        "starts": instant(row.starts),
        "ends": instant(row.ends) if row.ends else None,
        "time_zone": row.time_zone,
        "place": row.place,
        "remote_link": row.remote_link,
        "forums": [{"year": _year_of(page), "slug": page.slug, "title": page.title} for page in row.shown_forums],
        "documents": [process.series for process in row.discussed if process.series in public],
        "rapporteur": row.rapporteur,
        "panel": [
            {"name": person.name, "role": person.role, "organisation": person.organisation}
            for person in row.panel.all()
        ],
        "attendance": row.attendance,
        "has_minutes": row.has_minutes,
        "recording": row.recording,
        "captions": row.captions,
        "fictitious": row.invented,
        "page": absolute(f"/sessions/{row.pk}/"),
    }


def _year_of(forum: Page) -> int:
    """A forum stands below its year."""
    return int(forum.url_path.split("/")[-3])


# --- statistics ---------------------------------------------------------------------------------------------------


def statistics(asked: Asked) -> response_types.Statistics:
    """The numbers of the page `/statistics/`, by the same functions."""
    fictitious = asked.values["fictitious"] == "yes"
    documents, names = public_documents(fictitious)
    public = Edition.objects.public()
    given = tallies(public if fictitious else public.real())
    return {
        "documents": [
            {"year": year, "standing": standing, "count": count}
            for (year, standing), count in sorted(by_year(documents).items())
        ],
        "themes": [
            {"theme": slug, "label": names.get(slug, ""), "year": year, "count": count}
            for (slug, year), count in sorted(by_theme(documents).items())
        ],
        "left_open": [
            {"theme": slug, "label": names.get(slug, ""), "part": part, "count": count}  # type: ignore[typeddict-item]
            for (slug, part), count in sorted(left_open(documents).items())
        ],
        "comments": [
            {
                "year": each.year,
                "group": each.group,
                "region": each.region,
                "language": each.language,
                "outcome": each.outcome,
                "count": each.count,
            }
            for each in sorted(given, key=lambda each: (each.year, each.group, each.region, each.language))
        ],
    }
