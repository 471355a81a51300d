"""An address outside the library, what became of it, and where it was archived."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.prepared_queries import prepared


class OutsideLinkQuerySet(models.QuerySet["OutsideLink"]):
    def used(self) -> Self:
        return self.filter(is_used=True)

    def archive_of(self, address: str) -> str:
        """Where a copy of an address was archived, "" where it was not."""
        return (_archived.first(address) or "") if address else ""


class OutsideLink(models.Model):
    """One address. `bpf_pages.link_checks.services` gathers and checks them; a person only says where it is archived.

    places: [{"title", "address"}] of the pages that link to it, the first few. status: of HTTP, 0 without an answer.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("Not checked yet")
        ALIVE = "alive", pgettext_lazy("an address", "Answers")
        UNCLEAR = "unclear", _("No clear answer")
        DEAD = "dead", _("Dead")
        REFUSED = "refused", _("Not asked")

    address = models.CharField(_("address"), max_length=2000, unique=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING, db_index=True)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, db_index=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    places = models.JSONField(_("pages"), default=list)
    is_used = models.BooleanField(_("is linked to"), default=True)
    archive_address = models.URLField(
        _("archived copy"), max_length=2000, blank=True,
        help_text=_("Where a copy was archived, such as at web.archive.org. Shown beside the link to an original."),
    )  # fmt: skip

    objects = OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside link")
        verbose_name_plural = _("outside links")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


@prepared
def _archived(address: str) -> "models.QuerySet[OutsideLink, str]":
    found = OutsideLink.objects.filter(address=address).exclude(archive_address="")
    return found.values_list("archive_address", flat=True)
