"""The form of a move, put together from what the declaration says the move asks for."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.datetimes import MomentField
from core.partial_dates import PARTIAL_DATE
from workflow.states import Transition
from workflow.transitions.guards import Unmet


def _moment(label: Any, help_text: Any, in_days: int, *, required: bool = True) -> Callable[[], forms.Field]:
    def make() -> forms.Field:
        start = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=in_days)
        return MomentField(label=label, help_text=help_text, required=required, initial=start if required else None)

    return make


def _text(
    label: Any, help_text: Any, *, rows: int = 0, required: bool = True, longest: int = 300, checks: Sequence[Any] = ()
) -> Callable[[], forms.Field]:
    def make() -> forms.Field:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        return forms.CharField(
            label=label, help_text=help_text, required=required, widget=widget,
            max_length=20_000 if rows else longest, validators=list(checks),
        )  # fmt: skip

    return make


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "label": _text(
        _("Name of this edition"), _("As the forum calls it, such as “Draft II”. May be empty."), required=False
    ),
    "announcement": _text(
        _("Announcement"),
        _("What is asked of the public, in two or three sentences. It stands above the draft."),
        rows=5,
    ),
    "opens": _moment(_("Comment opens"), _("Shown to the public in UTC."), 0),
    "soft_deadline": _moment(
        _("To be heard in the session, comment by"),
        _("May be empty. Comments after it are still taken."),
        0,
        required=False,
    ),
    "closes": _moment(
        _("Comment closes"), _("Comment is taken up to, and not at, this moment."), settings.COMMENT_PERIOD_DAYS
    ),
    "session_date": lambda: forms.DateField(
        label=_("Date of the session"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    ),
    "session_place": _text(_("Place of the session"), _("Room and city, or “online”.")),
    "public_source": _text(
        _("Public source"),
        _("Where the output was published: an address, or a name by which it can be found."),
        longest=1_000,
    ),
    "original_date": _text(
        _("First published"),
        _("As a source tells it: 2015, 2015-11 or 2015-11-20. Shown and cited in place of today. May be empty."),
        required=False,
        longest=10,
        checks=[PARTIAL_DATE],
    ),
    "grounds": _text(
        _("Grounds of the declaration of rough consensus"),
        _("Why the objections that remain were addressed, though not all accommodated. Your name stands beside it."),
        rows=6,
    ),
    "reopening": _text(_("What would justify opening the question again"), _("May be empty."), rows=3, required=False),
}


class MoveForm(forms.Form):
    """seen: the move counter of the page that was shown; overrides: soft guards set aside. without: what the move asks
    for elsewhere."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, move: Transition, *args: Any, soft_unmet: list[Unmet] | None = None, without: Collection[str] = (),
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.asks = [name for name in move.asks if name not in without]
        for name in self.asks:
            self.fields[name] = FIELDS[name]()
        if soft_unmet:
            self.fields["overrides"] = forms.MultipleChoiceField(
                label=_("Set aside, as the Secretariat"),
                help_text=_("What you set aside and your reason are shown on the public history of the document."),
                choices=list({item.code: (item.code, item.message) for item in soft_unmet}.values()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_("Public. It stands in the history of the document."),
            required=move.needs_reason,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def move_data(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in self.asks}


class EachForm(forms.Form):
    """What a step of many documents asks for one of them."""

    def __init__(self, move: Transition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in move.each:
            self.fields[name] = FIELDS[name]()


class DueForm(forms.Form):
    """By when a document should move on; empty for no date."""

    due_at = MomentField(label=_("Due"), help_text=_("Empty: no date."), required=False)
