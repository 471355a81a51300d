"""What became of a comment."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.models.comments import Comment
from consultation.vocabulary import Outcome, Verdict
from editions.models import Edition, Passage


class DispositionQuerySet(models.QuerySet["Disposition"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False).order_by("-version")

    def drafts(self) -> Self:
        return self.filter(published_at=None)


class Disposition(models.Model):
    """One version of the answer to a comment. A published version stays as it is; a better answer is a new version.

    changed: the passages of `addressed_in` that carry the change. verdict: what the commenter says of it.
    """

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="dispositions")
    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome)
    response = models.TextField(blank=True)
    addressed_in = models.ForeignKey(
        Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="dispositions"
    )
    changed = models.ManyToManyField(Passage, blank=True, related_name="+")
    duplicate_of = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.CharField(max_length=200, blank=True)
    decided_where = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    verdict = models.CharField(max_length=14, choices=Verdict, default=Verdict.PENDING)
    verdict_text = models.TextField(blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)

    objects = DispositionQuerySet.as_manager()

    class Meta:
        ordering = ["comment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="disposition_version_once"),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(published_at=None), name="one_disposition_draft_a_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.outcome}"
