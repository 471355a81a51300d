"""Forms of the forum desk: the forum's facts, its calendar and those it invites."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.datetimes import MomentField
from core.email_addresses import AddressField
from core.form_fields import LineField
from workflow.access.forms import GrantForm
from workflow.access.grants import with_year
from workflow.access.models import RoleGroup
from workflow.forums.models import Forum, Milestone

MOST_INVITED = 40  # at once


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
        field_classes = {"title": LineField, "mailing_list": AddressField}
        labels = {"page": _("Page of the forum")}
        help_texts = {"mailing_list": _("Told of every step that changes what the public reads, unless fictitious.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pages = Page.objects.filter(role_groups__isnull=False).distinct().order_by("-url_path")
        self.fields["page"].queryset = pages  # type: ignore[attr-defined]
        self.fields["page"].label_from_instance = with_year  # type: ignore[attr-defined]


class MilestoneForm(forms.ModelForm):
    """A date that every year has is called alike everywhere; others are named here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind:
            del self.fields["name"]
        else:
            self.fields["name"].required = True

    @property
    def called(self) -> str:
        return self.instance.label if self.instance.kind else ""


MilestoneFormSet = forms.inlineformset_factory(
    Forum,
    Milestone,
    form=MilestoneForm,
    fields=["name", "planned", "actual"],
    extra=3,
    max_num=40,
    widgets={name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("planned", "actual")},
)


class CalendarForm(forms.Form):
    """The planned date of each kind that every year has; all may be empty, but not all of them at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Milestone.Kind:
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[kind.value] = forms.DateField(label=kind.label, required=False, widget=day)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Give at least one date."))
        return found


class InvitationForm(GrantForm):
    """A line of several people who get a role at once. One without a name and an address is left out."""

    until = None  # type: ignore[assignment]  # how Django takes a field away
    field_order = ["name", "user", "role_group"]

    def has_changed(self) -> bool:
        typed = (str(self.data.get(self.add_prefix(name), "")) for name in ("name", "user"))
        return any(text.strip() for text in typed)


class _Invitations(forms.BaseFormSet):  # type: ignore[type-arg]
    def initial_form_count(self) -> int:
        """What a line is filled with is a proposal: it may be emptied."""
        return 0

    def clean(self) -> None:
        if not any(self.errors) and not any(row.has_changed() for row in self.forms):
            raise forms.ValidationError(_("Write a mail address or a user name in at least one line."))


def invitations(role_groups: QuerySet[RoleGroup], rows: list[dict[str, Any]], data: Any = None) -> Any:
    """A line for each of `rows` (what it is filled with), or one that is empty."""
    lines = forms.formset_factory(
        InvitationForm, formset=_Invitations, extra=max(len(rows), 1), max_num=MOST_INVITED, absolute_max=MOST_INVITED
    )
    return lines(data, initial=rows or None, prefix="people", form_kwargs={"role_groups": role_groups})
