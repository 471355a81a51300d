"""Django has no form for a date with its time in Arabic, and falls back on the order of American English."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
