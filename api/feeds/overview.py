"""The page that lists the feeds, and which editions a feed of the whole library holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from editions.models import Edition, EditionQuerySet


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of the page that lists the feeds. example: whether the address stands for many of its kind."""

    title: str
    address: str
    about: str
    example: bool = False


def feeds() -> list[Feed]:
    return [
        Feed(_("New outcomes"), "/feeds/outcomes.atom", _("Every outcome and recorded output, the newest first.")),
        Feed(_("New editions"), "/feeds/editions.atom", _("Drafts for comment too.")),
        Feed(_("Open questions"), "/feeds/open-questions.atom", _("Open questions that the newest editions state.")),
        Feed(_("Open calls for comment"), "/open-calls.atom", _("What can be commented on now.")),
        Feed(
            f"{_('Open calls for comment')} (iCalendar)",
            "/open-calls.ics",
            _("The same for a calendar program (iCalendar)."),
        ),
        *_examples(),
    ]


def _examples() -> Iterator[Feed]:
    """Addresses that stand for many, from the newest edition, so that they lead somewhere in every library."""
    newest = real_editions().order_by("-published_at", "-pk").defer("document").first()
    if newest is None:
        return
    for theme in newest.metadata["themes"][:1]:
        yield Feed(_("A theme"), f"/feeds/themes/{theme['slug']}.atom", _("Its editions of every year."), example=True)
    yield Feed(_("A year"), f"/feeds/{newest.year}.atom", _("The editions of its forums."), example=True)
    yield Feed(_("A forum"), f"/feeds/{newest.year}/{newest.forum_slug}.atom", _("Its editions."), example=True)
    yield Feed(_("A search"), "/search/feed?q=spam", _("What it finds, whenever that changes."), example=True)


def real_editions() -> EditionQuerySet:
    """Public editions of no invented forum."""
    return Edition.objects.public().real()
