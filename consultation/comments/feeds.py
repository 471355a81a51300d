"""Atom feeds (RFC 4287) of a document: its comments with their answers, and its declarations of adoption.

The words of a comment that is not public are never in a feed; its tombstone is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment
from consultation.comments.public_comments import ShownComment, shown
from consultation.lookup import Gone, edition_at, gone
from core.addresses import absolute

MOST = 50
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""An empty feed always says the same, so that a reader who has it is told that nothing changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """address: a path, for ever; it is the entry's id too."""

    address: str
    title: str
    updated: datetime
    text: str
    author: str = ""
    language: str = ""


def xml_text(text: str) -> str:
    """Escaped, and without what XML 1.0 cannot hold at all."""
    kept = "".join(sign if sign in "\t\n\r" or sign >= " " else " " for sign in text)
    return escape("".join(sign for sign in kept if sign not in "\ufffe\uffff"))


def atom(path: str, page: str, title: str, entries: Iterable[Entry]) -> HttpResponse:
    """A feed at `path` about the page at `page`; newest change first."""
    rows = sorted(entries, key=lambda entry: entry.updated, reverse=True)
    updated = rows[0].updated if rows else EMPTY_SINCE
    here = absolute(path)
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{xml_text(title)}</title><id>{escape(here)}</id><updated>{_instant(updated)}</updated>"
        f'<author><name>BPF Library</name></author><link rel="self" href={quoteattr(here)}/>'
        f"<link href={quoteattr(absolute(page))}/>{''.join(map(_entry, rows))}</feed>\n"
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _entry(entry: Entry) -> str:
    address = absolute(entry.address)
    author = f"<author><name>{xml_text(entry.author)}</name></author>" if entry.author else ""
    language = f" xml:lang={quoteattr(entry.language)}" if entry.language else ""
    return (
        f"<entry><title>{xml_text(entry.title)}</title><id>{escape(address)}</id>"
        f"<updated>{_instant(entry.updated)}</updated><link href={quoteattr(address)}/>{author}"
        f'<content type="text"{language}>{xml_text(entry.text)}</content></entry>'
    )


@require_safe
def comments(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """Public comments; one that was answered, hidden or taken back since is an update of its entry."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    rows = Comment.objects.public().filter(series=edition.series).for_reading().order_by("-moderated_at")[:MOST]
    title = _("Comments on %s") % edition.title
    return atom(request.path, f"{edition.address}comments/", title, map(_of_comment, shown(rows, None)))


def _of_comment(item: ShownComment) -> Entry:
    comment = item.comment
    words = [comment.body, comment.proposed, comment.rationale] if comment.shows_text else []
    if not comment.shows_text:
        words = [str(comment.get_moderation_display())] if comment.is_tombstone else []
    moments = [comment.published_at, comment.moderated_at]
    if item.answer:
        words += [f"{_('Answer')}: {item.answer.get_outcome_display()}", item.answer.response]
        moments.append(item.answer.published_at)
    return Entry(
        address=comment.address,
        title=_("Comment %d") % comment.number,
        updated=max(moment for moment in moments if moment),
        text="\n\n".join(word for word in words if word),
        author=item.name if comment.shows_text else "",
        language=comment.language,
    )


@require_safe
def adoptions(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """Declarations of voluntary adoption; a revocation is an update."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    rows = Adoption.objects.public().filter(series=edition.series).select_related("edition").order_by("-number")
    page = f"{edition.address}adoptions/"
    entries = [_of_adoption(page, row) for row in rows.defer("edition__document")[:MOST]]
    return atom(request.path, page, _("Voluntary adoption of %s") % edition.title, entries)


def _of_adoption(page: str, row: Adoption) -> Entry:
    revoked = f"{_('Revoked')}: {row.revoked_at:%Y-%m-%d} {row.revoked_reason}".strip() if row.revoked_at else ""
    words = [f"{row.get_kind_display()}: {row.edition.identifier}", row.statement, row.link, revoked]
    return Entry(
        address=f"{page}#adoption-{row.number}",
        title=row.declarer,
        updated=max(moment for moment in (row.published_at, row.revoked_at) if moment),
        text="\n\n".join(word for word in words if word),
        author=row.declarer,
        language=row.language,
    )
