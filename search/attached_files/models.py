"""Rows of the text of attached files, page by page."""

from typing import Self

from django.db import models


class FileTextQuerySet(models.QuerySet["FileText"]):
    def settled(self, most_tries: int) -> Self:
        """Read, or not readable however often it is tried."""
        return self.filter(models.Q(failure="") | models.Q(tries__gte=most_tries))


class FileText(models.Model):
    """The text of a public attached file, found by the check sum of its bytes.

    pages: how many it has; None as long as it could not be read. failure: why not.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    reader = models.CharField(max_length=20, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    tries = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = FileTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256


class FilePage(models.Model):
    """number: from 1, as viewers count. text: all of it, in reading order; "" where the page holds none."""

    file = models.ForeignKey(FileText, on_delete=models.CASCADE, related_name="page_set")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_page_once")]

    def __str__(self) -> str:
        return f"{self.file} page {self.number}"
