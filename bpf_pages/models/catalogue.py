"""A catalogue that is brought in: a sheet with one row an output, the files it names, and what became of each row."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from files.private_storage import private_files


class Catalogue(models.Model):
    """One sheet. The worker reads and checks it (a dry run), a person looks and starts it, the worker goes through it.

    sheet: by its hash, in the private storage; no address serves it but the Secretariat's own. why: of a sheet that
    cannot be read, in words. worked_at: when it was started or a row of it taken up. fetches: whether a row without a
    file is downloaded from its source. unused: headings of columns that mean nothing here.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be checked")
        CHECKED = "checked", _("Checked; nothing is brought in yet")
        REFUSED = "refused", _("Cannot be read")
        RUNNING = "running", _("Is being brought in")
        DONE = "done", _("Gone through")

    name = models.CharField(max_length=200)
    sheet = models.FileField(storage=private_files, max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    unused = models.JSONField(default=list)
    fetches = models.BooleanField(default=False)
    worked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name


class CatalogueFile(models.Model):
    """A file of a catalogue: uploaded, or downloaded from a source. name: with the folders it lay in.

    address, status, fetched_at: of a download: where it came from after redirects, the answer of HTTP, and when. A
    download that failed is a row without a file, with the reason in `detail`: the record of what was asked for stays.
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=300)
    file = models.FileField(storage=private_files, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    asked = models.CharField(max_length=2000, blank=True, db_index=True)
    address = models.CharField(max_length=2000, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class CatalogueRowQuerySet(models.QuerySet["CatalogueRow"]):
    def waiting(self) -> Self:
        return self.filter(state=CatalogueRow.State.WAITING)


class CatalogueRow(models.Model):
    """One output. number: of the row in the sheet, below its headings, from 1. cells: by the names of columns.

    problems: [code of bpf_pages.catalogues.problems.Problem, detail] each. plan: what it would make, of the dry run.
    claimed_at: when a worker took it up; one that was killed leaves it, and another takes it up later. imported, page:
    what it became.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Ready")
        PROBLEM = "problem", _("Has a problem")
        DONE = "done", _("Brought in")
        HELD = "held", _("Brought in as a draft; look at it before it is recorded")
        HERE = "here", _("Is here already")

    catalogue = models.ForeignKey(Catalogue, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    problems = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    claimed_at = models.DateTimeField(null=True)
    imported = models.ForeignKey(ImportedFile, null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.ForeignKey(OutcomePage, null=True, on_delete=models.SET_NULL, related_name="catalogue_rows")

    objects = CatalogueRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "number"], name="one_row_a_number")]

    def __str__(self) -> str:
        return f"{self.catalogue}: {self.number}"

    @property
    def title(self) -> str:
        cells: dict[str, Any] = self.cells
        return str(cells.get("title") or cells.get("file") or cells.get("source") or "")
