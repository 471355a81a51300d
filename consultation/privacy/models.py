"""Rows that say that a person's data were erased, and how much."""

from django.db import models

from editions.models import FrozenModel


class ErasureRequest(FrozenModel):
    """That a person's data were erased, when, and how much. Holds nothing about who it was."""

    at = models.DateTimeField()
    by_name = models.CharField(max_length=200, blank=True)
    with_text = models.BooleanField(default=False)
    submissions = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
