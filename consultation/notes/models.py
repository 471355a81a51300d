"""Notes on the working text."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from consultation.working_text.models import Anchored


class NoteQuerySet(models.QuerySet["Note"]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)


class Note(Anchored):
    """What somebody of the forum remarks on a paragraph, or whom they ask to see to it. Nothing of it is public.

    words: "" where a paragraph was only given to somebody. due_on: the day by which they should be done.
    """

    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=200, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["process", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.process.series}: note {self.pk}"

    @property
    def is_overdue(self) -> bool:
        return self.resolved_at is None and self.due_on is not None and self.due_on < timezone.localdate()
