"""Form by which a moderator hides a comment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import HideReason
from core.form_fields import ProseField


class HideForm(forms.Form):
    hide_reason = forms.ChoiceField(label=_("Class of reason, shown in its place"), choices=HideReason.choices)
    reason = ProseField(label=_("Note for the log"), required=False, max_length=2000, rows=2)
