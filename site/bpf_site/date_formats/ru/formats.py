"""The word for year is written out: its abbreviation ends in a full stop, which would stand before that of a sentence.

With a comma before the time, as in the other languages here.
"""

DATE_FORMAT = "j E Y года"
YEAR_MONTH_FORMAT = "F Y года"
DATETIME_FORMAT = "j E Y года, H:i"
