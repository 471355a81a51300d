"""Rows of the register of voluntary adoption of final outcomes."""

from typing import Self

from django.db import models

from consultation.vocabulary import AdoptionKind, Moderation, Region, StakeholderGroup
from editions.models import Edition, Passage


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
