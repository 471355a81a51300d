"""Takes the note that a result was opened."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from gate.forms.public_forms import button
from search.query_log import services as query_log


@button("opened result")  # counts a number up; nothing of a session is touched
@require_POST
def opened(request: HttpRequest) -> HttpResponse:
    """A result was opened. Says nothing back, whatever was sent."""
    rank = request.POST.get("rank", "")
    if rank.isascii() and rank.isdecimal() and len(rank) < 6:
        query_log.note_opened(request.POST.get("q", ""), int(rank))
    return HttpResponse(status=204)
