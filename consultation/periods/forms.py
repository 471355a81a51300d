"""Forms of a comment period and of its deadline."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultation.periods.models import Period
from core.datetimes import MomentField
from core.form_fields import ProseField


class DeadlineForm(forms.Form):
    closes = MomentField(label=_("Comment closes"))
    reason = ProseField(label=_("Public reason"), max_length=2000, rows=3)


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Period
        fields = [
            "announcement", "scope_note", "questions", "soft_deadline", "grace_minutes", "identity", "moderation",
            "languages", "sections", "takes_files",
        ]  # fmt: skip
        field_classes = {"soft_deadline": MomentField}
        labels = {
            "announcement": _("Announcement"),
            "scope_note": _("Scope of the call"),
            "questions": _("Questions"),
            "soft_deadline": _("Sure to be heard in the session until"),
            "grace_minutes": _("Minutes of grace after the close"),
            "identity": _("What commenters say of themselves"),
            "moderation": _("Moderation"),
            "takes_files": _("Files"),
        }

    languages = forms.MultipleChoiceField(
        label=_("Languages asked for"), help_text=_("None chosen: all six."), choices=settings.LANGUAGES,
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label=_("Only these sections"), help_text=_("None chosen: the whole document."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = self.instance.edition.passages.filter(number=0).order_by("ordinal")
        choices = [(heading.anchor, heading.text) for heading in headings]
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["sections"]
