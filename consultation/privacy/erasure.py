"""How comments and their envelopes are erased: number, date, answer and a tombstone stay, and the hashes of reports."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment, ModerationEvent
from consultation.notes.models import Note
from consultation.reports.services import erase_texts
from consultation.signals import words_erased
from consultation.submissions.attachments import forget
from consultation.submissions.models import Draft, Submission
from consultation.suggestions.models import Suggestion
from consultation.suggestions.services import forget_words
from consultation.vocabulary import Decision, Moderation
from core.personal_data import UNNAMED, Erasure


def forget_drafts(keys: list[Any], asked: Erasure) -> None:
    for draft in Draft.objects.filter(pk__in=keys):
        forget(draft.attachments.filter(submission=None))  # type: ignore[attr-defined]
        draft.delete()


def erase_comments(keys: list[Any], asked: Erasure) -> None:
    """Their words, if asked; in reports also the name under which they were shown."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for comment in Comment.objects.filter(pk__in=keys):
        numbers[comment.series].add(comment.number)
        if asked.with_text:
            erase_words(comment, asked.at)
    erase_texts(numbers, with_text=asked.with_text)
    if numbers:
        words_erased.send(Submission, series=sorted(numbers))


def erase_submissions(keys: list[Any], asked: Erasure) -> None:
    for submission in Submission.objects.filter(pk__in=keys).select_related("submitter"):
        erase_envelope(submission, asked.at)


def erase_adoptions(keys: list[Any], asked: Erasure) -> None:
    """The address goes, a person's name too; an organization's stays. What nobody confirmed is nobody's declaration."""
    Adoption.objects.filter(pk__in=keys, moderation=Moderation.UNCONFIRMED).delete()
    words = {"statement": "", "link": "", "revoked_reason": ""} if asked.with_text else {}
    mine = Adoption.objects.filter(pk__in=keys)
    mine.filter(is_organisation=False).update(declarer=UNNAMED, **words)
    mine.update(email="")


def forget_suggestions(keys: list[Any], asked: Erasure) -> None:
    """The name, and words that are not in the working text."""
    mine = Suggestion.objects.filter(pk__in=keys)
    mine.update(by_name="")
    if asked.with_text:
        mine.open().update(decision=Decision.DROPPED, decided_at=asked.at)
        mine.filter(comment=None).update(proposed="")


def forget_notes(keys: list[Any], asked: Erasure) -> None:
    """The name, and if asked the words; a note without words asks nothing of anybody any more."""
    mine = Note.objects.filter(pk__in=keys)
    mine.update(by_name="")
    if asked.with_text:
        mine.filter(resolved_at=None).update(resolved_at=asked.at)
        mine.update(words="")


def erase_envelope(submission: Submission, now: datetime) -> None:
    _forget_original(submission)
    forget(submission.attachments.all())  # type: ignore[attr-defined]
    submission.organisation = ""
    submission.original_name = ""
    submission.channel_note = ""
    submission.save(update_fields=["organisation", "original", "original_name", "channel_note"])
    submitter = submission.submitter
    submitter.name = submitter.email = submitter.network = submitter.salt = ""
    submitter.network_until = None
    submitter.erased_at = submitter.erased_at or now
    submitter.save()


def _forget_original(submission: Submission) -> None:
    """A sheet is kept once for all organizations that stand in it: it goes with the last of them."""
    name = submission.original.name
    if name and Submission.objects.filter(original=name).exclude(pk=submission.pk).exists():
        submission.original = None
    elif name:
        submission.original.delete(save=False)


def erase_words(comment: Comment, now: datetime) -> None:
    if comment.moderation == Moderation.ERASED:
        return
    source = comment.moderation
    comment.body = comment.proposed = comment.rationale = comment.salt = ""
    comment.moderation = Moderation.ERASED
    comment.moderated_at = now
    comment.save(update_fields=["body", "proposed", "rationale", "salt", "moderation", "moderated_at"])
    comment.targets.update(quote="")
    comment.dispositions.update(verdict_text="")
    forget_words(comment, now)
    for objection in comment.objections.all():
        if objection.statement and objection.comments.count() == 1:
            objection.statement = "—"
            objection.save(update_fields=["statement"])
    ModerationEvent.objects.create(
        comment=comment, at=now, source=source, target=Moderation.ERASED, by_name="", role="author"
    )
