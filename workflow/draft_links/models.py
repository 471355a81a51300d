"""Links by which people without an account read a draft."""

from datetime import datetime

from django.conf import settings
from django.db import models
from wagtail.models import Page

from workflow.access.capabilities_beside_transitions import GIVE_DRAFT_LINKS, may


class DraftLink(models.Model):
    """A signed address of one document's working text, until a date, until it is taken back, or until whoever made it
    may give out none: they know the address, and would read by it what they may read no more."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="draft_links")
    made_for = models.CharField(max_length=200, help_text="Whom it was made for; stands in the watermark.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page} for {self.made_for}"

    def is_open(self, now: datetime) -> bool:
        """Half-open, as every period here: at its end the link is closed."""
        return self.revoked_at is None and now < self.expires_at and may(self.made_by, GIVE_DRAFT_LINKS, self.page)


class DraftVisit(models.Model):
    """One reading through a link. No address or browser of the reader is kept."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link}, {self.at:%Y-%m-%d %H:%M}"
