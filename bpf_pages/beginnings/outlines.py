"""What a new document begins with: nothing, the usual chapters, or the headings of an output of an earlier year."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from bpf_pages.conversion.block_keys import keyed
from bpf_pages.models.forum import ForumPage
from core.plain_text import shortened
from editions.document.model import Heading, Section
from editions.document.passages import plain
from editions.models import Edition

USUAL = (
    _("Summary"),
    _("Definition of the issue"),
    _("Regional specificities"),
    _("Existing policy measures and private initiatives"),
    _("What worked well: practices found to be effective"),
    _("What worked less well, and unintended consequences"),
    _("Issues that remain unresolved"),
    _("Insights gained"),
    _("Proposed steps for further dialogue"),
    _("Contributors"),
)
"""The questions that the forums of 2014 were asked to answer, which later years kept with changes."""

MOST_OFFERED = 10  # outputs whose headings are offered
LOWEST = 4  # h2 to h4 are what the editor can write


def earlier_outputs(forum: ForumPage) -> list[Edition]:
    """Public outputs of the forums that this one continues, and of those of its name in other years; newest first.

    Editions, not drafts: whoever begins a document need not be one of the people of the other forum.
    """
    of_predecessors = Q(pk__in=[])
    for page in forum.continues.all():
        of_predecessors |= Q(year=page.year, forum_slug=page.slug)
    same_name = Q(forum_slug=forum.slug, year__lt=forum.year)
    found = Edition.objects.current().filter(of_predecessors | same_name).order_by("-year", "document_slug")
    return list(found[:MOST_OFFERED])


def usual_chapters(language: str) -> list[dict[str, Any]]:
    """A block a chapter, as StreamField stores it, in the words of a language."""
    with override("zh-hans" if language == "zh" else language):
        return [_chapter([(2, str(title))]) for title in USUAL]


def headings_of(edition: Edition) -> list[dict[str, Any]]:
    """A block a chapter: the headings of an edition without the text below them."""
    chapters: list[list[tuple[int, str]]] = []
    for level, title in _headings(edition.content.blocks):
        if level == 1 or not chapters:
            chapters.append([])
        chapters[-1].append((min(level + 1, LOWEST), title))
    return [_chapter(chapter) for chapter in chapters]


def _headings(blocks: Iterable[Any]) -> Iterator[tuple[int, str]]:
    """(level from 1, words). Typed parts such as a finding are content; an annex and what frames a text are not."""
    for block in blocks:
        if isinstance(block, Heading) and (title := plain(block.runs).strip()):
            yield block.level, title
        elif isinstance(block, Section) and block.kind in FRAMING and (title := plain(block.title).strip()):
            yield 1, title


FRAMING = frozenset({"summary", "contributors", "references", "annex"})


def _chapter(headings: list[tuple[int, str]]) -> dict[str, Any]:
    html = "".join(f"<h{level}>{escape(title)}</h{level}>" for level, title in headings)
    return {"type": "text", "id": str(uuid4()), "value": keyed(html)}


def called(edition: Edition) -> str:
    return f"{edition.year}: {shortened(edition.title, 90)}"
