"""When each process and chore last worked, and when it last failed."""

from django.db import models
from django.db.models import F, Q


class Heartbeat(models.Model):
    """name: `clock`, `worker <id>`, `chore <name>`, `backup` and others. seconds: how long the last run took.

    error: the class of the exception, never its message, which may quote what a person wrote.
    until: until when what was found holds, such as a certificate.
    """

    name = models.CharField(max_length=100, primary_key=True)
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=100, blank=True)
    seconds = models.FloatField(default=0)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failing_since=None) | Q(failed_at__gte=F("failing_since")), name="heartbeat_fails_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name
