"""A file that an editor brings in: the original as it came, what was read in it, and which document it became."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage
from files.private_storage import private_files


class ImportedFile(models.Model):
    """One file, from its upload to its draft. The worker reads it; a person looks at what was read and takes it in.

    page: the document whose text it replaces, or that it became; empty until then. title, slug, language: of the new
    document, as typed. file: by its hash, in the private storage; no address serves it but the editors' own.
    reading: what bpf_pages.importing.foreign_files.Reading holds, as plain data, with its ledger; kept for good, so
    that whoever asks years later what became of a word finds it. choices: what an editor took in and left out besides
    (bpf_pages.importing.choices); settled once it is brought in. why: of a refusal (formats.draft.Unreadable).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits to be read")
        READ = "read", _("Read; nothing is brought in yet")
        REFUSED = "refused", _("Cannot be read")
        TAKEN = "taken", _("Brought in")

    forum = models.ForeignKey(ForumPage, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(OutcomePage, null=True, on_delete=models.SET_NULL, related_name="imported_files")
    replaces = models.BooleanField(default=False)
    title = models.CharField(max_length=255, blank=True)
    slug = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=16, default="en")
    file = models.FileField(storage=private_files, max_length=200)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    why = models.CharField(max_length=20, blank=True)
    reading = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger(self) -> dict[str, Any]:
        found: dict[str, Any] = self.reading.get("ledger") or {}
        return found
