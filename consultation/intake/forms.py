"""Forms of a comment from elsewhere and of a sheet of comments."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import Channel, Display, Kind, Region, StakeholderGroup
from core.datetimes import MomentField
from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField


class EntryForm(forms.Form):
    """A comment that came in elsewhere."""

    received_via = forms.ChoiceField(
        label=_("Came by"), choices=[(each.value, each.label) for each in Channel if each not in {"web", "import"}]
    )
    received_at = MomentField(label=_("Received"))
    channel_note = LineField(label=_("Which list, session or event"), required=False, max_length=300)
    original = forms.FileField(label=_("Original"), required=False)
    name = LineField(label=_("Name as given"), required=False, max_length=200)
    email = AddressField(label=_("E-mail, for the answer"), required=False)
    organisation = LineField(label=_("On behalf of"), required=False, max_length=200)
    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=StakeholderGroup.choices, initial=StakeholderGroup.NOT_STATED
    )
    region = forms.ChoiceField(label=_("Regional group"), choices=Region.choices, initial=Region.NOT_STATED)
    display = forms.ChoiceField(label=_("What is shown"), choices=Display.choices, initial=Display.ORGANISATION)
    paragraphs = LineField(
        label=_("Paragraphs"), help_text=_("Empty: the whole document."), required=False, max_length=300
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    body = ProseField(label=_("Comment"), max_length=20_000, rows=6)
    proposed = ProseField(label=_("Proposed wording"), required=False, max_length=10_000, rows=4)

    def clean_original(self) -> Any:
        upload = self.cleaned_data.get("original")
        if upload and upload.size > settings.ORIGINAL_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return upload


class MailForm(forms.Form):
    mails = forms.FileField(
        label=_("A mail (.eml) or a mailbox (.mbox)"),
        widget=forms.FileInput(attrs={"accept": ".eml,.mbox,.mbx"}),
        help_text=_(
            "Each mail becomes comments that wait for moderation, with sender and date. Quoted words find their place."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="en")


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("Sheet (XLSX or CSV) in the eight columns of the ISO comment form"))
    received_at = MomentField(label=_("Received"))
    organisation = LineField(label=_("On behalf of, where the sheet does not say"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
