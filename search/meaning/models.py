"""Vectors of editions, kept in the database: made once, whatever is rebuilt, and the same on every host."""

from django.db import models


class EditionVectors(models.Model):
    """What the texts of one edition mean, by one model. An edition never changes, so neither does its row.

    vectors: rows of `quantised.row_type`: the title and summary, the mean of the passages, then each passage.
    anchors: of these passages, in the same order.
    """

    edition = models.CharField(max_length=120)
    model = models.CharField(max_length=80)
    anchors = models.JSONField(default=list)
    vectors = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "edition"], name="vectors_of_an_edition_once")]

    def __str__(self) -> str:
        return f"{self.edition} ({self.model})"
