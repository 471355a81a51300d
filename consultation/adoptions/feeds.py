"""Atom feed of the declarations of voluntary adoption of a document."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.adoptions.models import Adoption
from consultation.edition_lookup import Gone, edition_at, gone
from core.atom import MOST, Entry, atom


@require_safe
def adoptions(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """Declarations of voluntary adoption; a revocation is an update."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    rows = Adoption.objects.public().filter(series=edition.series).select_related("edition").order_by("-number")
    page = f"{edition.address}adoptions/"
    entries = [_of_adoption(page, row) for row in rows.defer("edition__document")[:MOST]]
    return atom(request.path, page, _("Voluntary adoption of %s") % edition.title, entries)


def _of_adoption(page: str, row: Adoption) -> Entry:
    revoked = f"{_('Revoked')}: {row.revoked_at:%Y-%m-%d} {row.revoked_reason}".strip() if row.revoked_at else ""
    words = [f"{row.get_kind_display()}: {row.edition.identifier}", row.statement, row.link, revoked]
    return Entry(
        address=f"{page}#adoption-{row.number}",
        title=row.declarer,
        updated=max(moment for moment in (row.published_at, row.revoked_at) if moment),
        text="\n\n".join(word for word in words if word),
        author=row.declarer,
        language=row.language,
    )
