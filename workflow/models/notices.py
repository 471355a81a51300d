"""Mail to people in roles: the words, the wishes of the readers, and every single notice."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.models.process import Process, TransitionLog


class NoticeWording(models.Model):
    """The Secretariat's own words for an event; without a row the words in workflow.notices stand."""

    event = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.event


class NoticePreference(models.Model):
    """How a person wants to be told. Without a row: each notice by itself."""

    class Mode(models.TextChoices):
        EACH = "each", _("Each notice by itself")
        DAILY = "daily", _("One mail a day")
        NONE = "none", _("No mail")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference")
    mode = models.CharField(_("mail about my documents"), max_length=10, choices=Mode, default=Mode.EACH)

    def __str__(self) -> str:
        return f"{self.user}: {self.mode}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> Self:
        return self.filter(sent_at=None, ready_at__lte=now)


class Notice(models.Model):
    """One mail to one person about one occasion. `key` names the occasion, so that it is told once.

    ready_at: not before this moment. While a mail is being sent it lies in the future, so that nobody sends it too.
    """

    key = models.CharField(max_length=120)
    event = models.CharField(max_length=30)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    process = models.ForeignKey(Process, null=True, on_delete=models.CASCADE, related_name="notices")
    row = models.ForeignKey(TransitionLog, null=True, on_delete=models.PROTECT, related_name="notices")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    for_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "user"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.event} to {self.user}"
