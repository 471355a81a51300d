"""Forms of a forum's life: what the public sends, and what the desk keeps."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.datetimes import MomentField
from core.email_addresses import AddressField
from gate.forms.honeypot import trap_field
from workflow.access.grants import with_year
from workflow.forums.models import Forum, Milestone, Nomination

YEARS_AHEAD = 3


class ProposalForm(forms.ModelForm):
    leave_this_empty_7 = trap_field()

    class Meta:
        model = Forum
        fields = ["title", "year", "scope", "questions", "criteria", "proposer", "organisation", "email", "continues"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in ("scope", "questions", "criteria")}
        field_classes = {"email": AddressField}

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
        field_classes = {"email": AddressField}

    def clean_consents(self) -> bool:
        if not self.cleaned_data["consents"]:
            raise forms.ValidationError(_("Please ask the person first."))
        return True


class ForumDeskForm(forms.ModelForm):
    nominations_until = MomentField(label=_("Nominations until"), required=False)
    list_archive = forms.URLField(label=_("Archive of the list"), required=False, assume_scheme="https")

    class Meta:
        model = Forum
        fields = [
            "title", "year", "scope", "questions", "criteria", "page", "mailing_list", "list_archive",
            "nominations_until", "worked_well", "worked_less", "differently",
        ]  # fmt: skip
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in ("scope", "questions", "criteria", "worked_well", "worked_less", "differently")
        }
        labels = {"page": _("Page of the forum")}
        help_texts = {"mailing_list": _("Told of every step that changes what the public reads, unless fictitious.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = Page.objects.filter(role_groups__isnull=False).distinct().order_by("-url_path")
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]
        self.fields["page"].label_from_instance = with_year  # type: ignore[attr-defined]


MilestoneFormSet = forms.inlineformset_factory(
    Forum,
    Milestone,
    fields=["name", "planned", "actual"],
    extra=3,
    max_num=40,
    widgets={name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("planned", "actual")},
)
