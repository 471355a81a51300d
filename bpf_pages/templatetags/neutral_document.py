"""Template tags that draw editions. The escaping is in `bpf_pages.rendering.document_html`."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from bpf_pages.glossary.terms import OF_STAGE, RECORDED
from bpf_pages.rendering import labels
from bpf_pages.rendering.document_html import Comments, drawn
from bpf_pages.rendering.draft_files import Claims, with_claims
from bpf_pages.templatetags.glossary import first_address
from core.languages.names import name_within, own_name
from core.languages.template_tags import OWN, forum_called, tongue
from core.plain_text import shortened
from core.rendering.html import format_html
from editions.document.citation_styles import kept_since as day_of_record
from editions.document.model import Document
from editions.document.passages import Passage, PassageKind, passages
from editions.models import Edition
from editions.translations import told_in
from search.answering.highlight_on_page import with_marks
from search.query.marks import Marks

register = template.Library()


@register.simple_tag
def neutral_document(document: Document, comments: Comments | None = None, marked: Marks | None = None) -> SafeString:
    """marked: words that a search found."""
    html = drawn(document, comments)
    return SafeString(with_marks(html, marked)) if marked else html


@register.simple_tag
def draft_document(document: Document, claims: Claims) -> SafeString:
    return with_claims(drawn(document), claims)


@register.simple_tag
def contents_of(document: Document, deepest: int = 2) -> list[Passage]:
    """The headings of a document down to a level, in reading order."""
    return [p for p in passages(document) if p.kind == PassageKind.HEADING and p.level <= deepest]


@register.inclusion_tag("components/stage.html", takes_context=True)
def stage_of(context: dict[str, Any], edition: Edition, published_as: str = "") -> dict[str, Any]:
    """The label of an edition's stage: words and colour. The first of its kind on a page leads to what it means.

    published_as: the state in which it was published, to be told in place of the one that its document moved on to.
    """
    stage = (published_as or edition.stage) if edition.is_public else "withdrawn"
    recorded = edition.is_public and edition.metadata.get("recorded")
    slug = RECORDED if recorded else OF_STAGE.get(stage, "")
    meaning = first_address(context, slug) if slug else ""
    return {"stage": stage, "recorded": recorded, "label": labels.stage_label(edition, stage), "meaning": meaning}


@register.filter
def entry(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a key that is itself a variable; 0 where there is none."""
    return mapping.get(key, 0)


@register.simple_tag
def told_here(shown: Iterable[Any]) -> dict[str, Edition]:
    """Translations of documents into the reader's language, by series of the original: for `as_told`.

    shown: editions, or rows that have one as `edition`. One query or none.
    """
    return told_in(get_language() or OWN, [getattr(row, "edition", row) for row in shown if row])


@register.filter
def as_told(edition: Edition, told: dict[str, Edition]) -> Edition:
    """The edition that a list shows of a document: its translation, or the edition itself. told: from `told_here`."""
    return told.get(edition.series, edition) if told else edition


_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])")


@register.filter
def original_label(kind: str) -> str:
    """The words of the link to what was published elsewhere."""
    return str(labels.ORIGINALS.get(kind, labels.ORIGINALS["about"]))


@register.filter
def host(address: str) -> str:
    """`www.intgovforum.org` -> `intgovforum.org`: a reader sees where a link leads before following it."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@register.filter
def with_links(text: str) -> SafeString:
    """A line that somebody typed, escaped; each address in it is a link that says where it leads."""
    pieces = _ADDRESS.split(str(text))
    drawn = (
        (format_html('<a href="{}" rel="external" dir="ltr">{}</a>', piece, _short(piece)) if place % 2 else piece,)
        for place, piece in enumerate(pieces)
    )
    return format_html_join("", "{}", drawn)


def _short(address: str) -> str:
    """The address without its scheme, cut in the middle: the host and the last words stay."""
    shown = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return shown if len(shown) <= 70 else f"{shown[:35]}…{shown[-30:]}"


register.filter("language_name", own_name)
register.filter("language_within", name_within)


@register.filter
def partial_date(text: str) -> str:
    """An ISO year, month or day as the language writes it; what is none, as it stands."""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        if len(parts) == 2:
            return date_format(date(int(parts[0]), int(parts[1]), 1), "YEAR_MONTH_FORMAT")
    except ValueError:
        pass
    return text


@register.simple_tag
def kept_since(edition: Edition) -> date:
    """The day on which a recorded output came into this library."""
    return date.fromisoformat(day_of_record(edition.metadata, edition.published_at))


@register.simple_tag(takes_context=True)
def words_of(context: dict[str, Any], page: Any, field: str = "title", words: int = 0) -> SafeString:
    """A page's title or text in the reader's language, else in the editors', marked. words: at most so many."""
    text, language = _told(context, page, field)
    return tongue(Truncator(text).words(words) if words else text, language)


@register.simple_tag(takes_context=True)
def unmarked_words_of(context: dict[str, Any], page: Any, field: str = "title") -> str:
    """The same for the head of a page, where no element can stand. A text that is empty gives the title."""
    return _told(context, page, field)[0] or _told(context, page, "title")[0]


def _told(context: dict[str, Any], page: Any, field: str) -> tuple[str, str]:
    """The words, and their language."""
    told = context["navigation"]["wordings"].get(page.pk) if "navigation" in context else None
    text = getattr(told, "title" if field == "title" else "text") if told else ""
    return (text, told.language) if told and text else (getattr(page, field), OWN)


@register.simple_tag(takes_context=True)
def theme_name(context: dict[str, Any], slug: str, label: str) -> SafeString:
    """A theme as the reader calls it. label: what an edition froze, for themes that are no more."""
    name = context["navigation"]["theme_names"].get(slug) if "navigation" in context else None
    return name or tongue(label)


@register.simple_tag(takes_context=True)
def forum_name(context: dict[str, Any], edition: Edition, most: int = 0) -> SafeString:
    """The forum of an edition as the reader calls it, else as the edition froze it. most: at most so many letters."""
    title, language = _forum(context, edition)
    return tongue(shortened(title, most) if most else title, language)


@register.simple_tag(takes_context=True)
def unmarked_forum_name(context: dict[str, Any], edition: Edition) -> str:
    """The same for the head of a page."""
    return _forum(context, edition)[0]


def _forum(context: dict[str, Any], edition: Edition) -> tuple[str, str]:
    return forum_called(context, edition.year, edition.forum_slug, edition.metadata["forum"]["title"])
