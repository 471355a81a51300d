"""Reports, notices, erasures, followers and the register of voluntary adoption."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultation.models.consensus import Challenge
from consultation.models.submissions import Submission
from consultation.vocabulary import AdoptionKind, Moderation, NoticeKind, Region, StakeholderGroup
from editions.models import Edition, FrozenModel, Passage
from workflow.models import Process


class Report(models.Model):
    """A disposition report, frozen. `data` is hashed and never changes; `texts` holds the words and names, which a
    person may have erased (docs/adr/0051). supersedes: the report this one was issued in place of."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="reports")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200, blank=True)
    data = models.JSONField()
    texts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["process", "number"]
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="report_number_once")]

    def __str__(self) -> str:
        return f"{self.process.series} report {self.number}"


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


class Subscription(models.Model):
    """Somebody who wants notices about a document. Private; signed links confirm and end it."""

    email = models.EmailField(max_length=254, blank=True, db_index=True)
    series = models.CharField(max_length=110, db_index=True)
    language = models.CharField(max_length=16)
    secret = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "series"], condition=~Q(email=""), name="subscription_once_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def public(self) -> Self:
        """Published declarations, the revoked among them: a revocation is shown, not hidden."""
        return self.filter(moderation=Moderation.PUBLISHED)

    def standing(self) -> Self:
        return self.public().filter(revoked_at=None)


class Adoption(models.Model):
    """Somebody declares that they adopt, use or build on a final outcome. It binds the declarer, nobody else.

    Tied to the edition that was read; a later edition needs a declaration of its own. email is private.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="adoptions")
    series = models.CharField(max_length=110)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=AdoptionKind)
    passages = models.ManyToManyField(Passage, blank=True, related_name="+")
    declarer = models.CharField(max_length=200)
    is_organisation = models.BooleanField(default=True)
    statement = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    group = models.CharField(max_length=20, choices=StakeholderGroup, default=StakeholderGroup.NOT_STATED)
    region = models.CharField(max_length=20, choices=Region, default=Region.NOT_STATED)
    language = models.CharField(max_length=16)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    secret = models.CharField(max_length=64, unique=True)
    form_token = models.CharField(max_length=64, unique=True)
    consent_version = models.CharField(max_length=20, blank=True)
    moderation = models.CharField(max_length=12, choices=Moderation)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=500, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="adoption_number_once_a_document")]

    def __str__(self) -> str:
        return f"{self.series} adoption {self.number}"


class Notice(models.Model):
    """A mail to be sent once. Written in the transaction that caused it; sent after commit; tried again by `tick`.

    key: names the occasion, so that the same occasion never gives a second mail. The address is looked up when
    sending and is not kept here; facts hold nothing personal.
    """

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=18, choices=NoticeKind)
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    subscription = models.ForeignKey(
        Subscription, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    adoption = models.ForeignKey(Adoption, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    challenge = models.ForeignKey(Challenge, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.key
