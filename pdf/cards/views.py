"""`…/editions/<n>/card.png`: the picture of an edition, drawn when it is first asked for and kept in the cache."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.languages.direction import direction_of
from editions.document.citation_styles import whole_title
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


def _name(card: Card) -> str:
    return hashlib.sha256(repr((DRAWN_BY, card)).encode()).hexdigest()


@require_safe
def card_picture(request: HttpRequest, year: int, forum: str, document: str, n: int) -> HttpResponseBase:
    """410 for a withdrawn edition, without a word of it. Raises Http404."""
    edition = Edition.objects.at(year, forum, document).filter(number=n).defer("document").first()
    if edition is None:
        raise Http404
    if not edition.is_public:
        return HttpResponse(status=410, content_type="text/plain")
    card = card_of(edition)
    name = _name(card)
    etag = f'"{name}"'
    known: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if known is not None:
        known["ETag"] = etag
        return known
    key = f"card:{name}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = drawn(card)
        cache.set(key, content, KEPT_S)
    response = HttpResponse(content, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600"
    return response
