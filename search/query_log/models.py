"""Rows of what was asked, counted by day."""

from django.db import models


class AskedQuestion(models.Model):
    """How often a question was asked on a day, and with what success. Nothing says by whom.

    results: the number found when it was last asked that day. clicks: results opened; rank_sum: their ranks added up.
    """

    day = models.DateField()
    question = models.CharField(max_length=200)
    engine = models.CharField(max_length=30)
    results = models.PositiveIntegerField()
    times = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    rank_sum = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "question", "engine"], name="asked_question_once_a_day")]
        ordering = ["-day", "-times"]

    def __str__(self) -> str:
        return self.question
