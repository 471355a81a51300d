"""Forms of an attached file: new, new version, title and visibility."""

from django import forms
from django.utils.translation import gettext_lazy


class NewAttachmentForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("PDF, DOCX, ODT, XLSX, CSV or TXT."))
    is_public = forms.BooleanField(
        label=gettext_lazy("Public"),
        required=False,
        help_text=gettext_lazy("Readers are offered the file while an edition of the document is public."),
    )


class VersionForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("New version"))
    note = forms.CharField(label=gettext_lazy("What is new"), max_length=300, required=False)


class DescriptionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    is_public = forms.BooleanField(label=gettext_lazy("Public"), required=False)
