"""Rows of rate limits. In the database, not in the cache: what forgets them would open the door."""

from django.db import models


class Tally(models.Model):
    """How often one caller did one thing in one window of time. caller: a keyed hash, which is nobody's name."""

    name = models.CharField(max_length=40)
    caller = models.CharField(max_length=64)
    begins = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "caller", "begins"], name="one_tally_a_window")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
