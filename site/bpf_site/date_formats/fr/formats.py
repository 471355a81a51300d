"""With a comma before the time, as in the other languages here."""

DATETIME_FORMAT = "j F Y, H:i"
