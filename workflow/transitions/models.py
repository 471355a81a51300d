"""The process of an outcome document, its log, and the groups that hold its roles."""

import json
import secrets
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField
from wagtail.models import Page

from core.hash_chain import chain_hash, seal
from editions.models import Edition, FrozenModel
from workflow.states import SETTLED, TRANSITIONS, Role, State, standing_words
from workflow.transitions.fsm_methods import steps

Moves: type = type("Moves", (), steps(TRANSITIONS, "workflow.transitions.services.perform()"))


class ProcessQuerySet(models.QuerySet["Process"]):
    def unsettled(self) -> Self:
        return self.exclude(state__in=SETTLED)


class Process(ConcurrentTransitionMixin, Moves, models.Model):  # type: ignore[misc, valid-type]
    """Where one outcome document stands. Its own row, so that revisions, copies and aliases never carry a state.

    moves: how many moves were made; a caller sends back the number it saw, and a stale one is refused.
    The row outlives its page, since the log hangs on it.
    """

    page = models.OneToOneField(Page, null=True, on_delete=models.SET_NULL, related_name="process")
    series = models.CharField(max_length=110, db_index=True)
    title = models.CharField(max_length=300)
    state = FSMField(default=State.DRAFTING, choices=State.choices, protected=True, db_index=True)
    moves = models.PositiveIntegerField(default=0)
    state_since = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)

    objects = ProcessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "processes"

    def __str__(self) -> str:
        return f"{self.series} ({self.get_state_display()})"

    @property
    def current_edition(self) -> Edition | None:
        """The newest public edition. Its text, which may be a megabyte, is read only when it is asked for."""
        return Edition.objects.filter(series=self.series).current().defer("document").first()


class TransitionLog(FrozenModel):
    """One move, for ever. Rows of a process form a hash chain; `ordinal` counts them from 1.

    by_name and by_salt may be blanked when a person is erased; by_seal, which is hashed, stays.
    """

    HASHED: ClassVar = (
        "series", "ordinal", "name", "source", "target", "by_seal", "role", "in_stead", "at", "reason",
        "edition_hash", "overridden", "data",
    )  # fmt: skip

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="log")
    series = models.CharField(max_length=110, db_index=True)
    ordinal = models.PositiveIntegerField()
    name = models.CharField(max_length=30)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    by_salt = models.CharField(max_length=32, blank=True)
    by_seal = models.CharField(max_length=64)
    role = models.CharField(max_length=20, choices=Role)
    in_stead = models.BooleanField(default=False, help_text=_("The Secretariat acted in another role's place."))
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="log")
    edition_hash = models.CharField(max_length=64, blank=True)
    overridden = models.JSONField(default=list)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    told = 0
    """How many people the move told. Not stored: only the object that the move itself made knows."""

    class Meta:
        ordering = ["process", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["process", "ordinal"], name="log_ordinal_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.ordinal}: {self.name}"

    @property
    def label(self) -> str:
        move = TRANSITIONS.get(self.name)
        return str(move.label) if move else self.name

    @property
    def source_label(self) -> str:
        return str(standing_words(self.source))

    @property
    def target_label(self) -> str:
        return str(standing_words(self.target))

    def content(self) -> dict[str, Any]:
        """What the row's hash covers, in JSON-ready form."""
        found = {name: getattr(self, name) for name in self.HASHED}
        return found | {"at": self.at.isoformat()}

    def seal_and_chain(self, previous: "TransitionLog | None") -> None:
        """Fill seal and hashes before the one and only save."""
        self.by_salt = secrets.token_hex(16)
        self.by_seal = seal(self.by_name, self.by_salt)
        self.edition_hash = self.edition.sha256 if self.edition else ""
        self.data = json.loads(json.dumps(self.data, cls=DjangoJSONEncoder))
        self.previous_hash = previous.hash if previous else ""
        self.hash = chain_hash(self.previous_hash, self.content())
