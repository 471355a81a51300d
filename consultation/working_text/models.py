"""What every row has that stands on a paragraph of a working text."""

from collections.abc import Sequence

from django.db import models

from editions.document.passages import Passage
from workflow.transitions.models import Process


class Anchored(models.Model):
    """A row on one passage of the working text, as the passage was when the row was made.

    key: of the passage; "" for the document as a whole. place: its ordinal, from 1. path: the headings above it.
    before: its text. Today's place is found from these by the alignment that comments follow (`places.places_of`).
    """

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="%(class)ss")
    key = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    place = models.PositiveIntegerField(default=0)
    path = models.JSONField(default=list, blank=True)
    before = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        """As the alignment calls it."""
        return self.before


def anchor_of(passage: Passage | None) -> dict[str, str | int | Sequence[str]]:
    """The fields of `Anchored` for a row made on this passage now; of the whole document for None."""
    if passage is None:
        return {"key": "", "kind": "", "place": 0, "path": [], "before": ""}
    return {
        "key": passage.key,
        "kind": str(passage.kind),
        "place": passage.ordinal,
        "path": list(passage.path),
        "before": passage.text,
    }
