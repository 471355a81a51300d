"""Who reads a draft may read the files it shows: addresses in a drawn draft carry a signed claim, judged at every use.

A claim names the file and whom the draft was drawn for: the holder of a draft link, while it is open; an editor of the
page; or the person who is writing a page that is not stored yet. It says that the draft showed this file.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from wagtail.models import Page

from workflow.draft_links.models import DraftLink

SALT = "workflow.draft-file"
LONGEST = timedelta(hours=12)
"""A drawn draft that is left open longer is reloaded."""


def claim(name: str, *, link: DraftLink | None, page: Page, user: Any) -> str:
    """For a file in the default storage by its name."""
    if link is not None:
        whom = "link", link.pk
    elif page.pk is not None:
        whom = "page", page.pk
    else:
        whom = "user", user.pk
    return signing.dumps([name, *whom], salt=SALT)


def allows(text: str, name: str, user: Any, now: datetime) -> bool:
    """Whether a claim opens this file for this person now. Never raises."""
    try:
        claimed, kind, key = signing.loads(text, salt=SALT, max_age=LONGEST)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if claimed != name:
        return False
    if kind == "link":
        link = DraftLink.objects.filter(pk=key).first()
        return link is not None and link.is_open(now)
    if not user.is_authenticated or not user.is_active:
        return False
    if kind == "user":
        return bool(user.pk == key and user.has_perm("wagtailadmin.access_admin"))
    page = Page.objects.filter(pk=key).first()
    return page is not None and bool(page.specific.permissions_for_user(user).can_edit())
