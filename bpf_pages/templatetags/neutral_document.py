"""Template tags that draw editions. The escaping is in `bpf_pages.rendering.document_html`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from bpf_pages.rendering import labels
from bpf_pages.rendering.document_html import Comments, drawn
from bpf_pages.rendering.draft_files import Claims, with_claims
from editions.document.model import Document, direction_of
from editions.document.passages import Passage, PassageKind, passages
from editions.models import Edition

register = template.Library()


@register.simple_tag
def neutral_document(document: Document, comments: Comments | None = None) -> SafeString:
    return drawn(document, comments)


@register.simple_tag
def draft_document(document: Document, claims: Claims) -> SafeString:
    return with_claims(drawn(document), claims)


@register.simple_tag
def contents_of(document: Document, deepest: int = 2) -> list[Passage]:
    """The headings of a document down to a level, in reading order."""
    return [p for p in passages(document) if p.kind == PassageKind.HEADING and p.level <= deepest]


@register.inclusion_tag("components/stage.html")
def stage_of(edition: Edition) -> dict[str, Any]:
    """The label of an edition's stage: words and colour."""
    stage = edition.stage if edition.is_public else "withdrawn"
    recorded = edition.is_public and edition.metadata.get("recorded")
    return {"stage": stage, "recorded": recorded, "label": labels.stage_label(edition)}


@register.filter
def direction(language: str) -> str:
    return direction_of(language or "en")


@register.filter
def entry(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a key that is itself a variable; 0 where there is none."""
    return mapping.get(key, 0)
