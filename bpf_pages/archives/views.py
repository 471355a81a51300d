"""`/library/<year>/archive.zip`: built by the worker, served whole or in part, never with a withdrawn text in it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.utils.translation import gettext as _

from api.http import door, problem
from bpf_pages.archives.models import YearArchive
from bpf_pages.archives.services import is_there, pieces, state_of
from core.http.ranged_answers import ranged

RETRY_AFTER = 120  # seconds: two ticks and the time that a year takes to print


@door()
def year_archive(request: HttpRequest, year: int) -> HttpResponseBase:
    state = state_of(year)
    if not state:
        raise Http404
    row = YearArchive.objects.filter(year=year, contents=state).first()
    if row is None or not is_there(row):
        response = problem(503, _("This file is being built. Come back in two minutes."))
        response["Retry-After"] = str(RETRY_AFTER)
        response["Cache-Control"] = "no-store"
        return response
    answer = ranged(
        request,
        sha256=row.sha256,
        size=row.size,
        kind="application/zip",
        bytes_of=lambda first, last: pieces(row, first, last),
    )
    answer["Content-Disposition"] = f'attachment; filename="bpf-{year}.zip"'
    answer["Cache-Control"] = "public, no-cache"  # asked for anew each time: a withdrawal holds at once
    answer["Last-Modified"] = http_date(row.built_at.timestamp())
    return answer
