"""With a comma before the time, as in the other languages here."""

DATETIME_FORMAT = "j E Y г., H:i"
