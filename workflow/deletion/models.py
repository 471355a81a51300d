"""Drafts that were deleted before anything of them was public: kept for a time, then only that they were."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflow.transitions.models import Process


class RecycledDraftQuerySet(models.QuerySet["RecycledDraft"]):
    def lying(self) -> Self:
        """Still in the bin: neither restored nor removed."""
        return self.filter(ended_at=None)

    def removed(self) -> Self:
        """Removed for good, by the clock or by the Secretariat."""
        return self.filter(end=RecycledDraft.End.REMOVED)

    def put_in_by(self, moment: datetime) -> Self:
        return self.lying().filter(at__lte=moment)


class RecycledDraft(models.Model):
    """One deletion of a page that never had an edition. The row stays; its text goes when it is removed for good.

    content: the page's last revision as Wagtail keeps it, from which the page is made again. document: the same text as
    neutral JSON, for reading. by, by_name: empty where no person is known, as in a command.
    files_gone_at: when the attached files of a draft that was removed for good were deleted; their rows stay.
    """

    class End(models.TextChoices):
        RESTORED = "restored", _("restored")
        REMOVED = "removed", _("removed for good")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="recyclings")
    page_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    forum = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    forum_title = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255)
    content = models.JSONField(null=True)
    document = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_by_name = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    files_gone_at = models.DateTimeField(null=True)

    objects = RecycledDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(ended_at=None), name="one_place_in_the_bin_a_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.forum_title})"
