"""Why a page may not be deleted, in words: what was published from it, what links there, and what to do instead.

The permission testers of governed pages close every road; views and the interface for programs ask here what to say.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from core.languages.lists import listed
from editions.models import Edition
from workflow.relations.incoming_links import IncomingLink, links_to
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

MOST_NAMED = 10
"""Documents below a page, and links to a document, that one sentence names."""


@dataclass(frozen=True, slots=True)
class Stay:
    """why: a sentence for a person. links: what leads to the document. instead: (words, address) of what to do."""

    page: Page
    why: str
    links: list[IncomingLink]
    instead: tuple[str, str]

    @property
    def said(self) -> str:
        """Everything in one paragraph, for a message."""
        return " ".join(filter(None, [self.why, said_of_links(self.links)]))


def why_it_stays(page: Page, reader: Any) -> Stay | None:
    """None for a page that may go. reader: whom it is told; titles of others' drafts are not."""
    published = _published(page)
    draft = page.specific
    if isinstance(draft, GovernedPage):
        process = process_of(draft)
        links = links_to(process, reader)
        if published:
            return Stay(page, _published_itself(process, published), links, _withdraw(process))
        if links:
            return Stay(page, _is_linked(process), links, _relations(process))
        return None
    if published:
        return Stay(page, _published_below(page, published), [], (_("Work queue"), reverse("workflow_admin:queue")))
    return None


def said_of_links(links: list[IncomingLink]) -> str:
    """What leads there, in a sentence; "" where nothing does."""
    if not links:
        return ""
    return _("What links to it: %s.") % _first([link.what for link in links], "; ")


def _first(names: list[str], between: str) -> str:
    """The first MOST_NAMED, and how many more there are."""
    named = between.join(names[:MOST_NAMED])
    if more := max(0, len(names) - MOST_NAMED):
        named += between + ngettext("%d more", "%d more", more) % more
    return named


def _published(page: Page) -> list[tuple[str, int]]:
    """(series, newest number) of every document published at or below a page."""
    rows = Edition.objects.filter(page__path__startswith=page.path).values_list("series")
    return list(rows.annotate(newest=Max("number")).order_by("series"))


def _published_itself(process: Process, published: list[tuple[str, int]]) -> str:
    named = listed(f"{series}-E{number}" for series, number in published)
    said = _(
        "“%(title)s” stays: it was published (%(editions)s), and a cited address leads somewhere for ever. "
        "Withdraw it instead; its reason will stand in its place."
    )
    return said % {"title": process.title, "editions": named}


def _published_below(page: Page, published: list[tuple[str, int]]) -> str:
    named = _first([series for series, _number in published], ", ")
    said = _(
        "“%(title)s” stays: documents were published below it (%(documents)s), and a cited address leads somewhere for "
        "ever. Withdraw them instead, each with its reason."
    )
    return said % {"title": page.get_admin_display_title(), "documents": named}


def _is_linked(process: Process) -> str:
    return _("“%s” stays while others link to it. Take the links out first.") % process.title


def _withdraw(process: Process) -> tuple[str, str]:
    return _("Withdraw"), reverse("workflow_admin:move", args=[process.page_id, "withdraw"])


def _relations(process: Process) -> tuple[str, str]:
    return _("Relations and links"), reverse("workflow_admin:relations", args=[process.page_id])
