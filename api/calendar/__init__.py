"""Open calls and sessions as iCalendar."""
