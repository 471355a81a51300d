"""Form that gives a person a role, and opens an account for somebody who has none."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.datetimes import MomentField
from core.email_addresses import AddressField
from core.form_fields import LineField
from workflow.access.models import RoleGroup


class RoleGroupField(forms.ModelChoiceField):
    def label_from_instance(self, obj: RoleGroup) -> str:
        return str(obj.get_role_display())


class GrantForm(forms.Form):
    """Who gets which of the offered roles, until when. The person is named as they log in, or by mail address.

    cleaned user: an account, or None for an address that has none; then `email` is that address.
    """

    user = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_(
            "User name or mail address. An address without an account is invited: its person is mailed a link to "
            "choose a password."
        ),
    )
    name = LineField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("Of somebody who is invited; as the others see it."),
    )
    role_group = RoleGroupField(label=_("Role"), queryset=RoleGroup.objects.none())
    until = MomentField(
        label=_("Until"), required=False, help_text=_("Empty: without end. At this moment the role is over.")
    )

    def __init__(self, role_groups: QuerySet[RoleGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_group"].queryset = role_groups  # type: ignore[attr-defined]

    def clean_user(self) -> Any:
        said = self.cleaned_data["user"].strip()
        named = Q(username__iexact=said) | (Q(email__same_address=said) & ~Q(email=""))
        found = list(get_user_model().objects.filter(named)[:2])
        if not found and "@" in said:
            self.cleaned_data["email"] = AddressField().clean(said)
            return None
        if len(found) != 1:
            raise forms.ValidationError(_("There is no account of this name, or more than one."))
        if not found[0].is_active:
            raise forms.ValidationError(_("This account is closed. The page “People” opens it again."))
        return found[0]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed."))
        return until
