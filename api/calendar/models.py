"""What calendar programs were told, so that they can be told of every change of it."""

from django.db import models


class CalendarEvent(models.Model):
    """An event of the calendar as it was last noted. Holds no word of it: a title may be withdrawn, a number may not.

    sequence rises with every change (RFC 5545, 3.8.7.4). digest: SHA-256 of what the event said.
    """

    uid = models.CharField(max_length=160, unique=True)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    starts = models.DateTimeField()
    ends = models.DateTimeField(db_index=True)
    cancelled = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.uid} ({self.sequence})"
