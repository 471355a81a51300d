"""Forms of the board: each is one button of a row, or the one for all rows that were chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import MOST_PROPOSED, Outcome
from core.form_fields import ProseField

QUICK = [(each.value, each.label) for each in Outcome if each not in {Outcome.DUPLICATE, Outcome.WITHDRAWN}]
"""Outcomes that ask for no more than a response. The form of one comment has all."""
MOST_AT_ONCE = 1000
"""Comments that one press of a button answers."""


class NumbersField(forms.Field):
    """Numbers of comments, from as many values of one name as there are; one box stands for near-duplicates, “1,2”."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        parts = [part for each in value or () for part in each.split(",")]
        numbers = [int(each) for each in parts if each.isdecimal() and len(each) < 9]
        if self.required and not numbers:
            raise forms.ValidationError(_("Choose the comments to be answered."))
        chosen = list(dict.fromkeys(numbers))
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(_("At most %d values can be chosen.") % MOST_AT_ONCE)
        return chosen


class AnswersForm(forms.Form):
    comment = NumbersField()
    outcome = forms.ChoiceField(label=_("Outcome"), choices=QUICK)
    response = ProseField(label=_("Public response"), required=False, max_length=10_000, rows=2)


class SuggestForm(forms.Form):
    """key: of the passage. comment: number of the one that proposes the wording; then no words are read."""

    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    comment = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    wording = ProseField(label=_("Wording"), required=False, max_length=MOST_PROPOSED, rows=4)
    accept = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    also = NumbersField(required=False)


class AcceptForm(forms.Form):
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    wording = ProseField(label=_("Wording"), required=False, max_length=MOST_PROPOSED, rows=4)
    response = ProseField(label=_("Public response"), required=False, max_length=10_000, rows=2)
    also = NumbersField(required=False)


class DropForm(forms.Form):
    reason = ProseField(label=_("Reason"), max_length=2000, rows=2)


class NoteForm(forms.Form):
    """people: those of the forum, to one of whom the paragraph can be given."""

    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    words = ProseField(label=_("Note"), required=False, max_length=5000, rows=2)
    due_on = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(person.pk): person for person in people}
        self.fields["assigned_to"] = forms.TypedChoiceField(
            label=_("For"),
            required=False,
            empty_value=None,
            choices=[("", ""), *((key, key) for key in by_id)],
            coerce=by_id.__getitem__,
        )
