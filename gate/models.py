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


class SpentToken(models.Model):
    """A token of a form, or a challenge of work, that was used. use: the form's name, or "proof"."""

    use = models.CharField(max_length=40)
    nonce = models.CharField(max_length=64)
    spent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["use", "nonce"], name="spent_once")]

    def __str__(self) -> str:
        return f"{self.use}, {self.spent_at:%Y-%m-%d %H:%M}"
