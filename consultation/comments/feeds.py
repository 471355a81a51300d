"""Atom feed of the comments on a document, with their answers.

The words of a comment that is not public are never in a feed; its tombstone is.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultation.comments.models import Comment
from consultation.comments.public_comments import ShownComment, shown
from consultation.edition_lookup import Gone, edition_at, gone
from core.atom import MOST, Entry, atom


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
