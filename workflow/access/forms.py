"""Form that gives a person a role."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.datetimes import MomentField
from workflow.access.models import RoleGroup


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
