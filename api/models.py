"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from api.calendar.models import CalendarEvent

__all__ = [
    "CalendarEvent",
]
