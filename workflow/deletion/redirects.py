"""Redirects are kept for ever: the Secretariat makes them and points them elsewhere, and nobody takes one away.

They stand in Wagtail's own editor (Settings > Redirects). Its middleware asks only where an address would be unknown,
so that no redirect can hide a document or its tombstone.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect


def keep(sender: type[Redirect], instance: Redirect, **kwargs: Any) -> None:
    """Receiver of pre_delete, so that views, bulk actions, code and a deleted target page are all refused."""
    raise PermissionDenied(_("A redirect stays: somebody may have cited %s. Point it elsewhere instead.") % instance)


def keep_address(sender: type[Redirect], instance: Redirect, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of pre_save: an address that once led somewhere goes on leading somewhere."""
    if raw or not instance.pk:
        return
    stored = Redirect.objects.filter(pk=instance.pk).values_list("old_path", flat=True).first()
    if stored is not None and Redirect.normalise_path(instance.old_path) != stored:
        raise PermissionDenied(_("The old address of a redirect stays %s; make another redirect.") % stored)
