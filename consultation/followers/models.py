"""Reports, notices, erasures, followers and the register of voluntary adoption."""

from django.db import models
from django.db.models import Q


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
