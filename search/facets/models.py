"""Rows of what facet values are called."""

from django.db import models


class FacetValue(models.Model):
    """What a value of a facet is called. Only values that public editions hold or held; the newest label stays."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.label}"
