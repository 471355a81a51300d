"""Day, month, year and 24 hours, as the United Nations writes them in English."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
