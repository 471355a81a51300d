"""The forms that bring a file in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from bpf_pages.importing.foreign_files import REFUSALS
from bpf_pages.importing.services import begin
from bpf_pages.models.fields import ADDRESS_PART, LANGUAGES
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from core.form_fields import LineField
from formats.draft import UnreadableFile
from formats.kinds.readers import SUFFIXES
from formats.reading import FILE_LIMIT


def _what_is_read() -> str:
    said = _(
        "Word (.docx), OpenDocument (.odt), RTF, PDF, a web page (.html), Markdown, plain text or a mail (.eml), "
        "up to %(size)d MB. Headings, lists, tables, footnotes, links, emphasis and images are kept; fonts, "
        "colours, page heads and feet are not. You see what was read before anything is brought in."
    )
    return str(said % {"size": FILE_LIMIT // 1_000_000})


class FileForm(forms.Form):
    """A file to read. `uploaded` answers the row that waits for the worker, or None with an error on the form."""

    file = forms.FileField(
        label=_("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
        help_text=lazy(_what_is_read, str)(),
    )

    def uploaded(self, user: Any) -> ImportedFile | None:
        file = self.cleaned_data["file"]
        try:
            return self.begun(file.name, file.read(), user)
        except UnreadableFile as error:
            self.add_error("file", str(REFUSALS[error.why]))
        except ValidationError as error:
            self.add_error(None, [message for messages in error.message_dict.values() for message in messages])
        return None

    def begun(self, name: str, content: bytes, user: Any) -> ImportedFile:
        raise NotImplementedError


class NewDocumentForm(FileForm):
    title = LineField(
        label=_("Title"),
        max_length=255,
        required=False,
        help_text=_("Left empty: the title that the file names."),
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

    def begun(self, name: str, content: bytes, user: Any) -> ImportedFile:
        given = {field: self.cleaned_data[field] for field in ("title", "slug", "language")}
        return begin(self.forum, name, content, user=user, at=timezone.now(), **given)


class NewTextForm(FileForm):
    def __init__(self, page: OutcomePage, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.page = page

    def begun(self, name: str, content: bytes, user: Any) -> ImportedFile:
        return begin(self.page.forum, name, content, user=user, at=timezone.now(), page=self.page)
