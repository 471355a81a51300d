"""A suggested wording of a paragraph of the working text."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.comments.models import Comment
from consultation.vocabulary import Decision
from consultation.working_text.models import Anchored
from editions.models import Edition


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def open(self) -> Self:
        return self.filter(decision=Decision.OPEN)


class Suggestion(Anchored):
    """`proposed` in place of `before`. Kept for good, whatever became of it.

    comment: whose proposed wording it is, or None where somebody of the forum wrote it. by: who put it here.
    wording: what was written into the working text; "" unless accepted. reason: why it was dropped.
    edition: the first edition that carries it; None until then.
    """

    proposed = models.TextField(blank=True)
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN, db_index=True)
    wording = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["process", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(decision=Decision.OPEN), name="one_open_suggestion_a_comment"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.OPEN, decided_at=None)
                | (~Q(decision=Decision.OPEN) & Q(decided_at__isnull=False)),
                name="suggestion_is_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process.series}: suggestion {self.pk}"
