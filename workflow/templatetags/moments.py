"""What templates/components/moment.html says of an instant."""

from django import template

from core.datetimes import in_own_time, in_utc

register = template.Library()
register.filter("in_utc", in_utc)
register.filter("in_own_time", in_own_time)
