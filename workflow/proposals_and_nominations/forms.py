"""Forms of a proposal for a forum and of a nomination of a lead expert."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField
from gate.forms.honeypot import trap_field
from workflow.forums.models import Forum, Nomination

YEARS_AHEAD = 3


class ProposalForm(forms.ModelForm):
    leave_this_empty_7 = trap_field()

    class Meta:
        model = Forum
        fields = ["title", "year", "scope", "questions", "criteria", "proposer", "organisation", "email", "continues"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in ("scope", "questions", "criteria")}
        field_classes = {
            "title": LineField, "proposer": LineField, "organisation": LineField, "email": AddressField,
            "scope": ProseField, "questions": ProseField, "criteria": ProseField,
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["continues"].queryset = Forum.objects.shown()  # type: ignore[attr-defined]
        self.fields["continues"].empty_label = _("none")  # type: ignore[attr-defined]
        self.fields["continues"].widget.attrs |= {"lang": "", "dir": "auto"}
        if not self.instance.pk:
            self.initial.setdefault("year", timezone.now().year + 1)

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        now = timezone.now().year
        if year != 2099 and not now <= year <= now + YEARS_AHEAD:  # 2099: the year of fictitious examples
            raise forms.ValidationError(_("Choose this year or one of the next three."))
        return year


class NominationForm(forms.ModelForm):
    leave_this_empty_7 = trap_field()

    class Meta:
        model = Nomination
        fields = ["name", "organisation", "email", "statement", "consents"]
        widgets = {"statement": forms.Textarea(attrs={"rows": 6})}
        field_classes = {
            "name": LineField, "organisation": LineField, "email": AddressField, "statement": ProseField,
        }  # fmt: skip

    def clean_consents(self) -> bool:
        if not self.cleaned_data["consents"]:
            raise forms.ValidationError(_("Please ask the person first."))
        return True
