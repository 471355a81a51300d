"""Forms of objections, dissent, and challenges to a declaration of consensus."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.consensus.models import Challenge, Dissent, Objection
from consultation.vocabulary import MOST_PROPOSED, Disposal
from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField
from gate.forms.honeypot import trap_field


class ObjectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Objection
        fields = ["disposal", "reasons", "decided_by", "minority_statement"]
        field_classes = {"decided_by": LineField}
        labels = {
            "disposal": gettext_lazy("Disposal"),
            "reasons": gettext_lazy("Reasons"),
            "decided_by": gettext_lazy("Decided by"),
            "minority_statement": gettext_lazy("Statement of the minority"),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("disposal") != Disposal.OPEN and not str(data.get("reasons", "")).strip():
            self.add_error("reasons", _("Give the reasons of the disposal."))
        return data


class NewObjectionForm(forms.Form):
    statement = ProseField(label=gettext_lazy("Objection"), max_length=10_000, rows=4)
    comments = LineField(label=gettext_lazy("From comments number"), required=False, max_length=200)


class DissentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Dissent
        fields = ["holder", "statement", "language"]
        field_classes = {"holder": LineField}
        labels = {
            "holder": gettext_lazy("Held by"),
            "statement": gettext_lazy("Statement"),
            "language": gettext_lazy("Language"),
        }


class RecordedChallengeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Challenge
        fields = ["by_name", "facts"]
        field_classes = {"by_name": LineField}
        labels = {"by_name": gettext_lazy("Challenged by"), "facts": gettext_lazy("Facts")}


class AnswerChallengeForm(forms.Form):
    answer = ProseField(label=gettext_lazy("Answer"), max_length=10_000, rows=4)


class ChallengeForm(forms.Form):
    """A challenge against a declaration of rough consensus."""

    facts = ProseField(
        label=gettext_lazy("Which facts speak against the declaration?"),
        help_text=gettext_lazy(
            "An objection that was not answered, a step that was left out, a text that was not the one agreed on."
        ),
        max_length=MOST_PROPOSED,
        rows=8,
    )
    name = LineField(
        label=gettext_lazy("Your name, as it shall be shown"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Never published. You get a link to confirm it, and the answer."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("My challenge and its answer may be published under this name, and stay public.")
    )
    leave_this_empty_7 = trap_field()
