"""Forms of the admin views."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultation.forms import LineField, ProseField
from consultation.models import Challenge, Dissent, Objection, Period
from consultation.vocabulary import Channel, Display, Disposal, HideReason, Kind, Outcome, Region, StakeholderGroup
from workflow.moments import MomentField


class HideForm(forms.Form):
    hide_reason = forms.ChoiceField(label=_("Class of reason, shown in its place"), choices=HideReason.choices)
    reason = ProseField(label=_("Note for the log"), required=False, max_length=2000, rows=2)


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


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    response = ProseField(label=_("Public response"), required=False, max_length=10_000, rows=4)
    addressed_in = forms.IntegerField(label=_("Edition that carries the change"), required=False, min_value=1)
    duplicate_of = forms.IntegerField(label=_("Repeats comment number"), required=False, min_value=1)
    decided_by = LineField(label=_("Decided by"), required=False, max_length=200)
    decided_where = LineField(label=_("Decided where (meeting, list, link)"), required=False, max_length=300)
    with_alike = forms.BooleanField(label=_("Answer its near-duplicates the same way"), required=False)


class EntryForm(forms.Form):
    """A comment that came in elsewhere."""

    received_via = forms.ChoiceField(
        label=_("Came by"), choices=[(each.value, each.label) for each in Channel if each not in {"web", "import"}]
    )
    received_at = MomentField(label=_("Received"))
    channel_note = LineField(label=_("Which list, session or event"), required=False, max_length=300)
    original = forms.FileField(label=_("Original"), required=False)
    name = LineField(label=_("Name as given"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail, for the answer"), required=False)
    organisation = LineField(label=_("On behalf of"), required=False, max_length=200)
    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=StakeholderGroup.choices, initial=StakeholderGroup.NOT_STATED
    )
    region = forms.ChoiceField(label=_("Regional group"), choices=Region.choices, initial=Region.NOT_STATED)
    display = forms.ChoiceField(label=_("What is shown"), choices=Display.choices, initial=Display.ORGANISATION)
    paragraphs = LineField(
        label=_("Paragraphs"), help_text=_("Empty: the whole document."), required=False, max_length=300
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    body = ProseField(label=_("Comment"), max_length=20_000, rows=6)
    proposed = ProseField(label=_("Proposed wording"), required=False, max_length=10_000, rows=4)

    def clean_original(self) -> Any:
        upload = self.cleaned_data.get("original")
        if upload and upload.size > settings.ORIGINAL_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return upload


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("Sheet (XLSX or CSV) in the eight columns of the ISO comment form"))
    received_at = MomentField(label=_("Received"))
    organisation = LineField(label=_("On behalf of, where the sheet does not say"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class ObjectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Objection
        fields = ["disposal", "reasons", "decided_by", "minority_statement"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("disposal") != Disposal.OPEN and not str(data.get("reasons", "")).strip():
            self.add_error("reasons", _("Give the reasons of the disposal."))
        return data


class NewObjectionForm(forms.Form):
    statement = ProseField(label=_("Objection"), max_length=10_000, rows=4)
    comments = LineField(label=_("From comments number"), required=False, max_length=200)


class DissentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Dissent
        fields = ["holder", "statement", "language"]


class ChallengeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Challenge
        fields = ["by_name", "facts"]


class AnswerChallengeForm(forms.Form):
    answer = ProseField(label=_("Answer"), max_length=10_000, rows=4)
