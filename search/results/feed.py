"""Any search as an Atom feed: the documents that answer it, the newest first."""

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from editions.models import Edition
from search.answering.cards import Results


def atom(request: HttpRequest, results: Results, name: str, page_address: str) -> str:
    """name: of the search, in words. Dates are those of publication. Ids are the permanent addresses, so that an entry
    is never told twice."""
    title = _("Best Practice Forum library: %s") % name
    feed = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(page_address),
        description=title,
        feed_url=request.build_absolute_uri(),
        language=results.question.language,
    )
    editions = Edition.objects.public().in_bulk(
        [card.data["edition"] for card in results.cards], field_name="identifier"
    )
    for card in results.cards:
        edition = editions.get(card.data["edition"])
        if edition is None:  # withdrawn since the index answered
            continue
        address = request.build_absolute_uri(edition.permanent_address)
        feed.add_item(
            title=edition.title,
            link=address,
            unique_id=address,
            description=edition.metadata["summary"],
            pubdate=None if edition.metadata.get("recorded") else edition.published_at,  # that was elsewhere, before
            updateddate=edition.published_at,
            author_name="; ".join(edition.metadata["authors"]),
        )
    return feed.writeString("utf-8")
