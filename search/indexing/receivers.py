"""From the signals of editions to rows. Receivers run inside the transaction that made the change: they only write."""

from typing import Any

from django.dispatch import receiver

from editions.models import Edition
from editions.signals import edition_published, edition_standing_changed, edition_withdrawn
from search.attached_files.signals import text_read
from search.indexing.rows import note, note_document
from workflow.attachments.models import Attachment
from workflow.signals import attachment_changed


@receiver(edition_published, dispatch_uid="search.published")
def published(sender: Any, edition: Edition, former: Edition | None, **kwargs: Any) -> None:
    note(edition)
    if former:
        note(former)


@receiver(edition_withdrawn, dispatch_uid="search.withdrawn")
def withdrawn(sender: Any, edition: Edition, **kwargs: Any) -> None:
    note(edition, removes=True)


@receiver(edition_standing_changed, dispatch_uid="search.standing_changed")
def standing_changed(sender: Any, edition: Edition, **kwargs: Any) -> None:
    note(edition)


@receiver(attachment_changed, dispatch_uid="search.attachment_changed")
def attachment_shown_or_hidden(sender: Any, attachment: Attachment, **kwargs: Any) -> None:
    """A version came, or the file was shown or taken out of view: what may not be found leaves at once."""
    note_document(attachment.series)


@receiver(text_read, dispatch_uid="search.text_read")
def attached_text_read(sender: Any, series: str, **kwargs: Any) -> None:
    note_document(series)
