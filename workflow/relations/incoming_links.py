"""Who points to a document: pages, relations and published texts. Looked at before it is withdrawn."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from editions.document.identifiers import squeeze
from editions.models import Edition, Relation
from workflow.sessions.models import Session
from workflow.transitions.governed_pages import GovernedPage, governed_classes
from workflow.transitions.models import Process


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """what: in words; address: where the link stands."""

    what: str
    address: str


def links_to(process: Process, reader: Any = None) -> list[IncomingLink]:
    """Every link to a document from elsewhere in the library, working texts of others included.

    reader: whom it is told; a draft that they may not edit is named by its forum only. None: code, which sees all.
    """
    texts = list(_texts(process))
    named = {edition.series for edition in texts}
    found = [
        *_from_pages(process),
        *_from_sessions(process),
        *_from_relations(process),
        *(IncomingLink(_("Text of %s") % edition.identifier, edition.permanent_address) for edition in texts),
        *_from_drafts(process, named, reader),
    ]
    return list(dict.fromkeys(found))


def relations_of(series: str) -> list[Relation]:
    """The relations of a document and of its editions, in either direction."""
    own = Q(source=series) | Q(source__startswith=f"{series}-E")
    towards = Q(target=series) | Q(target__startswith=f"{series}-E")
    return list(Relation.objects.filter(own | towards).order_by("kind", "source", "target"))


def exists(identifier: str) -> bool:
    """Whether an identifier names a document or an edition of the library, spelled exactly."""
    published = Edition.objects.filter(Q(identifier=identifier) | Q(series=identifier)).exists()
    return published or Process.objects.filter(series=identifier).exists()


def _from_pages(process: Process) -> Iterator[IncomingLink]:
    """Pages whose text is not governed: what Wagtail's index of references says of them holds."""
    for page in _pages_and_sessions(process, Page):
        if not issubclass(page.specific_class or Page, GovernedPage):
            address = reverse("wagtailadmin_pages:edit", args=[page.pk])
            yield IncomingLink(_("Page “%s”") % page.title, address)


def _from_sessions(process: Process) -> Iterator[IncomingLink]:
    """Sessions that discussed the document, or whose minutes link to it."""
    named = {session.pk: session for session in process.meeting_sessions.all()}  # type: ignore[attr-defined]
    named |= {session.pk: session for session in _pages_and_sessions(process, Session)}
    for session in named.values():
        yield IncomingLink(_("Session “%s”") % session, reverse("workflow:session", args=[session.pk]))


def _pages_and_sessions(process: Process, wanted: type[Any]) -> Iterator[Any]:
    """The rows of a kind that Wagtail knows to point to the page. Other kinds, such as the process, are its own."""
    if process.page is None:
        return
    keys = set()
    for row in ReferenceIndex.get_references_to(process.page):
        model = row.base_content_type.model_class()
        if model is not None and issubclass(model, wanted):
            keys.add(row.object_id)
    yield from wanted.objects.filter(pk__in=keys).order_by("pk")


def _from_relations(process: Process) -> Iterator[IncomingLink]:
    prefix = f"{process.series}-E"
    for row in relations_of(process.series):
        if row.source == process.series or row.source.startswith(prefix):
            continue
        edition = Edition.objects.filter(Q(series=row.source) | Q(identifier=row.source)).public().last()
        yield IncomingLink(_("Relation: %s") % row, edition.permanent_address if edition else f"/id/{row.source}")


def _texts(process: Process) -> Iterator[Edition]:
    """Public texts that name the document's address or its identifier; the database finds those worth reading."""
    edition = Edition.objects.filter(series=process.series).first()
    if edition is None:
        return
    others = Edition.objects.public().current().exclude(series=process.series)
    others = others.annotate(words=Cast("document", TextField()))
    for other in others.filter(Q(words__contains=edition.address) | Q(words__contains=process.series)):
        text = json.dumps(other.document, ensure_ascii=False)
        if edition.address in text or _names(text, process.series):
            yield other


def _from_drafts(process: Process, named: set[str], reader: Any) -> Iterator[IncomingLink]:
    """Working texts, which stand in revisions and in no index of references. named: documents whose text was said."""
    drafts = Page.objects.type(*governed_classes()).exclude(pk=process.page_id).exclude(process__series__in=named)
    drafts = drafts.annotate(words=Cast("latest_revision__content", TextField()))
    wanted = Q(words__contains=process.series)
    if process.page_id:
        wanted |= Q(words__contains="linktype")
    for page in drafts.filter(wanted).order_by("path"):
        text = page.words.replace("\\", "")  # a text within a text within JSON: its quotation marks are escaped twice
        if not _names(text, process.series) and not _points_to(text, process.page_id):
            continue
        if reader is None or page.specific.permissions_for_user(reader).can_edit():
            yield IncomingLink(_("Draft “%s”") % page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        else:
            forum = page.get_parent()
            yield IncomingLink(_("A draft of “%s”") % forum.title, reverse("wagtailadmin_explore", args=[forum.pk]))


def _points_to(text: str, page_id: int | None) -> bool:
    """Whether a rich text links to a page, as Wagtail writes it."""
    return any(f'id="{page_id}"' in tag for tag in re.findall(r'<a [^>]*linktype="page"[^>]*>', text))


def _names(text: str, series: str) -> bool:
    """Whether the identifier stands in a text, whole: BPF-2014-SPAM does not name BPF-2014-SPAM2."""
    start = text.find(series)
    while start >= 0:
        after = text[start + len(series) : start + len(series) + 1]
        if not squeeze(after) or after == "-":
            return True
        start = text.find(series, start + 1)
    return False
