"""Rows of issued reports on comments."""

from django.db import models

from editions.models import Edition
from workflow.transitions.models import Process


class Report(models.Model):
    """A disposition report, frozen. `data` is hashed and never changes; `texts` holds the words and names, which a
    person may have erased (docs/adr/0051). supersedes: the report this one was issued in place of."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="reports")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200, blank=True)
    data = models.JSONField()
    texts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["process", "number"]
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="report_number_once")]

    def __str__(self) -> str:
        return f"{self.process.series} report {self.number}"
