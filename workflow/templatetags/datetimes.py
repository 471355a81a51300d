"""What templates/components/moment.html says of an instant."""

from django import template

from core.datetimes import for_programs, in_own_time, in_utc

register = template.Library()
register.filter("for_programs", for_programs)
register.filter("in_utc", in_utc)
register.filter("in_own_time", in_own_time)
