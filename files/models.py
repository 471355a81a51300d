"""Which images were cleaned, which kept files something public shows, and which are to be deleted."""

from django.db import models


class CleanedImage(models.Model):
    """An image was decoded and copied without metadata: `source` and `sha1` are the hashes of what was uploaded, the
    second one as Wagtail knows its files; `name` is the copy, "" where the bytes could not be read.

    A file of this name is known to be an image that costs no more than our limits.
    """

    source = models.CharField(max_length=64, unique=True)
    sha1 = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=120, db_index=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class ShownFile(models.Model):
    """A kept file that the world may read, because something public shows it. No row, no reader.

    shown_by: "edition <identifier>", or "page <id>" while a page about the library is live. name: in the default
    storage; "documents/<id>" for a document of the library that an edition of former days links to by its number.
    """

    name = models.CharField(max_length=120, db_index=True)
    shown_by = models.CharField(max_length=140, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "shown_by"], name="shown_once_by_each")]

    def __str__(self) -> str:
        return f"{self.name} by {self.shown_by}"


class LeftFile(models.Model):
    """A kept file whose row is gone: it is to be deleted (files.deletion).

    table: label of the model whose field `file` named it. name: in the storage of that field.
    """

    table = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.table} {self.name}"
