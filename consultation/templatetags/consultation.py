"""Template tags for pages that show an edition: its consultation, counts, and one link per paragraph."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation import reading
from consultation.consensus import ConsensusRecord, record_of
from editions.models import Edition

register = template.Library()


@register.simple_tag
def reading_of(edition: Edition) -> reading.Reading:
    """The consultation of an edition: pass it to `comment_link`, and to whatever draws the text."""
    return reading.reading_of(edition, timezone.now())


@register.simple_tag
def comment_link(about: reading.Reading, anchor: str, label: str = "") -> SafeString:
    """A link to write about one passage, and one to what was written; nothing where there is neither."""
    name = label or anchor
    write: SafeString | str = ""
    if about.open_period:
        text = _("Comment on %s") % name
        write = format_html('<a class="comment-write" href="{}">{}</a>', about.comment_address(anchor), text)
    count = about.counts.get(anchor, 0)
    if not count:
        return format_html("{}", write)
    text = ngettext("%d comment", "%d comments", count) % count
    seen = format_html('<a class="comment-count" href="{}?on={}">{}</a>', about.address, anchor, text)
    return format_html("{} {}", seen, write)


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
