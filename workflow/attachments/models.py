"""Files that belong to an outcome document: originals, annexes, data. Each upload is a version that stays."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from editions.models import Edition, FrozenModel
from files.private_storage import PrivateFiles
from workflow.transitions.models import Process


def storage() -> PrivateFiles:
    return PrivateFiles("attachments")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def public(self) -> Self:
        """The one definition of what the world may see of files: marked public, at a document with a public edition."""
        return self.filter(Exists(Edition.objects.public().filter(series=OuterRef("series"))), is_public=True)


class Attachment(models.Model):
    """A file of a document over all its versions. `series` is the document's, `number` counts from 1 and is never
    used again. is_original: the document as it was published elsewhere, of which the text here was made. language: of
    the file; "": that of the document.

    Rooms above follow it by the signal workflow.signals.attachment_changed and read `versions` or `newest`.
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="attachments")
    series = models.CharField(max_length=110, db_index=True)
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    is_public = models.BooleanField(_("public"), default=False)
    is_original = models.BooleanField(_("the document as published"), default=False)
    language = models.CharField(_("language"), max_length=16, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["series", "number"]
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="attachment_number_once")]

    def __str__(self) -> str:
        return f"{self.series} attachment {self.number}: {self.title}"

    def public_path(self, version: int | None = None) -> str:
        """Path at which readers find it: the newest version, or one by its number. "" where nothing was published."""
        found = Edition.objects.filter(series=self.series).only("year", "forum_slug", "document_slug").first()
        tail = f"versions/{version}/" if version else ""
        return f"{found.address}attachments/{self.number}/{tail}" if found else ""

    @property
    def newest(self) -> "AttachmentVersion | None":
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class AttachmentVersion(FrozenModel):
    """One upload, for ever. `file` lies at its hash; sha256 hexadecimal, size in bytes, name as it was uploaded.

    by_name may be blanked when a person is erased.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(storage=storage, max_length=120)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["attachment", "number"]
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="attachment_version_once")]

    def __str__(self) -> str:
        return f"{self.attachment}, version {self.number}"
