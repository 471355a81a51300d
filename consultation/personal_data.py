"""What a consultation holds of people (core.personal_data)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment
from consultation.consensus.models import Challenge
from consultation.notes.models import Note
from consultation.privacy import erasure, exports
from consultation.reports.models import Report
from consultation.submissions.models import Submission, Submitter
from consultation.suggestions.models import Suggestion
from core.personal_data import UNNAMED, Ending, Holding, register

COMMENTS = _("What you write in a comment, its number and its date")
WHY_COMMENTS = _("They are published after a moderator has read them, and answered.")
UNTIL_COMMENTS = _("For good, until you withdraw it or ask for its words to be erased; unconfirmed: %(days)s days")
SENDERS = _("Name, organisation and e-mail address of whoever comments")
WHY_SENDERS = _("The name is shown only if the sender chose so. The address confirms the comment and is never shown.")
UNTIL_SENDERS = _("The address: %(days)s days after the report that answers the comment")
UNTIL_CHALLENGE = _(
    "What is published: for good. The address: %(days)s days after the answer. "
    "What nobody confirms: %(unconfirmed)s days"
)
RECORD = _("Who moderated, answered and decided")
WHY_RECORD = _("Readers must be able to see how an outcome came about, and who decided.")
SUGGESTIONS = _("Wordings that people of a forum suggest, and their notes on a text")
WHY_SUGGESTIONS = _("They tell how a text came about. Only the people of the forum read them.")
WITH_ACCOUNT = _("For good. When an account is erased, its name goes, and its words if asked.")
FOR_GOOD = _("For good: these rows are sealed.")


def _term(now: datetime) -> datetime:
    return now - timedelta(days=settings.EMAIL_DAYS)


def _answered_long_ago(now: datetime) -> QuerySet[Submitter]:
    """An address is kept until the report that answers its comments is out, and a term beyond it."""
    answered = Report.objects.filter(created_at__lt=_term(now)).values("process")
    return Submitter.objects.filter(submission__period__process__in=answered, created_at__lt=_term(now))


def _part_of_comments(
    model: str, *, impersonal: tuple[str, ...], words: tuple[str, ...], names: tuple[str, ...] = ()
) -> Holding:
    """A table that is told, and erased, with the comments it belongs to."""
    return Holding(
        model=model, what=COMMENTS, why=WHY_COMMENTS, until=UNTIL_COMMENTS, days="UNCONFIRMED_DAYS", names=names,
        words=words, impersonal=impersonal,
    )  # fmt: skip


register(
    Holding(
        model="consultation.Draft",
        key="drafts",
        what=_("A comment that was begun and not sent"),
        why=_("So that nothing is lost when a page is closed. Only its secret address opens it."),
        until=_("%(days)s days after the last change"),
        days="DRAFT_DAYS",
        words=("content",),
        secrets=("token", "form_nonce"),
        about=exports.drafts_of,
        addresses=exports.addresses_in_drafts,
        described=lambda draft: draft.content,
        erase=erasure.forget_drafts,
    ),
    Holding(
        model="consultation.Comment",
        what=COMMENTS,
        why=WHY_COMMENTS,
        until=UNTIL_COMMENTS,
        days="UNCONFIRMED_DAYS",
        words=("body", "proposed", "rationale"),
        secrets=("salt",),
        salts=("salt",),
        impersonal=("series", "kind", "language", "moderation", "hide_reason", "work"),
        about=lambda email: Comment.objects.filter(submission__submitter__email=email),
        erase=erasure.erase_comments,
    ),
    Holding(
        model="consultation.Attachment",
        what=_("Files sent with a comment"),
        why=_("They are shown with the comment, once a moderator has read it."),
        until=_("As long as the comment; with one that was never sent: %(days)s days"),
        days="DRAFT_DAYS",
        words=("file", "name"),
        impersonal=("kind", "sha256"),
    ),
    Holding(
        model="consultation.Submission",
        key="submissions",
        what=SENDERS,
        why=WHY_SENDERS,
        until=UNTIL_SENDERS,
        days="EMAIL_DAYS",
        names=("organisation", "channel_note", "original", "original_name"),
        secrets=("secret", "receipt"),
        impersonal=("group", "region", "display", "language", "received_via", "suspicious"),
        about=lambda email: Submission.objects.filter(submitter__email=email),
        described=exports.submission,
        erase=erasure.erase_submissions,
    ),
    Holding(
        model="consultation.Submitter",
        what=SENDERS,
        why=WHY_SENDERS,
        until=UNTIL_SENDERS,
        days="EMAIL_DAYS",
        names=("name", "email"),
        traces=("network",),
        secrets=("salt",),
        salts=("salt",),
        impersonal=("consent_version",),
        endings=(
            Ending(("email",), _answered_long_ago),
            Ending(("network", "network_until"), lambda now: Submitter.objects.filter(network_until__lte=now)),
        ),
    ),
    Holding(
        model="consultation.Adoption",
        key="adoptions",
        what=_("Declarations that an outcome is used: who declares, and an e-mail address"),
        why=_("The declaration is published. The address confirms it and is never shown."),
        until=_("What is published: for good. The address: %(days)s days. What nobody confirms: %(unconfirmed)s days"),
        days="EMAIL_DAYS",
        unconfirmed="UNCONFIRMED_DAYS",
        names=("declarer", "email"),
        words=("statement", "link", "revoked_reason"),
        secrets=("secret", "form_token"),
        impersonal=("series", "kind", "group", "region", "language", "consent_version", "moderation"),
        about=lambda email: Adoption.objects.filter(email=email),
        described=lambda row: {
            "document": row.edition.identifier,
            "declarer": row.declarer,
            "statement": row.statement,
        },
        erase=erasure.erase_adoptions,
        endings=(Ending(("email",), lambda now: Adoption.objects.filter(created_at__lt=_term(now))),),
    ),
    Holding(
        model="consultation.Challenge",
        key="challenges",
        what=_("Challenges of a declared consensus: name, facts and an e-mail address"),
        why=_("Name and facts are published and answered. The address confirms them and is never shown."),
        until=UNTIL_CHALLENGE,
        days="EMAIL_DAYS",
        unconfirmed="UNCONFIRMED_DAYS",
        names=("by_name", "email"),
        words=("facts",),
        secrets=("secret", "form_token"),
        impersonal=("moderation", "language", "consent_version", "answer", "answered_by"),
        about=lambda email: Challenge.objects.filter(email=email),
        described=lambda row: {
            "document": row.declaration.edition.identifier,
            "name": row.by_name,
            "facts": row.facts,
        },
        erased={"by_name": UNNAMED, "facts": UNNAMED},
        endings=(Ending(("email",), lambda now: Challenge.objects.filter(answered_at__lt=_term(now))),),
    ),
    _part_of_comments("consultation.Target", words=("quote",), impersonal=("scope",)),
    _part_of_comments(
        "consultation.Disposition",
        names=("decided_by",),
        words=("verdict_text",),
        impersonal=("outcome", "response", "decided_where", "verdict"),
    ),
    _part_of_comments(
        "consultation.Objection",
        names=("decided_by",),
        words=("statement", "minority_statement"),
        impersonal=("disposal", "reasons"),
    ),
    Holding(
        model="consultation.Suggestion",
        key="suggestions",
        what=SUGGESTIONS,
        why=WHY_SUGGESTIONS,
        until=WITH_ACCOUNT,
        names=("by_name", "decided_by_name"),
        words=("proposed",),
        impersonal=("key", "kind", "path", "before", "decision", "wording", "reason"),
        about=lambda email: Suggestion.objects.filter(by__email__same_address=email),
        described=lambda row: {"document": row.process.series, "proposed": row.proposed},
        erase=erasure.forget_suggestions,
        of_account=True,
    ),
    Holding(
        model="consultation.Note",
        key="notes",
        what=SUGGESTIONS,
        why=WHY_SUGGESTIONS,
        until=WITH_ACCOUNT,
        names=("by_name", "resolved_by_name"),
        words=("words",),
        impersonal=("key", "kind", "path", "before"),
        about=lambda email: Note.objects.filter(by__email__same_address=email),
        described=lambda row: {"document": row.process.series, "note": row.words},
        erase=erasure.forget_notes,
        of_account=True,
    ),
    _part_of_comments("consultation.Dissent", names=("holder",), words=("statement",), impersonal=("language",)),
    _part_of_comments("consultation.Report", names=("created_by",), words=("texts",), impersonal=("data", "sha256")),
    *(
        Holding(
            model=f"consultation.{name}",
            what=RECORD,
            why=WHY_RECORD,
            until=FOR_GOOD,
            names=("by_name",),
            impersonal=impersonal,
        )
        for name, impersonal in {
            "PeriodChange": ("reason",),
            "ModerationEvent": ("source", "target", "role", "reason"),
            "Declaration": ("edition_sha256", "role", "grounds", "reopening", "objections"),
            "ErasureRequest": ("reason",),
        }.items()
    ),
    Holding(model="consultation.Mapping", impersonal=("method", "doubt")),
    Holding(
        model="consultation.Period",
        impersonal=(
            "announcement",
            "scope_note",
            "questions",
            "identity",
            "moderation",
            "languages",
            "consent_version",
            "sections",
        ),
    ),
)
