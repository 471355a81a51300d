"""Rows of the search room: what still has to reach an index, what editors say about questions, what was asked."""

from datetime import datetime
from typing import Self

from django.db import models


class AlertQuerySet(models.QuerySet["Alert"]):
    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def unconfirmed_since(self, moment: datetime) -> Self:
        return self.filter(confirmed_at=None, created_at__lt=moment)


class Alert(models.Model):
    """A saved question whose new answers are mailed. The row, address and all, goes when the reader unsubscribes.

    address: the path and parameters of the search. told: identifiers of editions the reader knows of.
    """

    email = models.EmailField(max_length=254)
    address = models.CharField(max_length=2000)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    told = models.JSONField(default=list)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email", "address"], name="alert_once_a_reader")]

    def __str__(self) -> str:
        return self.address
