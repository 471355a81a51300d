"""Model: the archive of a year."""

from django.db import models

from files.private_storage import PrivateFiles


def storage() -> PrivateFiles:
    """A withdrawn text must not be reachable past the view."""
    return PrivateFiles("archives")


class YearArchive(models.Model):
    """One file a year, of what was public when it was built.

    contents: SHA-256 over what it was made of (`services.state_of`); where that differs from today's, the file is not
    served. sha256, size (bytes): of the file. editions: how many are in it.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    contents = models.CharField(max_length=64)
    file = models.FileField(storage=storage, max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    editions = models.PositiveIntegerField()
    built_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"archive of {self.year}"
