"""A redlined Word file of a delegation: read, looked at by who enters it, recorded as one submission of the delegation.

What was read waits as a draft, which is the preview. It is recorded only from there, by somebody of the forum.
"""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime

from consultation.periods.models import Period
from consultation.submissions import drafts
from consultation.submissions.models import Draft, Submission
from consultation.submissions.services import Arrival, NothingToSend, Person, remarks_of, store
from consultation.word_comments.services import Sent, brought
from core.plain_text import tidy_line
from core.tokens import new_secret
from workflow.transitions.models import Process


@dataclass(frozen=True, slots=True)
class Came:
    """How a file came in. channel_note: which list, session or event; "" for the sender of the mail it came with."""

    via: str
    at: datetime
    channel_note: str = ""


def begin(period: Period, sent: Sent, person: Person, came: Came, *, with_names: bool, now: datetime) -> Draft:
    """Keep what a file says until it is recorded. Raises NotTaken, and keeps nothing then."""
    found = brought(sent.review, period, with_names=with_names)
    desk = {
        "via": came.via, "at": came.at.isoformat(), "channel_note": came.channel_note or tidy_line(sent.mail)[:300],
        "file": tidy_line(sent.name)[:120],
    }  # fmt: skip
    return drafts.begin(period, new_secret(), found.entries, now, word=found.told, person=asdict(person), desk=desk)


def draft_of(process: Process, draft_id: int) -> Draft | None:
    """One that waits to be recorded on a document."""
    found = Draft.objects.filter(pk=draft_id, period__process=process, content__has_key=drafts.DESK)
    return found.select_related("period__edition", "submission").first()


def waiting(process: Process) -> list[Draft]:
    """What was read and neither recorded nor dropped, the newest first."""
    found = Draft.objects.filter(period__process=process, submission=None, content__has_key=drafts.DESK)
    return list(found.order_by("-changed_at"))


@transaction.atomic
def record(draft: Draft, chosen: Collection[str], user: Any) -> Submission:
    """One submission of the delegation with the chosen comments, which wait for moderation like any other.

    Answers the first one where it was recorded already. Raises NothingToSend, and stays a draft then.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("period", "submission").get(pk=draft.pk)
    if draft.submission:
        return draft.submission
    draft.content["comments"] = [entry for entry in draft.comments if entry["id"] in chosen]
    remarks = remarks_of(draft)
    if not remarks:
        raise NothingToSend
    desk = draft.content[drafts.DESK]
    at = parse_datetime(desk["at"])
    if at is None:
        raise ValidationError(desk["at"])
    arrival = Arrival(
        at,
        via=desk["via"],
        entered_by=user,
        channel_note=desk["channel_note"],
        late=at >= draft.period.closes,
        original_name=desk["file"],
    )
    submission = store(draft.period, Person(**draft.content["person"]), remarks, arrival)
    draft.submission = submission
    draft.save(update_fields=["submission", "content"])
    return submission


def drop(draft: Draft) -> None:
    """Forget what was read, unless it was recorded."""
    Draft.objects.filter(pk=draft.pk, submission=None).delete()
