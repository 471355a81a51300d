"""The forms that bring a file in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bpf_pages.importing.file_to_html import SUFFIXES, UnreadableFile
from bpf_pages.importing.foreign_files import FILE_LIMIT, REFUSALS
from bpf_pages.importing.services import Imported, import_into, import_new
from bpf_pages.models.fields import ADDRESS_PART, LANGUAGES
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage


class FileForm(forms.Form):
    """A file to read. `bring_in` answers what became of it, or None with an error on the form."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text=_(
            "A Word document (.docx), a web page (.html) or plain text (.txt), up to %(size)d MB. Headings, lists, "
            "tables, footnotes, links, emphasis and images are kept; fonts, colours, page heads and feet are not."
        )
        % {"size": FILE_LIMIT // 1_000_000},
    )

    def bring_in(self, user: Any) -> Imported | None:
        file = self.cleaned_data["file"]
        try:
            return self.imported(file.name, file.read(), user)
        except UnreadableFile as error:
            self.add_error("file", str(REFUSALS[error.why]))
        except ValidationError as error:
            self.add_error(None, [message for messages in error.message_dict.values() for message in messages])
        return None

    def imported(self, name: str, content: bytes, user: Any) -> Imported:
        raise NotImplementedError


class NewDocumentForm(FileForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("Left empty: the title that the file begins with."),
    )
    slug = forms.CharField(
        label=_("Slug"),
        max_length=60,
        required=False,
        validators=[ADDRESS_PART],
        help_text=_(
            "The last part of its address. “outcome” is the forum's main document. Left empty: from the title."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en")

    def __init__(self, forum: ForumPage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.forum = forum

    def imported(self, name: str, content: bytes, user: Any) -> Imported:
        given = {field: self.cleaned_data[field] for field in ("title", "slug", "language")}
        return import_new(self.forum, name, content, user=user, **given)


class NewTextForm(FileForm):
    def __init__(self, page: OutcomePage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page

    def imported(self, name: str, content: bytes, user: Any) -> Imported:
        return import_into(self.page, name, content, user=user)
