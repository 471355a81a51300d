"""Periods of public comment. Their state follows from the clock."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import IdentityPolicy, ModerationPolicy, PeriodState
from editions.models import Edition, FrozenModel
from workflow.transitions.models import Process


class PeriodQuerySet(models.QuerySet["Period"]):
    """Periods are half-open, [opens, closes): at the closing second a period is over."""

    def open_at_q(self, moment: datetime) -> Q:
        return Q(opens__lte=moment, closes__gt=moment, cancelled_at=None)

    def open_at(self, moment: datetime) -> Self:
        return self.filter(self.open_at_q(moment))

    def over_at(self, moment: datetime) -> Self:
        return self.filter(closes__lte=moment, cancelled_at=None)

    def coming_at(self, moment: datetime) -> Self:
        return self.filter(opens__gt=moment, cancelled_at=None)

    def kept(self) -> Self:
        return self.filter(cancelled_at=None)

    def with_edition(self) -> Self:
        """With process and edition, but without the edition's text: a list of periods would read it over and over."""
        return self.select_related("edition", "process").defer("edition__document")


class Period(models.Model):
    """One call for comment on one edition. A document may have several, one after the other.

    soft_deadline: until then a comment is sure to be heard in the session. grace_minutes: how long after the close
    a comment begun before it is still taken, marked as late. sections: anchors of headings (`h4`) the call is limited
    to, each with everything below it; empty for the whole text.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="periods")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="periods")
    round = models.PositiveSmallIntegerField()
    opens = models.DateTimeField()
    soft_deadline = models.DateTimeField(null=True, blank=True)
    closes = models.DateTimeField(db_index=True)
    grace_minutes = models.PositiveSmallIntegerField(default=30)
    announcement = models.TextField(blank=True)
    scope_note = models.TextField(blank=True, help_text=_("What the call is about, and what it is not about."))
    questions = models.TextField(blank=True, help_text=_("Questions of the call, one a line."))
    identity = models.CharField(max_length=12, choices=IdentityPolicy, default=IdentityPolicy.CONFIRMED)
    moderation = models.CharField(max_length=12, choices=ModerationPolicy, default=ModerationPolicy.FIRST)
    languages = models.JSONField(default=list, blank=True, help_text=_("Languages asked for; empty: all six."))
    consent_version = models.CharField(max_length=20)
    sections = models.JSONField(default=list, blank=True, help_text=_("Only these sections; none chosen: the whole."))
    takes_files = models.BooleanField(
        default=False, help_text=_("Commenters may attach a file. What counts must still be in the comment itself.")
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["process", "round"]
        constraints = [
            models.UniqueConstraint(fields=["process", "round"], name="period_round_once"),
            models.CheckConstraint(condition=Q(closes__gt=models.F("opens")), name="period_opens_before_it_closes"),
        ]

    def __str__(self) -> str:
        return f"{self.edition.identifier}, round {self.round}"

    def state_at(self, moment: datetime) -> PeriodState:
        if self.cancelled_at is not None:
            return PeriodState.CANCELLED
        if moment < self.opens:
            return PeriodState.SCHEDULED
        if moment < self.closes:
            return PeriodState.OPEN
        return PeriodState.GRACE if moment < self.grace_ends else PeriodState.CLOSED

    @property
    def grace_ends(self) -> datetime:
        return self.closes + timedelta(minutes=self.grace_minutes)

    @property
    def question_list(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def is_short(self) -> bool:
        return self.closes - self.opens < timedelta(days=settings.COMMENT_PERIOD_LEAST_DAYS)

    @property
    def address(self) -> str:
        """Path of the document's comments."""
        return f"{self.edition.address}comments/"


class PeriodChange(FrozenModel):
    """A closing date that was moved, with the public reason. Written once."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    closed_before = models.DateTimeField()
    closes_now = models.DateTimeField()
    reason = models.TextField()

    class Meta:
        ordering = ["period", "at"]

    def __str__(self) -> str:
        return f"{self.period}: {self.closed_before:%Y-%m-%d} -> {self.closes_now:%Y-%m-%d}"


def next_round(process: Process) -> int:
    last: Any = process.periods.aggregate(last=models.Max("round"))["last"]  # type: ignore[attr-defined]
    return (last or 0) + 1
