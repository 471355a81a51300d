"""The form of Wagtail's documents: what a file holds must be what its name says."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from files.kinds import CONTENT_TYPES, fits_ending


class CheckedDocumentForm(BaseDocumentForm):  # type: ignore[misc]
    def clean_file(self) -> Any:
        """The endings that are taken are judged by the field itself."""
        file = self.cleaned_data.get("file")
        ending = PurePath(getattr(file, "name", "") or "").suffix.lower().removeprefix(".")
        if isinstance(file, UploadedFile) and ending in CONTENT_TYPES and not fits_ending(file, ending):  # type: ignore[arg-type]
            raise ValidationError(not_its_kind(ending), code="other_kind")
        return file

    class Meta(BaseDocumentForm.Meta):  # type: ignore[misc]
        pass


def not_its_kind(ending: str) -> str:
    return _("The file is named as %s, but is none, or holds macros. Save it in that form again, then upload it.") % (
        ending.upper()
    )
