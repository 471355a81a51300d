"""Forms that restore a draft from the recycle bin or remove it for good."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflow.access.grants import with_year


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
