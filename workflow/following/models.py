"""Which forums and documents a person of the desk follows."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class Followed(models.Model):
    """Somebody follows a forum or a document, from its page.

    seen_at: their last visit there. It is no subscription by mail: those belong to an address (`mail.subscriptions`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="followed_by")
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="followed_once")]

    def __str__(self) -> str:
        return f"{self.user} follows {self.page}"
