"""Template tags for pages that show an edition: its consultation and its consensus record."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils import timezone

from consultation.comments import public_comments
from consultation.comments.named_numbers import comments_named
from consultation.consensus.services import record_of
from editions.models import Edition

register = template.Library()
register.simple_tag(comments_named)


@register.simple_tag
def reading_of(edition: Edition, public: Sequence[Edition]) -> public_comments.Reading:
    """The consultation of an edition: pass it to whatever draws the text. public: the document's public editions."""
    return public_comments.reading_of(edition, timezone.now(), public)


@register.inclusion_tag("consultation/periods/edition_panel.html", takes_context=True)
def consultation_panel(context: dict[str, Any], about: public_comments.Reading) -> dict[str, Any]:
    """Whether one may comment on an edition, until when, and what was said. about: what `reading_of` gave."""
    of_edition = [period for period in about.periods if period.edition_id == about.edition.pk]
    period = about.open_period or next(reversed(of_edition), None)
    state = period.state_at(timezone.now()) if period else None
    return {
        "reading": about, "edition": about.edition, "period": period, "state": state, "request": context.get("request"),
    }  # fmt: skip


@register.inclusion_tag("consultation/consensus/record.html", takes_context=True)
def consensus_record(context: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """Declaration, objections, dissent and challenges: dissent as visible as the declaration."""
    return {"record": record_of(edition), "edition": edition, "request": context.get("request")}


@register.simple_tag
def discussed(shown: Iterable[Any]) -> dict[str, int]:
    """How many public comments there are on each of these documents, by series; those without any are left out.

    shown: editions, or rows that have one as `edition`. One query.
    """
    return public_comments.totals_of({getattr(row, "edition", row).series for row in shown if row})
