"""What a person sends: the envelope, and apart from it, in a private table, who the person is."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.vocabulary import Channel, Display, Region, StakeholderGroup
from core.tokens import new_salt
from files.private_storage import private_files


class Submitter(models.Model):
    """Private: the only table that holds names as given, e-mail addresses and traces of the connection.

    One row a submission, so that nobody can write into the row of another person by giving that person's address.
    network: keyed hash of the address prefix the submission came from; blanked at network_until.
    """

    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    consent_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    network = models.CharField(max_length=64, blank=True, db_index=True)
    network_until = models.DateTimeField(null=True, blank=True, db_index=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=32, blank=True, default=new_salt)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"submitter {self.pk}"


class Submission(models.Model):
    """One sending of one or more comments. `receipt` is shown and mailed; `secret` opens the sender's own page."""

    receipt = models.CharField(max_length=16, unique=True)
    secret = models.CharField(max_length=64, unique=True)
    period = models.ForeignKey("consultation.Period", on_delete=models.PROTECT, related_name="submissions")
    submitter = models.OneToOneField(Submitter, on_delete=models.PROTECT, related_name="submission")
    organisation = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=20, choices=StakeholderGroup, default=StakeholderGroup.NOT_STATED)
    region = models.CharField(max_length=20, choices=Region, default=Region.NOT_STATED)
    display = models.CharField(max_length=14, choices=Display, default=Display.NAME)
    language = models.CharField(max_length=16)
    received_at = models.DateTimeField(db_index=True)
    received_via = models.CharField(max_length=14, choices=Channel, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel_note = models.CharField(max_length=300, blank=True, help_text=gettext_lazy("Which list, session or event."))
    original = models.FileField(storage=private_files, upload_to="originals", null=True, blank=True)
    original_name = models.CharField(max_length=120, blank=True)
    late = models.BooleanField(default=False)
    suspicious = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.receipt

    @property
    def is_withheld(self) -> bool:
        """Considered and counted, but no word of it is published."""
        return self.display == Display.WITHHELD

    @property
    def shown_name(self) -> str:
        """The only form in which a submitter's name is ever public, or "". Loads the private row."""
        if self.submitter.erased_at:
            return ""
        if self.display == Display.NAME and self.submitter.name:
            return f"{self.submitter.name} ({self.organisation})" if self.organisation else self.submitter.name
        return self.organisation if self.display in {Display.NAME, Display.ORGANISATION} else ""

    @property
    def display_name(self) -> str:
        """What stands in the place of a name, in the reader's language."""
        return self.shown_name or (_("Name erased") if self.submitter.erased_at else _("Anonymous"))


class Attachment(models.Model):
    """A file that came with a comment. It lies where no address serves it; `consultation.submissions.attachments` says
    what is taken and who gets it. name: as the sender called it, for showing only; kind: what its own bytes say it is.
    is_stripped: whether nothing stands beside the pixels of a picture; None: it came before that was taken out, and
    waits; False: it is damaged, and cannot be.
    """

    draft = models.ForeignKey("Draft", null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments")
    submission = models.ForeignKey(
        Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    file = models.FileField(storage=private_files, upload_to="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    is_stripped = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class Draft(models.Model):
    """A submission still being written, kept on the server so that a reload or a lost session loses nothing.

    token is the secret of its address; form_nonce names the form that began it. content: {"comments": [...],
    "person": {...}} as consultation.submissions.drafts shapes it, and "desk" where somebody enters it for others.
    """

    token = models.CharField(max_length=64, unique=True)
    form_nonce = models.CharField(max_length=64, unique=True)
    period = models.ForeignKey("consultation.Period", on_delete=models.CASCADE, related_name="drafts")
    content = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    submission = models.ForeignKey(Submission, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def comments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.content.get("comments", [])
        return found
