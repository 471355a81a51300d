"""What editors are told of an attached file: whether its text can be found."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.attached_files.models import FileText
from search.attached_files.services import pdf_of
from workflow.attachments.models import Attachment


def standing(attachment: Attachment) -> str:
    """In an editor's words: whether the text of a file can be found, and if not, why and what helps."""
    newest = pdf_of(attachment)
    if newest is None:
        return _("Not searchable: only the text of PDF files is searched.")
    if not Attachment.objects.public().filter(pk=attachment.pk).exists():
        return _("Not searchable: readers are not offered this file now.")
    row = FileText.objects.filter(sha256=newest.sha256).first()
    if row is None:
        return _("Its text is being read; it can be searched in a minute or two.")
    if row.failure:
        return _("Not searchable: its text cannot be read (%s). Attach a version that opens without a password.") % (
            row.failure
        )
    return _read_words(row)


def _read_words(row: FileText) -> str:
    total = row.pages or 0
    held = row.page_set.exclude(text="").count()
    if not held:
        return _("Not searchable: the file holds pictures of text, but no text. Attach a version with text in it.")
    said = ngettext("Searchable: %d page.", "Searchable: %d pages.", held) % held
    if held < total:
        empty = total - held
        said += " " + ngettext("%d page holds no text.", "%d pages hold no text.", empty) % empty
    return said
