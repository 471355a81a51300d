"""Model: how often an edition was read or downloaded in a month."""

from django.db import models

from editions.models import Edition


class UsageCount(models.Model):
    """pages: how often its page was read. files: how often its text was taken along, in whatever form. month: its first
    day, UTC."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="uses")
    month = models.DateField()
    pages = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["month", "edition"]
        constraints = [models.UniqueConstraint(fields=["edition", "month"], name="usage_once_a_month")]

    def __str__(self) -> str:
        return f"{self.edition.identifier}, {self.month:%Y-%m}: {self.pages}, {self.files}"
