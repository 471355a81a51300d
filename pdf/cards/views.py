"""`…/editions/<n>/card.png`: the picture of an edition, drawn when it is first asked for and kept in the cache."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from core.languages.direction import direction_of
from editions.document.citation_sentences import whole_title
from editions.models import Edition
from pdf.cards.drawing import Card, drawn
from pdf.composition.strings import standing_name

DRAWN_BY = 1
"""Raised with every change of the drawing, so that a kept picture is drawn anew."""
KEPT_S = 24 * 3600


def card_of(edition: Edition) -> Card:
    metadata = edition.metadata
    standing = standing_name(edition.stage, metadata, edition.language)
    return Card(
        title=whole_title(edition.title, metadata.get("subtitle", "")),
        above=metadata["forum"]["title"],
        below=f"{edition.identifier} · {standing}",
        language=edition.language,
        is_rtl=direction_of(edition.language) == "rtl",
    )


def _found(year: int, forum: str, document: str, n: int) -> Edition | None:
    return Edition.objects.at(year, forum, document).filter(number=n).defer("document").first()


def _etag(request: HttpRequest, year: int, forum: str, document: str, n: int) -> str | None:
    edition = _found(year, forum, document, n)
    return f'"{_name(card_of(edition))}"' if edition and edition.is_public else None


def _name(card: Card) -> str:
    return hashlib.sha256(repr((DRAWN_BY, card)).encode()).hexdigest()


@require_safe
@condition(etag_func=_etag)
def card_picture(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponse:
    """410 for a withdrawn edition, without a word of it. Raises Http404."""
    edition = _found(year, forum, document, n)
    if edition is None:
        raise Http404
    if not edition.is_public:
        return HttpResponse(status=410, content_type="text/plain")
    card = card_of(edition)
    key = f"card:{_name(card)}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = drawn(card)
        cache.set(key, content, KEPT_S)
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response
