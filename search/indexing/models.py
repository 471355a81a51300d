"""Rows of editions that an index has to look at again."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeQuerySet(models.QuerySet["IndexChange"]):
    def waiting(self) -> Self:
        return self.filter(done_at=None)

    def for_engine(self, name: str) -> Self:
        return self.filter(engine=name)

    def in_order(self) -> Self:
        """Withdrawals first: what must vanish does not wait for what may appear."""
        return self.order_by("-removes", "pk")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)


class IndexChange(models.Model):
    """An edition whose records an engine has to look at again, written in the transaction that changed the edition.

    It says that, not what: whoever lands it reads the edition as it stands by then, so late or repeated rows do no
    harm. Rows that are done stay for a while: a rebuild repeats those that came after its start.
    """

    engine = models.CharField(max_length=30)
    edition = models.CharField(max_length=120, help_text=_("Identifier of the edition."))
    removes = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["engine", "done_at"])]

    def __str__(self) -> str:
        return f"{self.engine}: {self.edition}"
