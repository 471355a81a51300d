"""What proposals, grants and records of the workflow hold of a person (core.personal_data)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from core.email_addresses import addresses_in
from core.personal_data import UNNAMED, Ending, Erasure, Holding, naming, register
from workflow.attachments.models import AttachmentVersion
from workflow.deletion.models import RecycledDraft
from workflow.draft_links.models import DraftLink
from workflow.editor.models import EditorTab
from workflow.following.models import Followed
from workflow.forums.models import Forum, ForumLog, Nomination
from workflow.forums.states import ForumState
from workflow.transitions.models import TransitionLog

RECORD = _("What editors did, and the name of whoever did it")
WHY_RECORD = _("Readers must be able to see how an outcome came about, and who decided.")
FOR_GOOD = _("For good. When an account is erased, its name goes and the step stays.")
NAMED = _("Names of people in documents and sessions: authors, coordinators, speakers")
WHY_NAMED = _("They are part of what is published, as on the title page of a book.")
NAMED_UNTIL = _("For good, as long as the document is public. Editors can correct them.")

UNSEEN = (ForumState.RECEIVED, ForumState.DISCARDED)
OVER = (ForumState.DECLINED, ForumState.ELSEWHERE, ForumState.DISCARDED, ForumState.CLOSED)


def _over(now: datetime) -> QuerySet[Forum]:
    """Forums that came to an end a term ago."""
    before = now - timedelta(days=settings.EMAIL_DAYS)
    return Forum.objects.filter(state__in=OVER, state_since__lt=before)


def _nominated_in_vain_or_done(now: datetime) -> QuerySet[Nomination]:
    return Nomination.objects.filter(forum__in=_over(now))


def record(model: type[Model], *, names: tuple[str, ...], impersonal: tuple[str, ...], key: str) -> Holding:
    """A table of steps, whose rows name the account (`by`) that took them."""

    def about(email: str) -> QuerySet[Any]:
        return model._default_manager.filter(by__email__same_address=email)

    def described(row: Any) -> dict[str, Any]:
        return {"what": str(row), "at": row.at.isoformat()}

    return Holding(
        model=model._meta.label, key=key, what=RECORD, why=WHY_RECORD, until=FOR_GOOD, names=names,
        impersonal=impersonal, about=about, described=described, of_account=True,
    )  # fmt: skip


def _forget_bin(keys: list[Any], asked: Erasure) -> None:
    RecycledDraft.objects.filter(pk__in=keys).update(by_name="")


def _forget_proposals(keys: list[Any], asked: Erasure) -> None:
    """Who proposed; and the words, if asked, of what nobody has shown. What was shown is part of the record."""
    mine = Forum.objects.filter(pk__in=keys)
    mine.update(proposer=UNNAMED, organisation="", email="")
    if asked.with_text:
        mine.filter(state__in=UNSEEN).update(title=UNNAMED, scope=UNNAMED, questions="", criteria="")


def _readers_of_drafts() -> Iterator[str]:
    for words in DraftLink.objects.filter(made_for__contains="@").values_list("made_for", flat=True).iterator():
        yield from addresses_in(words)


register(
    Holding(
        model="workflow.Forum",
        key="proposals",
        what=_("Name, organisation and e-mail address of whoever proposes a forum"),
        why=_("The name is published with the proposal. The address is for questions and is never shown."),
        until=_("The address: %(days)s days after the forum ended or was declined"),
        days="EMAIL_DAYS",
        names=("proposer", "organisation", "email"),
        impersonal=(
            "title",
            "scope",
            "questions",
            "criteria",
            "state",
            "mailing_list",
            "list_archive",
            "worked_well",
            "worked_less",
            "differently",
        ),
        about=lambda email: Forum.objects.filter(email__same_address=email),
        described=lambda row: {
            "title": row.title,
            "year": row.year,
            "proposer": row.proposer,
            "organisation": row.organisation,
            "scope": row.scope,
            "questions": row.questions,
            "criteria": row.criteria,
        },
        erase=_forget_proposals,
        endings=(Ending(("email",), _over),),
    ),
    Holding(
        model="workflow.Nomination",
        key="nominations",
        what=_("Name, organisation, e-mail address and experience of people who are nominated"),
        why=_("The Secretariat chooses the people of a forum. Nothing of it is published."),
        until=_("%(days)s days after the forum ended or was declined"),
        days="EMAIL_DAYS",
        names=("name", "organisation", "email"),
        words=("statement",),
        impersonal=("status",),
        about=lambda email: Nomination.objects.filter(email__same_address=email),
        described=lambda row: {
            "forum": row.forum.title,
            "name": row.name,
            "organisation": row.organisation,
            "statement": row.statement,
        },
        erased={"name": UNNAMED, "statement": UNNAMED},
        endings=(Ending(("name", "organisation", "email", "statement"), _nominated_in_vain_or_done),),
    ),
    Holding(
        model="workflow.DraftLink",
        key="draft_links",
        what=_("For whom a link to a draft was made"),
        why=_("It stands across each page of the draft. Readings are counted, without a trace of the reader."),
        until=_("As long as the draft"),
        names=("made_for",),
        about=lambda email: naming(DraftLink.objects.all(), "made_for", email),
        addresses=_readers_of_drafts,
        erased={"made_for": UNNAMED},
    ),
    record(
        TransitionLog,
        key="steps",
        names=("by_name", "by_salt"),
        impersonal=(
            "series",
            "name",
            "source",
            "target",
            "by_seal",
            "role",
            "reason",
            "edition_hash",
            "overridden",
            "data",
            "previous_hash",
            "hash",
        ),
    ),
    record(ForumLog, key="forum_steps", names=("by_name",), impersonal=("name", "source", "target", "role", "reason")),
    Holding(
        model="workflow.AttachmentVersion",
        key="attached_files",
        what=RECORD,
        why=WHY_RECORD,
        until=FOR_GOOD,
        names=("by_name",),
        impersonal=("file", "name", "content_type", "sha256", "note"),
        about=lambda email: AttachmentVersion.objects.filter(by__email__same_address=email),
        described=lambda row: {"file": row.name},
        of_account=True,
    ),
    Holding(
        model="workflow.RecycledDraft",
        key="deleted_drafts",
        what=RECORD,
        why=WHY_RECORD,
        until=FOR_GOOD,
        names=("by_name", "ended_by_name"),
        impersonal=("forum_title", "title", "slug", "content", "document", "end", "reason"),
        about=lambda email: RecycledDraft.objects.filter(by__email__same_address=email),
        described=lambda row: {"title": row.title, "at": row.at.isoformat()},
        erase=_forget_bin,
        of_account=True,
    ),
    Holding(
        model="workflow.EditorTab",
        key="open_texts",
        what=_("Which drafts an editor has open, where in the text, and what they wrote last"),
        why=_("Editors see who else writes, and what they save at the same time is brought together."),
        until=_("30 days after the draft was last open"),
        traces=("place",),
        impersonal=("token", "posted"),
        about=lambda email: EditorTab.objects.filter(user__email__same_address=email),
        described=lambda row: {"document": str(row.page), "since": row.since.isoformat()},
        of_account=True,
    ),
    Holding(
        model="workflow.Followed",
        key="followed",
        what=_("Which forums and documents an editor follows, and when they last looked at each"),
        why=_("Their first page tells what is new there."),
        until=_("Until they stop following, or the account is erased"),
        about=lambda email: Followed.objects.filter(user__email__same_address=email),
        described=lambda row: {"page": str(row.page), "seen": row.seen_at.isoformat()},
        erase=lambda keys, asked: Followed.objects.filter(pk__in=keys).delete(),
        of_account=True,
    ),
    Holding(
        model="workflow.Session",
        what=NAMED,
        why=WHY_NAMED,
        until=NAMED_UNTIL,
        names=("rapporteur",),
        impersonal=("title", "time_zone", "place", "remote_link", "minutes", "recording", "captions"),
    ),
    Holding(
        model="workflow.Panelist",
        what=NAMED,
        why=WHY_NAMED,
        until=NAMED_UNTIL,
        names=("name", "role", "organisation"),
    ),
    Holding(model="workflow.RatingSheet", impersonal=("recommendation", "counts")),
    Holding(model="workflow.Process", impersonal=("series", "title", "state")),
    Holding(model="workflow.RoleGroup", impersonal=("role",)),
    Holding(model="workflow.RoleGrant", impersonal=("end",)),
    Holding(model="workflow.Milestone", impersonal=("kind", "name")),
    Holding(model="workflow.Attachment", impersonal=("series", "title", "language")),
)
