"""Forms of the Secretariat's desk and of a person's own account."""

from string import Template
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflow.draft_links import LONGEST
from workflow.grants import with_year
from workflow.models import NoticePreference, NoticeWording, RoleGroup
from workflow.moments import MomentField
from workflow.notices import Event


class RoleGroupField(forms.ModelChoiceField):
    def label_from_instance(self, obj: RoleGroup) -> str:
        return str(obj.get_role_display())


class GrantForm(forms.Form):
    """Who gets which of the offered roles, until when. The person is named as they log in, or by mail address."""

    user = forms.CharField(label=_("Person"), max_length=254, help_text=_("User name or mail address of an account."))
    role_group = RoleGroupField(label=_("Role"), queryset=RoleGroup.objects.none())
    until = MomentField(
        label=_("Until"), required=False, help_text=_("Empty: without end. At this moment the role is over.")
    )

    def __init__(self, role_groups: QuerySet[RoleGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_group"].queryset = role_groups  # type: ignore[attr-defined]

    def clean_user(self) -> Any:
        said = self.cleaned_data["user"].strip()
        named = Q(username__iexact=said) | (Q(email__iexact=said) & ~Q(email=""))
        found = list(get_user_model().objects.filter(named, is_active=True)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("There is no account of this name, or more than one."))
        return found[0]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed."))
        return until


class WordingForm(forms.ModelForm):
    class Meta:
        model = NoticeWording
        fields = ["subject", "body"]
        labels = {"subject": _("Subject"), "body": _("Text")}
        widgets = {"body": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event

    def clean_subject(self) -> str:
        return self._checked(" ".join(self.cleaned_data["subject"].split()))

    def clean_body(self) -> str:
        return self._checked(self.cleaned_data["body"])

    def _checked(self, text: str) -> str:
        """A misspelt place would reach every reader as it stands."""
        template = Template(text)
        if not template.is_valid():
            raise forms.ValidationError(_("A dollar sign stands before something that is no place; write $$ for $."))
        unknown = sorted(set(template.get_identifiers()) - set(self.event.places))
        if unknown:
            raise forms.ValidationError(_("Unknown place: %s") % ", ".join(f"${name}" for name in unknown))
        return text


class NoticePreferenceForm(forms.ModelForm):
    class Meta:
        model = NoticePreference
        fields = ["mode"]


class DraftLinkForm(forms.Form):
    made_for = forms.CharField(
        label=_("Made for"), max_length=200, help_text=_("A name or a group; it stands across the draft.")
    )
    expires_at = MomentField(label=_("Open until"), help_text=_("At most 90 days from now."))

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if not timezone.now() < moment <= timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a moment within the next 90 days."))
        return moment


class RestorationForm(forms.Form):
    """Into which forum a draft of the recycle bin comes back: one of those offered."""

    def __init__(self, forums: list[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(page.pk): page for page in forums}
        self.fields["forum"] = forms.TypedChoiceField(
            label=_("Forum"), choices=[(pk, with_year(page)) for pk, page in by_id.items()], coerce=by_id.__getitem__
        )


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Kept in the library; not public."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
