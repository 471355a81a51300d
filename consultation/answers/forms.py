"""Forms of an answer to a comment, and of what the commenter says of it."""

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import MOST_RATIONALE, Outcome, Verdict
from core.form_fields import LineField, ProseField


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    response = ProseField(label=_("Public response"), required=False, max_length=10_000, rows=4)
    addressed_in = forms.IntegerField(label=_("Edition that carries the change"), required=False, min_value=1)
    duplicate_of = forms.IntegerField(label=_("Repeats comment number"), required=False, min_value=1)
    decided_by = LineField(label=_("Decided by"), required=False, max_length=200)
    decided_where = LineField(label=_("Decided where (meeting, list, link)"), required=False, max_length=300)
    with_alike = forms.BooleanField(label=_("Answer its near-duplicates the same way"), required=False)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Are you satisfied with the answer?"),
        choices=[(each, each.label) for each in (Verdict.SATISFIED, Verdict.NOT_SATISFIED)],
        widget=forms.RadioSelect,
    )
    text = ProseField(
        label=gettext_lazy("If not, why not"),
        help_text=gettext_lazy("It goes into the record on which rough consensus is judged."),
        required=False,
        max_length=MOST_RATIONALE,
        rows=4,
    )
