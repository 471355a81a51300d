"""The forms by which sheets and files are uploaded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.spreadsheets import MOST_BYTES
from formats.kinds.readers import SUFFIXES

SHEETS = (".xlsx", ".ods", ".csv", ".tsv", ".txt", ".json")
MOST_FILES = 500  # in one go


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; clean() answers a list of them, empty for none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST_FILES:
            raise ValidationError(_("These are too many files for one go. Add them in several, or as an archive."))
        if not sent and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        single = super().clean
        return [single(file, initial) for file in sent]


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("Sheet"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(SHEETS)}),
        help_text=_("XLSX, ODS, CSV or JSON, one row an output, up to 10 MB and 5,000 rows."),
    )

    def clean_sheet(self) -> Any:
        sheet = self.cleaned_data["sheet"]
        if sheet.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        return sheet


def _documents(*, required: bool) -> ManyFilesField:
    return ManyFilesField(
        label=_("Files"),
        max_length=200,
        required=required,
        widget=ManyFilesInput(attrs={"accept": ",".join([*sorted(SUFFIXES), ".zip"])}),
        help_text=_(
            "Choose all at once, or one zip archive with folders in it. Up to 100 MB in one go; more can be added "
            "afterwards. Nothing is brought in before you have seen what would become of each row."
        ),
    )


class NewCatalogueForm(SheetForm):
    documents = _documents(required=False)
    fetches = forms.BooleanField(
        label=_("Download outputs whose row names no file"),
        required=False,
        help_text=_("From their source address, one at a time, where the server allows it."),
    )


class FilesForm(forms.Form):
    documents = _documents(required=True)
