"""Models: the printed file of an edition, and a yearbook; each file is kept at its hash for ever."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editions.models import Edition, EditionQuerySet
from files.private_storage import PrivateFiles
from pdf.print_job import TEMPLATE_VERSION
from pdf.printing.retries import MOST_ATTEMPTS, next_try


def storage() -> PrivateFiles:
    """A withdrawn edition's file must not be reachable past its view."""
    return PrivateFiles("printings")


def template_of_today() -> str:
    """A function, so that a new version needs no migration."""
    return TEMPLATE_VERSION


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting to be printed")
    PRINTED = "printed", _("Printed")
    FAILED = "failed", _("Could not be printed")


class StoredFile(models.Model):
    """A file kept at its hash. sha256, size (bytes), pages: of the file, once it is printed.

    replaced: characters drawn as a box. libraries: versions of what made the file.
    """

    template_version = models.CharField(max_length=10, default=template_of_today)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=storage, blank=True, max_length=100)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    replaced = models.TextField(blank=True)
    libraries = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_printed(self) -> bool:
        return self.status == Status.PRINTED

    @property
    def is_given_up(self) -> bool:
        return not self.is_printed and self.attempts >= MOST_ATTEMPTS

    def may_be_tried(self, now: datetime) -> bool:
        """Whether a try by itself is due: not printed, not given up, and the wait after the last failure is over."""
        return not self.is_printed and not self.is_given_up and (self.not_before is None or self.not_before <= now)

    def wait_after_failure(self, now: datetime) -> None:
        self.not_before = next_try(self.attempts, now)


class Form(models.TextChoices):
    """How an edition is printed besides the usual way. Each is printed when somebody asks for it."""

    LETTER = "letter", _("US Letter")
    LARGE = "large", _("Large print")
    LARGE_LETTER = "large-letter", _("Large print, US Letter")
    PDF_2 = "pdf2", _("PDF 2.0")


USUAL = ""
PAPERS: dict[str, str] = {Form.LETTER: "Letter", Form.LARGE: "Large A4", Form.LARGE_LETTER: "Large Letter"}


def truth_of(edition: Edition, form: str = USUAL) -> dict[str, Any]:
    """What a printing says that is true of an edition now: stage, whether it is the newest, template; and how."""
    return {
        "stage": edition.stage, "is_current": edition.is_current, "template_version": TEMPLATE_VERSION, "form": form,
    }  # fmt: skip


class PrintingQuerySet(models.QuerySet["Printing"]):
    def printed(self) -> Self:
        return self.filter(status=Status.PRINTED)

    def of(self, edition: Edition, form: str = USUAL) -> Self:
        """Those that say what is true of the edition now."""
        return self.filter(edition=edition, **truth_of(edition, form))


class Printing(StoredFile):
    """One file of one edition as it stood: a change of standing or of template makes another beside it.

    form: "" or a Form.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="printings")
    stage = models.CharField(max_length=20)
    is_current = models.BooleanField()
    form = models.CharField(max_length=12, choices=Form, blank=True, default=USUAL)

    objects = PrintingQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "stage", "is_current", "template_version", "form"], name="printing_once_a_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition.identifier}, {self.stage}, template {self.template_version}: {self.status}"

    def is_of_now(self, edition: Edition) -> bool:
        """Whether it says what is true of its edition now; `of` asks the database the same."""
        return all(getattr(self, name) == value for name, value in truth_of(edition, self.form).items())


class SealQuerySet(models.QuerySet["Seal"]):
    def made(self) -> Self:
        return self.filter(status=Status.PRINTED)


class Seal(StoredFile):
    """A second file of a printing: the same bytes, and after them the library's signature. What was printed stays the
    truth, and its hash with it.

    signer: the name in the certificate. certificate: SHA-256 of it, hexadecimal. is_self_made: whether this
    installation made the certificate itself. has_time: whether a time-stamp authority says when.
    """

    printing = models.OneToOneField(Printing, on_delete=models.CASCADE, related_name="seal")
    signer = models.CharField(max_length=300, blank=True)
    certificate = models.CharField(max_length=64, blank=True)
    is_self_made = models.BooleanField(default=False)
    has_time = models.BooleanField(default=False)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["printing"]

    def __str__(self) -> str:
        return f"seal of {self.printing}"


class Volume(StoredFile):
    """A file of several editions: a yearbook or a redline. key: `2099`, the slug of a theme, or the identifier of the
    older edition and the number of the newer one, such as `BPF-2099-LAMPS-E1:2`.

    contents: SHA-256 over the hashes of its editions and their standing, so that another set makes another file.
    """

    class Kind(models.TextChoices):
        YEAR = "year", _("Outcomes of a year")
        THEME = "theme", _("Outcomes on a theme")
        REDLINE = "redline", _("Changes between two editions")

    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=80)
    contents = models.CharField(max_length=64)

    class Meta:
        ordering = ["kind", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "contents", "template_version"], name="volume_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.status}"


def unprinted_editions() -> EditionQuerySet:
    """Public editions without a file that says what is true of them now, those given up left out."""
    resting = models.Q(attempts__gte=MOST_ATTEMPTS) | models.Q(not_before__gt=timezone.now())
    settled = _of_now().filter(models.Q(status=Status.PRINTED) | resting)
    return Edition.objects.public().filter(~Exists(settled)).order_by("pk")


def given_up_editions() -> EditionQuerySet:
    """Public editions that nobody tries to print by themselves any more."""
    given_up = _of_now().exclude(status=Status.PRINTED).filter(attempts__gte=MOST_ATTEMPTS)
    return Edition.objects.public().filter(Exists(given_up)).order_by("pk")


def _of_now() -> PrintingQuerySet:
    """Rows that say what is true of the edition of an outer query."""
    return Printing.objects.filter(
        edition=OuterRef("pk"),
        stage=OuterRef("stage"),
        is_current=OuterRef("is_current"),
        template_version=TEMPLATE_VERSION,
        form=USUAL,
    )
