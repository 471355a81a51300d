"""Template tags for pages that show an edition: its consultation and its consensus record."""

from typing import Any

from django import template
from django.utils import timezone

from consultation import reading
from consultation.consensus import ConsensusRecord, record_of
from editions.models import Edition

register = template.Library()


@register.simple_tag
def reading_of(edition: Edition) -> reading.Reading:
    """The consultation of an edition: pass it to whatever draws the text."""
    return reading.reading_of(edition, timezone.now())


@register.inclusion_tag("consultation/parts/panel.html")
def consultation_panel(edition: Edition) -> dict[str, Any]:
    """Whether one may comment on this edition, until when, and what was said."""
    now = timezone.now()
    about = reading.reading_of(edition, now)
    period = about.open_period or next(iter(reversed([p for p in about.periods if p.edition_id == edition.pk])), None)
    return {"reading": about, "edition": edition, "period": period, "state": period.state_at(now) if period else None}


@register.inclusion_tag("consultation/parts/consensus.html")
def consensus_record(edition: Edition) -> dict[str, ConsensusRecord | Edition]:
    """Declaration, objections, dissent and challenges: dissent as visible as the declaration."""
    return {"record": record_of(edition), "edition": edition}
