"""The record that rough consensus rests on: sessions, objections, the declaration, dissent, challenges."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultation.comments.models import Comment
from consultation.vocabulary import BLOCKING, Disposal, Moderation
from editions.models import Edition, FrozenModel
from workflow.states import Role
from workflow.transitions.models import Process


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def blocking(self) -> models.QuerySet["Objection"]:
        return self.filter(disposal__in=BLOCKING)


class Objection(models.Model):
    """A point raised against the text and maintained after the answer. It is disposed of with reasons, not outvoted."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="objections")
    comments = models.ManyToManyField(Comment, related_name="objections", blank=True)
    statement = models.TextField()
    raised_at = models.DateTimeField()
    disposal = models.CharField(max_length=12, choices=Disposal, default=Disposal.OPEN)
    reasons = models.TextField(blank=True)
    minority_statement = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["process", "pk"]

    def __str__(self) -> str:
        return f"{self.process.series}: objection {self.pk}"


class Declaration(FrozenModel):
    """Who declared rough consensus on which edition, on which grounds. Written once, by the move `adopt`.

    objections: what stood at that moment, as plain data, so that later edits of a row cannot change the record.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="declarations")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="declaration")
    edition_sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    in_stead = models.BooleanField(default=False)
    at = models.DateTimeField()
    grounds = models.TextField()
    reopening = models.TextField(blank=True)
    objections = models.JSONField(default=list)

    class Meta:
        ordering = ["process", "at"]

    def __str__(self) -> str:
        return f"{self.edition.identifier}: {self.by_name}"

    @property
    def challenge_until(self) -> datetime:
        return self.at + timedelta(days=settings.CHALLENGE_DAYS)


class Dissent(models.Model):
    """A statement printed with the outcome, as visible as the declaration."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="dissents")
    objection = models.ForeignKey(Objection, null=True, blank=True, on_delete=models.PROTECT, related_name="dissents")
    holder = models.CharField(max_length=200, help_text=_("As it shall be printed: a name, an organization, a group."))
    statement = models.TextField()
    language = models.CharField(max_length=16, default="en")
    at = models.DateTimeField()

    class Meta:
        ordering = ["process", "at"]

    def __str__(self) -> str:
        return f"{self.process.series}: {self.holder}"


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def shown(self) -> Self:
        """What the public reads. The rest is not confirmed, not yet read, or no challenge at all."""
        return self.filter(moderation=Moderation.PUBLISHED)

    def waiting(self) -> Self:
        """To be read by a moderator, or to be answered."""
        return self.filter(Q(moderation=Moderation.PENDING) | Q(moderation=Moderation.PUBLISHED, answer=""))


class Challenge(models.Model):
    """An appeal against a declaration, on facts, with its answer.

    One that came by the public form is confirmed by mail and read by a moderator before it is shown; email is private.
    """

    declaration = models.ForeignKey(Declaration, on_delete=models.PROTECT, related_name="challenges")
    by_name = models.CharField(max_length=200)
    facts = models.TextField()
    at = models.DateTimeField()
    moderation = models.CharField(max_length=12, choices=Moderation, default=Moderation.PUBLISHED)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    language = models.CharField(max_length=16, default="en")
    secret = models.CharField(max_length=64, unique=True, null=True, blank=True)
    form_token = models.CharField(max_length=64, unique=True, null=True, blank=True)
    consent_version = models.CharField(max_length=20, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["declaration", "at"]

    def __str__(self) -> str:
        return f"{self.declaration}: challenge by {self.by_name}"
