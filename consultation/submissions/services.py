"""Take a submission: comments and receipt in one transaction, mail afterwards. A second sending changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from consultation.comments.models import Comment, Target
from consultation.comments.moderation import CLOCK, change_standing
from consultation.periods.models import Period
from consultation.submissions.drafts import places_of
from consultation.submissions.limits import check_limits, is_known
from consultation.submissions.models import Attachment, Draft, Submission, Submitter
from consultation.submissions.occasions import CONFIRM
from consultation.vocabulary import (
    Channel,
    Display,
    IdentityPolicy,
    Kind,
    Moderation,
    ModerationPolicy,
    PeriodState,
    Region,
    StakeholderGroup,
)
from core.tokens import new_receipt, new_secret
from mail import outbox
from workflow.transitions.models import Process

HASTY, TRAPPED = "hasty", "trap"
"""Why a submission looks like a machine's: a form came back within seconds, or a field that people do not see was
filled."""


class PeriodOver(Exception):
    """Comment is not open. `period` tells since when, or from when. The draft is kept."""

    def __init__(self, period: Period, state: PeriodState) -> None:
        super().__init__(f"{period}: {state}")
        self.period = period
        self.state = state


class NothingToSend(Exception):
    """The draft holds no comment."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who sends, as checked by a form or an editor. consent: version of the text that was agreed to, "" for none."""

    name: str = ""
    email: str = ""
    organisation: str = ""
    group: str = StakeholderGroup.NOT_STATED
    region: str = Region.NOT_STATED
    display: str = Display.NAME
    consent: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a submission came in. network: see gate.client_address. suspicious: why it looks like a machine's, or ""."""

    at: datetime
    via: str = Channel.WEB
    network: str = ""
    suspicious: str = ""
    late: bool = False
    entered_by: Any = None
    channel_note: str = ""
    original: Any = None
    original_name: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment to be stored. targets: (scope, passage or None), in reading order; a reply has none."""

    targets: tuple[tuple[str, Any], ...]
    body: str = ""
    proposed: str = ""
    rationale: str = ""
    kind: str = Kind.GENERAL
    supports: bool = False
    language: str = "en"
    parent: Comment | None = None
    quote: str = field(default="", kw_only=True)


def send(draft: Draft, person: Person, *, now: datetime, network: str = "", suspicious: str = "") -> Submission:
    """Turn a draft into a submission, once. Returns the first one when called again for the same draft.

    The same words from somebody else, or under a known address, are another submission: whoever sends a text that was
    sent before has not shown to be that sender. Raises PeriodOver, NothingToSend and TooMany; the draft is then as it
    was.
    """
    with transaction.atomic():
        draft = (
            Draft.objects.select_for_update(of=("self",))
            .select_related("period__edition", "submission")
            .get(pk=draft.pk)
        )
        if draft.submission:
            return draft.submission
        remarks = remarks_of(draft)
        if not remarks:
            raise NothingToSend
        late = lateness(draft.period, draft.begun_at, now)
        check_limits(draft.period, network, person.email, now)
        if any(entry.get("hasty") for entry in draft.comments):
            suspicious = suspicious or HASTY
        arrival = Arrival(now, network=network, suspicious=suspicious, late=late)
        submission = store(draft.period, person, remarks, arrival)
        Attachment.objects.filter(draft=draft).update(submission=submission)
        draft.submission = submission
        draft.save(update_fields=["submission"])
    return submission


def lateness(period: Period, begun_at: datetime, now: datetime) -> bool:
    """False in time, True within grace for what was begun in time. Raises PeriodOver otherwise."""
    state = period.state_at(now)
    if state == PeriodState.OPEN:
        return False
    if state == PeriodState.GRACE and begun_at < period.closes:
        return True
    raise PeriodOver(period, state)


def remarks_of(draft: Draft) -> list[Remark]:
    """What a draft would send. A reply whose parent is no longer public is left out."""
    remarks = []
    for entry in draft.comments:
        parent = _parent_of(entry, draft)
        if entry.get("parent") and parent is None:
            continue
        targets = tuple((place.scope, place.passage) for place in places_of(draft.period.edition, entry["targets"]))
        words = {name: entry[name] for name in ("body", "proposed", "rationale", "kind", "supports", "language")}
        remarks.append(Remark(targets, parent=parent, **words))
    return remarks


def replies_without_parent(draft: Draft) -> set[str]:
    """Ids of the comments of a draft that would be left out: their page says so before anything is sent."""
    return {entry["id"] for entry in draft.comments if entry.get("parent") and _parent_of(entry, draft) is None}


def _parent_of(entry: dict[str, Any], draft: Draft) -> Comment | None:
    if not entry.get("parent"):
        return None
    public = Comment.objects.public().filter(series=draft.period.edition.series, parent=None)
    return public.filter(number=entry["parent"]).first()


@transaction.atomic
def store(period: Period, person: Person, remarks: list[Remark], arrival: Arrival) -> Submission:
    """Write a submission with its comments and, where it must be confirmed, the notice that asks for it."""
    submission = _store_envelope(period, person, arrival)
    standing = _first_standing(period, person, arrival)
    Process.objects.select_for_update().get(pk=period.process_id)  # numbers are given one at a time
    series = period.edition.series
    number = Comment.objects.filter(series=series).aggregate(last=Max("number"))["last"] or 0
    for remark in remarks:
        number += 1
        comment = Comment.objects.create(
            series=series,
            number=number,
            submission=submission,
            parent=remark.parent,
            kind=remark.kind,
            supports=remark.supports,
            body=remark.body,
            proposed=remark.proposed,
            rationale=remark.rationale,
            language=remark.language,
            moderation=standing,
            created_at=arrival.at,
        )
        Target.objects.bulk_create(
            Target(comment=comment, scope=scope, passage=passage, quote=remark.quote)
            for scope, passage in remark.targets
        )
    if standing == Moderation.UNCONFIRMED:
        outbox.write(CONFIRM, f"confirm:{submission.pk}", arrival.at, submission)
    return submission


def _store_envelope(period: Period, person: Person, arrival: Arrival) -> Submission:
    submitter = Submitter.objects.create(
        name=person.name,
        email=person.email.casefold(),
        consent_version=person.consent,
        consented_at=arrival.at if person.consent else None,
        network=arrival.network,
        network_until=arrival.at + timedelta(days=settings.NETWORK_DAYS) if arrival.network else None,
        created_at=arrival.at,
    )
    return Submission.objects.create(
        receipt=new_receipt(),
        secret=new_secret(),
        period=period,
        submitter=submitter,
        organisation=person.organisation,
        group=person.group,
        region=person.region,
        display=person.display,
        language=person.language,
        received_at=arrival.at,
        received_via=arrival.via,
        entered_by=arrival.entered_by,
        channel_note=arrival.channel_note,
        original=arrival.original,
        original_name=arrival.original_name,
        late=arrival.late,
        suspicious=arrival.suspicious,
    )


def _first_standing(period: Period, person: Person, arrival: Arrival) -> str:
    """Only what came by this site must be confirmed. What fills a trap goes to a moderator, and no mail to an address
    that a program typed; whoever was merely quick is asked to confirm as all are, and is never published unread."""
    if arrival.via != Channel.WEB or arrival.suspicious == TRAPPED or not person.email:
        return Moderation.PENDING
    return Moderation.UNCONFIRMED if period.identity == IdentityPolicy.CONFIRMED else Moderation.PENDING


@transaction.atomic
def confirm(submission: Submission, now: datetime) -> Submission:
    """The sender's address is theirs. The comments go to a moderator, or out if the sender is known. Idempotent."""
    submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("submitter", "period").get(pk=submission.pk)
    )
    known = is_known(submission.submitter.email)
    if submission.submitter.confirmed_at is None and submission.submitter.erased_at is None:
        submission.submitter.confirmed_at = now
        submission.submitter.save(update_fields=["confirmed_at"])
    trusted = known and submission.period.moderation == ModerationPolicy.FIRST and not submission.suspicious
    goes_to = Moderation.PUBLISHED if trusted else Moderation.PENDING
    for comment in submission.comments.filter(moderation=Moderation.UNCONFIRMED):
        change_standing(comment, goes_to, CLOCK, now=now)
    return submission
