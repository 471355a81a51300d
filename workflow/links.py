"""Who points to a document: pages, relations and published texts. Looked at before it is withdrawn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from editions.identifiers import squeeze
from editions.models import Edition, Relation
from workflow.models import Process


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """what: in words; address: where the link stands."""

    what: str
    address: str


def links_to(process: Process) -> list[IncomingLink]:
    """Every link to a document from elsewhere in the library."""
    return [*_from_pages(process), *_from_relations(process), *_from_texts(process)]


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
    if process.page is None:
        return
    for row in ReferenceIndex.get_references_to(process.page):
        model = row.base_content_type.model_class()
        if model is None or not issubclass(model, Page) or str(row.object_id) == str(process.page_id):
            continue
        if page := Page.objects.filter(pk=row.object_id).first():
            yield IncomingLink(_("Page “%s”") % page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _from_relations(process: Process) -> Iterator[IncomingLink]:
    prefix = f"{process.series}-E"
    for row in relations_of(process.series):
        if row.source == process.series or row.source.startswith(prefix):
            continue
        edition = Edition.objects.filter(Q(series=row.source) | Q(identifier=row.source)).public().last()
        yield IncomingLink(_("Relation: %s") % row, edition.permanent_address if edition else f"/id/{row.source}")


def _from_texts(process: Process) -> Iterator[IncomingLink]:
    """Public texts that name the document's address or its identifier. A text is some hundred kilobytes at most."""
    edition = Edition.objects.filter(series=process.series).first()
    if edition is None:
        return
    others = Edition.objects.public().current().exclude(series=process.series)
    for other in others.iterator(chunk_size=20):
        text = json.dumps(other.document, ensure_ascii=False)
        if edition.address in text or _names(text, process.series):
            yield IncomingLink(_("Text of %s") % other.identifier, other.permanent_address)


def _names(text: str, series: str) -> bool:
    """Whether the identifier stands in a text, whole: BPF-2014-SPAM does not name BPF-2014-SPAM2."""
    start = text.find(series)
    while start >= 0:
        after = text[start + len(series) : start + len(series) + 1]
        if not squeeze(after) or after == "-":
            return True
        start = text.find(series, start + 1)
    return False
