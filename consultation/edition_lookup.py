"""Find the edition that a public address of a consultation names, and what its views share."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.languages.template_tags import tongue
from editions.models import Edition


class Gone(Exception):
    """The document was withdrawn. `edition` is its last one."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.identifier)
        self.edition = edition


def edition_at(year: int, forum: str, document: str) -> Edition:
    """The newest public edition of a document. Raises Http404, and Gone for a withdrawn one."""
    editions = Edition.objects.at(year, forum, document).defer("document")
    found = editions.current().first()
    if found is not None:
        return found
    last = editions.order_by("-number").first()
    if last is None:
        raise Http404
    raise Gone(last)


def gone(request: HttpRequest, error: Gone) -> HttpResponse:
    return render(request, "consultation/periods/withdrawn.html", {"edition": error.edition}, status=410)


def private(response: HttpResponse) -> HttpResponse:
    """A page that belongs to one person: in no cache, in no index, and its address goes to nobody."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def trail(edition: Edition, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumb down to a document and what stands below it."""
    forum = edition.metadata.get("forum", {}).get("title") or edition.forum_slug
    return [
        (_("Home"), "/"),
        (_("Library"), "/library/"),
        (str(edition.year), f"/library/{edition.year}/"),
        (tongue(forum), f"/library/{edition.year}/{edition.forum_slug}/"),
        (tongue(edition.title, edition.language), edition.address),
        *more,
    ]
