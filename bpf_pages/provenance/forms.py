"""The two ways to ask: with a file, or with the SHA-256 of one."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 25 * 1024 * 1024
"""The largest printing is far below: 1,040 pages without images are 4 MB."""


class FileToRecognise(forms.Form):
    hashed_file = forms.FileField(
        label=_("A file"),
        help_text=_("Of at most 25 MB. It is not kept: its check sum is taken while it comes in, and no more."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )


class CheckSum(forms.Form):
    """Takes what programs print: capitals, colons, the name of the algorithm before it, the name of a file after it."""

    sha256 = forms.CharField(
        label=_("Or its check sum (SHA-256)"),
        help_text=_("64 digits and letters from a to f, as sha256sum and similar programs print them."),
        max_length=400,
        error_messages={"required": _("Write a check sum.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_sha256(self) -> str:
        given = re.sub(r"^sha-?256\s*(\([^)]*\)\s*=|[:=])?\s*", "", self.cleaned_data["sha256"].strip().lower())
        found = re.match(r"[0-9a-f]{64}(?![0-9a-f])", given.replace(":", ""))
        if found is None:
            raise ValidationError(_("This is no SHA-256: it has 64 digits and letters from a to f."))
        return found[0]
