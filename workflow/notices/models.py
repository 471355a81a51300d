"""Mail to people in roles: the words, the wishes of the readers, and every single notice."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.transitions.models import Process, TransitionLog


class NoticeWording(models.Model):
    """The Secretariat's own words for an event. Without a row, and where a text is empty, the words as
    shipped stand. list_subject, list_body: for the forum's mailing list."""

    event = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    list_subject = models.CharField(max_length=200, blank=True)
    list_body = models.TextField(blank=True)
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
    """One mail about one occasion, to one person (user) or to a forum's mailing list (list_address, as it was then).

    `key` names the occasion, so that it is told once.

    ready_at: not before this moment. While a mail is being sent it lies in the future, so that nobody sends it too.
    """

    key = models.CharField(max_length=120)
    event = models.CharField(max_length=30)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices")
    list_address = models.EmailField(blank=True)
    list_archive = models.URLField(blank=True)
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
        constraints = [
            models.UniqueConstraint(fields=["key", "user"], name="told_once"),
            models.UniqueConstraint(fields=["key"], condition=models.Q(user=None), name="list_told_once"),
            models.CheckConstraint(
                condition=models.Q(user=None) ^ models.Q(list_address=""), name="told_to_a_person_or_a_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.user or self.list_address}"
