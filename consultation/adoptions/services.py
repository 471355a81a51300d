"""The register of voluntary adoption: who declares that they adopt, use or build on a final outcome.

A declaration binds its declarer alone; it is confirmed, moderated, may be revoked, and stays with the edition that was
read. Nothing here is an endorsement by the forum, the IGF or the United Nations.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from consultation.adoptions.models import Adoption
from consultation.adoptions.occasions import CONFIRM_ADOPTION
from consultation.vocabulary import Moderation, Region, StakeholderGroup
from core.tokens import new_secret
from editions.models import Edition, Passage
from mail import outbox
from workflow.states import State


class NotFinal(Exception):
    """Only a final outcome can be adopted. `edition` is the one that was named."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.identifier)
        self.edition = edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a form of the register says. passages: the recommendations meant; none for the whole outcome."""

    kind: str
    declarer: str
    email: str
    is_organisation: bool = True
    statement: str = ""
    since: date | None = None
    link: str = ""
    group: str = StakeholderGroup.NOT_STATED
    region: str = Region.NOT_STATED
    language: str = "en"
    consent: str = ""
    passages: tuple[Passage, ...] = ()
    suspicious: bool = False


@transaction.atomic
def declare(edition: Edition, declared: Declared, form_nonce: str, now: datetime) -> Adoption:
    """Store a declaration and ask for its confirmation. form_nonce: of a token, good for one. Raises NotFinal."""
    if edition.stage != State.FINAL or not edition.is_public:
        raise NotFinal(edition)
    Edition.objects.select_for_update().get(pk=edition.pk)  # numbers are given one at a time
    number = Adoption.objects.filter(series=edition.series).aggregate(last=Max("number"))["last"] or 0
    adoption = Adoption.objects.create(
        edition=edition,
        series=edition.series,
        number=number + 1,
        kind=declared.kind,
        declarer=declared.declarer,
        is_organisation=declared.is_organisation,
        statement=declared.statement,
        since=declared.since,
        link=declared.link,
        group=declared.group,
        region=declared.region,
        language=declared.language,
        email=declared.email.casefold(),
        secret=new_secret(),
        form_token=form_nonce,
        consent_version=declared.consent,
        moderation=Moderation.PENDING if declared.suspicious else Moderation.UNCONFIRMED,
        created_at=now,
    )
    adoption.passages.set(declared.passages)
    if not declared.suspicious:
        outbox.write(CONFIRM_ADOPTION, f"adoption:{adoption.pk}", now, adoption)
    return adoption


def moderate(adoption: Adoption, target: str, now: datetime) -> None:
    """Publish a declaration, or keep it out as hidden or spam."""
    adoption.moderation = Moderation(target)
    if target == Moderation.PUBLISHED and adoption.published_at is None:
        adoption.published_at = now
    adoption.save(update_fields=["moderation", "published_at"])


def revoke(adoption: Adoption, now: datetime, reason: str = "") -> None:
    """The declarer takes it back. Both the declaration and its end stay visible. Idempotent."""
    if adoption.revoked_at is None:
        adoption.revoked_at = now
        adoption.revoked_reason = reason[:500]
        adoption.save(update_fields=["revoked_at", "revoked_reason"])


FACTS = ("number", "edition", "kind", "declarer", "passages", "statement", "since", "link", "group", "region",
         "published", "revoked")  # fmt: skip
"""What an export says of a declaration; never the address of whoever made it."""


def facts_of(adoption: Adoption) -> dict[str, Any]:
    """A public declaration as plain data, in the order of FACTS."""
    return {
        "number": adoption.number,
        "edition": adoption.edition.identifier,
        "kind": adoption.kind,
        "declarer": adoption.declarer,
        "passages": ", ".join(passage.anchor for passage in adoption.passages.all()),
        "statement": adoption.statement,
        "since": adoption.since.isoformat() if adoption.since else "",
        "link": adoption.link,
        "group": adoption.group,
        "region": adoption.region,
        "published": adoption.published_at.isoformat() if adoption.published_at else "",
        "revoked": adoption.revoked_at.isoformat() if adoption.revoked_at else "",
    }


def counts(adoptions: Iterable[Adoption]) -> dict[str, Any]:
    """Standing declarations by stakeholder group and region; each adds up to total."""
    standing = [each for each in adoptions if each.revoked_at is None]
    groups = Counter(each.group for each in standing)
    regions = Counter(each.region for each in standing)
    return {
        "total": len(standing),
        "groups": [(str(label), groups.get(value, 0)) for value, label in StakeholderGroup.choices],
        "regions": [(str(label), regions.get(value, 0)) for value, label in Region.choices],
    }
