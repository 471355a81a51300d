"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from api.calendar.models import CalendarEvent
from api.usage.models import UsageCount

__all__ = [
    "CalendarEvent",
    "UsageCount",
]
