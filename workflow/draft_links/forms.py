"""Form that makes a link to a draft."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.datetimes import MomentField
from core.form_fields import LineField
from workflow.draft_links.services import LONGEST

USUAL = timedelta(days=14)


def usual_end() -> datetime:
    return (timezone.now() + USUAL).replace(second=0, microsecond=0)


class DraftLinkForm(forms.Form):
    made_for = LineField(
        label=_("Made for"), max_length=200, help_text=_("A name or a group; it stands across the draft.")
    )
    expires_at = MomentField(label=_("Open until"), help_text=_("At most 90 days from now."), initial=usual_end)

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if not timezone.now() < moment <= timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a moment within the next 90 days."))
        return moment
