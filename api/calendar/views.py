"""`/open-calls.ics`."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from api.calendar import events, icalendar
from api.http import door


@door()
def open_calls(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    summaries = {events.CALL: _("Comment: %s"), events.SESSION: _("Session: %s"), "cancelled": _("Cancelled")}
    body = icalendar.written(events.events(now), _("Open calls for comment"), summaries, _("Fictitious"), now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="open-calls.ics"'
    return response
