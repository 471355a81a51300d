"""Forms of a comment from elsewhere and of a sheet of comments."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultation.submissions.services import Person
from consultation.vocabulary import Channel, Display, Kind, Region, StakeholderGroup
from core.datetimes import MomentField
from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField


class FromElsewhere(forms.Form):
    """What is recorded of whatever came in elsewhere: how, when, from whom, and what of it is shown."""

    received_via = forms.ChoiceField(
        label=_("Came by"), choices=[(each.value, each.label) for each in Channel if each not in {"web", "import"}]
    )
    received_at = MomentField(label=_("Received"))
    channel_note = LineField(label=_("Which list, session or event"), required=False, max_length=300)
    name = LineField(label=_("Name as given"), required=False, max_length=200)
    email = AddressField(label=_("E-mail, for the answer"), required=False)
    organisation = LineField(label=_("On behalf of"), required=False, max_length=200)
    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=StakeholderGroup.choices, initial=StakeholderGroup.NOT_STATED
    )
    region = forms.ChoiceField(label=_("Regional group"), choices=Region.choices, initial=Region.NOT_STATED)
    display = forms.ChoiceField(label=_("What is shown"), choices=Display.choices, initial=Display.ORGANISATION)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    @property
    def person(self) -> Person:
        """Of a valid form."""
        names = ("name", "email", "organisation", "group", "region", "display", "language")
        return Person(**{name: self.cleaned_data[name] for name in names})


class EntryForm(FromElsewhere):
    """A comment that came in elsewhere."""

    original = forms.FileField(label=_("Original"), required=False)
    paragraphs = LineField(
        label=_("Paragraphs"), help_text=_("Empty: the whole document."), required=False, max_length=300
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    body = ProseField(label=_("Comment"), max_length=20_000, rows=6)
    proposed = ProseField(label=_("Proposed wording"), required=False, max_length=10_000, rows=4)

    field_order = (
        "received_via", "received_at", "channel_note", "original", "name", "email", "organisation", "group", "region",
        "display", "paragraphs", "kind", "language", "body", "proposed",
    )  # fmt: skip

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


class WordFileForm(FromElsewhere):
    """A redlined Word file of a delegation."""

    organisation = LineField(
        label=_("Delegation or organization"), max_length=200, help_text=_("On whose behalf the file is entered.")
    )
    file = forms.FileField(
        label=_("Word file, or the mail that it came with"),
        help_text=_("A .docx file, or a mail saved as .eml with one attached; at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.eml"}),
    )
    with_names = forms.BooleanField(
        label=_("Put the names of the file’s reviewers into the comments"),
        help_text=_("Only if these people agree: the names become public. Otherwise they are left out."),
        required=False,
    )

    field_order = ("file", "organisation")


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("Sheet (XLSX, ODS or CSV) in the eight columns of the ISO comment form"))
    received_at = MomentField(label=_("Received"))
    organisation = LineField(label=_("On behalf of, where the sheet does not say"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
