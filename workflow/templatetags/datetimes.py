"""What templates/components/moment.html and mails say of an instant."""

from datetime import datetime

from django import template

from core.datetimes import for_programs, in_own_time, in_utc

register = template.Library()
register.filter("for_programs", for_programs)
register.filter("in_utc", in_utc)
register.filter("in_own_time", in_own_time)


@register.filter
def from_iso(text: str) -> datetime:
    return datetime.fromisoformat(text)
