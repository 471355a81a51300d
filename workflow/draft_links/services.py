"""Signed links by which people without an account read a draft, until a date."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from wagtail.models import Page

from workflow.draft_links.models import DraftLink, DraftVisit

SALT = "workflow.draft-link"
LONGEST = timedelta(days=settings.TOKEN_DAYS["draft link"])
"""A link is for one round of reading: nobody remembers older ones, and an address that leaks stays open no longer."""


class LinkClosed(Exception):
    """The link once led to a draft, and does so no more: it expired, was taken back, or its maker
    may give out none any more. `link` is its row."""

    def __init__(self, link: DraftLink) -> None:
        super().__init__(str(link))
        self.link = link


class NoSuchLink(Exception):
    """The address was never given out, or its row is gone with its page."""


def make_link(page: Page, *, made_for: str, by: Any, expires_at: datetime, at: datetime) -> DraftLink:
    """Raises ValueError for an end that has passed or lies further off than LONGEST."""
    if not at < expires_at <= at + LONGEST:
        raise ValueError(expires_at)
    return DraftLink.objects.create(page=page, made_for=made_for, made_by=by, made_at=at, expires_at=expires_at)


def revoke_link(link: DraftLink, at: datetime) -> None:
    """Close a link now. A second time changes nothing."""
    DraftLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)


def path_of(link: DraftLink) -> str:
    return reverse("workflow:draft", args=[signing.dumps(link.pk, salt=SALT)])


def open_link(token: str, at: datetime) -> DraftLink:
    """The link of a token, and a note that it was used. Raises NoSuchLink and LinkClosed."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NoSuchLink from error
    link = DraftLink.objects.filter(pk=pk).select_related("page", "made_by").first()
    if link is None:
        raise NoSuchLink
    if not link.is_open(at):
        raise LinkClosed(link)
    DraftVisit.objects.create(link=link, at=at)
    return link
