"""A form field that people do not see and programs fill in. A filled one refuses nothing: a person looks first."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TRAP = "leave_this_empty_7"
"""The field's name in every form. No autofill knows it; it stands off screen and is labelled."""


def trap_field() -> forms.CharField:
    return forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


def is_sprung(data: Mapping[str, Any]) -> bool:
    """data: of a form, as it was sent or cleaned."""
    return bool(str(data.get(TRAP) or "").strip())
