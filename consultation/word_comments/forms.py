"""The form that takes a Word file with changes and comments."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordForm(forms.Form):
    file = forms.FileField(
        label=_("Your Word file"),
        help_text=_("A .docx file of at most 20 MB, saved by Word, LibreOffice or Google Docs."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a file."), "empty": _("Choose a file.")},
    )
    with_names = forms.BooleanField(
        label=_("Put the names of the file’s reviewers into the comments"),
        help_text=_("Only if these people agree: the names become public. Otherwise they are left out."),
        required=False,
    )
