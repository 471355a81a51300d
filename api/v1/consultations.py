"""Comments, public history and open calls as answers: what their public pages show, by the same functions."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone

from api.v1 import response_types
from api.v1.catalogue import newest_of
from api.v1.pagination import Rows, cut, page_of
from api.v1.parameters import Asked
from api.v1.serializers import here, instant
from consultation.comments.models import Comment, Disposition
from consultation.comments.public_comments import ShownComment, ShownTarget, shown
from consultation.periods.models import Period
from consultation.periods.views import calls
from consultation.vocabulary import Display, Moderation
from core.http.site_urls import absolute
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition
from workflow.history.timeline import RecordedMove, public_history


def comments(asked: Asked) -> Rows:
    """Comments and replies alike, each once, in the order of their numbers."""
    newest = newest_of(asked.place["identifier"])

    def draw(rows: Sequence[Comment]) -> list[response_types.Comment]:
        return [comment_row(item) for item in shown(rows, None)]

    return page_of(Comment.objects.public().filter(series=newest.series).for_reading(), asked, "number", draw)


def history(asked: Asked) -> Rows:
    """Outlives the text, as its page does: the moves of a withdrawn document are told too."""
    series = asked.place["identifier"]
    if not Edition.objects.filter(series=series).exists():
        raise Http404
    page = cut(public_history(series), asked, lambda move: move.ordinal)
    return Rows(page.total, [move_row(move) for move in page.items], page.next)


def open_calls(asked: Asked) -> Rows:
    open_now, coming, _closed = calls(timezone.now())
    rows = [call_row(period, "open") for period in open_now] + [call_row(period, "scheduled") for period in coming]
    return cut(rows, asked, lambda row: f"{row['edition']}-{row['round']}")


def comment_row(item: ShownComment) -> response_types.Comment:
    comment, submission = item.comment, item.comment.submission
    says = comment.shows_text
    whole = not any(target.passage for target in comment.shown_targets)  # type: ignore[attr-defined]
    return {
        "number": comment.number,
        "address": absolute(comment.address),
        "edition": submission.period.edition.identifier,
        "reply_to": comment.parent.number if comment.parent else None,
        "kind": comment.kind,  # type: ignore[typeddict-item]
        "language": comment.language,
        "published_at": instant(comment.published_at),  # type: ignore[arg-type]
        "standing": standing_of(comment),  # type: ignore[typeddict-item]
        "by": submission.shown_name if says else "",
        "group": submission.group,
        "region": submission.region,
        "targets": []
        if whole
        else [target_row(target, public=submission.period.edition.is_public) for target in item.targets],
        "body": comment.body if says else "",
        "proposed": comment.proposed if says else "",
        "rationale": comment.rationale if says else "",
        "answer": answer_row(item.answer) if item.answer and item.answer.outcome else None,
    }


def target_row(target: ShownTarget, *, public: bool) -> response_types.Target:
    """public: whether the edition still is; of a withdrawn one no heading is told, only where it stood."""
    address = absolute(target.address)
    return {"label": target.label if public else address.partition("#")[2], "address": address}


def standing_of(comment: Comment) -> str:
    if comment.moderation == Moderation.PUBLISHED and comment.submission.display == Display.WITHHELD:
        return str(Display.WITHHELD.value)
    return str(comment.moderation)


def answer_row(answer: Disposition) -> response_types.Answer:
    return {
        "outcome": answer.outcome,  # type: ignore[typeddict-item]
        "response": answer.response,
        "addressed_in": answer.addressed_in.identifier if answer.addressed_in else None,
        "duplicate_of": answer.duplicate_of.number if answer.duplicate_of else None,
        "published_at": instant(answer.published_at),  # type: ignore[arg-type]
    }


def move_row(move: RecordedMove) -> response_types.Move:
    return {
        "ordinal": move.ordinal,
        "at": instant(move.at),
        "move": move.name,
        "source": move.source,
        "target": move.target,
        "role": move.role,
        "by": move.by,
        "reason": move.reason,
        "set_aside": list(move.overridden),
        "edition": move.edition or None,
        "hash": move.hash,
    }


def call_row(period: Period, state: Any) -> response_types.Call:
    edition = period.edition
    return {
        "document": edition.series,
        "edition": edition.identifier,
        "round": period.round,
        "title": edition.title,
        "language": edition.language,
        "fictitious": edition.year == FICTITIOUS_YEAR,
        "state": state,
        "opens": instant(period.opens),
        "soft_deadline": instant(period.soft_deadline) if period.soft_deadline else None,
        "closes": instant(period.closes),
        "announcement": period.announcement,
        "scope_note": period.scope_note,
        "questions": period.question_list,
        "languages": list(period.languages),
        "links": {
            "document": here(f"documents/{edition.series}"),
            "edition": here(f"editions/{edition.identifier}"),
            "comments": absolute(period.address),
        },
    }
