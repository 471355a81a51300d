"""A forum of one year from its proposal to its closing, with its log, its dates and the people nominated for it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField
from wagtail.models import Page

from editions.models import FrozenModel
from workflow.forums.states import FORUM_MOVES, SHOWN, ForumState
from workflow.states import Role
from workflow.transitions.fsm_methods import steps

ForumMoves: type = type("ForumMoves", (), steps(FORUM_MOVES, "workflow.forums.services.perform_forum()"))


class ForumQuerySet(models.QuerySet["Forum"]):
    def shown(self) -> Self:
        return self.filter(state__in=SHOWN)


class Forum(ConcurrentTransitionMixin, ForumMoves, models.Model):  # type: ignore[misc, valid-type]
    """What was proposed, by whom, and where it stands. The page comes later, and this row outlives it."""

    title = models.CharField(_("title"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year of the meeting"))
    scope = models.TextField(_("scope and goals"), max_length=5000)
    questions = models.TextField(_("questions to be answered"), max_length=5000, blank=True)
    criteria = models.TextField(
        _("why this theme, now"), max_length=5000, blank=True,
        help_text=_("Who is affected, what is known already, who would take part."),
    )  # fmt: skip
    proposer = models.CharField(_("proposed by"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("mail address"), blank=True, help_text=_("Not shown; for questions about it."))
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestions",
        verbose_name=_("suggested by the forum"),
    )  # fmt: skip
    received_at = models.DateTimeField()

    page = models.OneToOneField(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="forum_process")
    state = FSMField(default=ForumState.RECEIVED, choices=ForumState.choices, protected=True, db_index=True)
    moves = models.PositiveIntegerField(default=0)
    state_since = models.DateTimeField()

    mailing_list = models.EmailField(_("mailing list"), blank=True)
    list_archive = models.URLField(_("archive of the list"), blank=True)
    nominations_until = models.DateTimeField(_("nominations until"), null=True, blank=True)
    worked_well = models.TextField(_("What worked?"), max_length=5000, blank=True)
    worked_less = models.TextField(_("What worked less?"), max_length=5000, blank=True)
    differently = models.TextField(_("What should be done differently?"), max_length=5000, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "title", "pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class ForumLog(FrozenModel):
    """One move of a forum, for ever. by_name may be blanked when a person is erased."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="log")
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=30)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20, choices=Role)
    in_stead = models.BooleanField(default=False)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["forum", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["forum", "ordinal"], name="forum_log_ordinal_once")]

    def __str__(self) -> str:
        return f"{self.forum} {self.ordinal}: {self.name}"

    @property
    def label(self) -> str:
        return str(FORUM_MOVES[self.name].label) if self.name in FORUM_MOVES else self.name

    @property
    def target_label(self) -> str:
        return str(ForumState(self.target).label) if self.target in ForumState else self.target


class Milestone(models.Model):
    """A date of a forum's year as it was planned and as it came: one that every year has (`kind`), or one of its own
    (`name`)."""

    class Kind(models.TextChoices):
        FIRST_DRAFT = "first_draft", _("First draft")
        COMMENT_OPENS = "comment_opens", _("Public comment opens")
        COMMENT_CLOSES = "comment_closes", _("Public comment closes")
        SESSION = "session", _("Session at the meeting")
        OUTCOME = "outcome", _("Outcome agreed")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    name = models.CharField(_("what"), max_length=120, blank=True)
    planned = models.DateField(_("planned"), null=True, blank=True)
    actual = models.DateField(_("actual"), null=True, blank=True)

    class Meta:
        ordering = ["planned", "actual", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "kind"], condition=~models.Q(kind=""), name="one_date_a_kind"),
            models.CheckConstraint(condition=~models.Q(kind="", name=""), name="a_date_says_of_what"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name or str(self.get_kind_display())


class Nomination(models.Model):
    """Somebody proposed as a lead expert. Shown by name only once accepted."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("received")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="nominations")
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("mail address"), help_text=_("Not shown."))
    statement = models.TextField(_("experience with the theme"), max_length=3000)
    consents = models.BooleanField(_("The person nominated knows and agrees."))
    received_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} for {self.forum}"
