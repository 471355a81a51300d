"""Suggest a wording, accept it into the working text, drop it; follow it into the edition that carries it."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from consultation.answers.services import Answer, write_answers
from consultation.comments.models import Comment
from consultation.suggestions.models import Suggestion
from consultation.vocabulary import MOST_PROPOSED, TAKEN_UP, Decision, Outcome
from consultation.working_text.models import anchor_of
from consultation.working_text.places import GONE, WHOLE, passages_of, places_of, places_of_comments
from core.datetimes import in_words
from core.plain_text import tidy_text
from editions.comparison.rebased_wording import carried_over
from editions.document.passages import Passage
from editions.models import Edition
from workflow.access.role_holders import name_of
from workflow.transitions.governed_pages import CannotReword, GovernedPage, governed
from workflow.transitions.models import Process


class Refused(Exception):
    """A suggestion was not made, or its wording not written: nothing changed. The message says why, for an editor."""


class Changed(Refused):
    """The paragraph is another than the one the wording was written for. present: what it says now; wording: what was
    to stand there."""

    def __init__(self, message: str, present: str, wording: str) -> None:
        super().__init__(message)
        self.present = present
        self.wording = wording


def digest(text: str) -> str:
    """What a form sends back of the paragraph that its reader saw."""
    return sha256(text.encode()).hexdigest()[:16]


def why_closed(process: Process, user: Any) -> str:
    """Why this person cannot write into the working text now, or ""."""
    page = governed(process.page_id) if process.page_id else None
    return _why_closed(page, user)


def _why_closed(page: GovernedPage | None, user: Any) -> str:
    if page is None:
        return _("The page of this document no longer exists.")
    if not page.permissions_for_user(user).can_edit():
        return _("You may not edit this document.")
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        return _("The working text is closed or locked; open it again, then write into it.")
    return ""


@transaction.atomic
def suggest(process: Process, key: str, wording: str, user: Any, now: datetime) -> Suggestion:
    """Somebody of the forum suggests other words for the passage `key` of the working text. Raises Refused."""
    page, passages = _locked(process, user)
    passage = next((each for each in passages if each.key == key), None)
    if passage is None:
        raise Refused(_("This paragraph is not in the working text any more."))
    wording = tidy_text(wording)
    if not wording:
        raise Refused(_("Write the wording. To take a paragraph out, remove it in the editor."))
    if wording == passage.text:
        raise Refused(_("This is what the paragraph says already."))
    _try_out(page, key, wording)
    return _made(process, passage, passage.text, wording, user, now)


@transaction.atomic
def suggest_from(comment: Comment, process: Process, user: Any, now: datetime) -> Suggestion:
    """The wording that a comment proposes becomes a suggestion on the paragraph that the comment is about.

    comment: from `for_reading()`. One that is open already is answered as it is. Raises Refused.
    """
    _page, passages = _locked(process, user)
    if known := comment.suggestions.open().first():  # type: ignore[attr-defined]
        return known  # type: ignore[no-any-return]
    if not comment.proposed:
        raise Refused(_("This comment proposes no wording."))
    keys = places_of_comments([comment], process, passages)[comment.pk]
    by_key = {passage.key: passage for passage in passages}
    passage = next((by_key[key] for key in keys if key in by_key and by_key[key].number), None)
    if passage is None:
        raise Refused(_("The paragraph of this comment was not found in the working text; write the wording there."))
    return _made(process, passage, written_for(comment, passage.text), comment.proposed, user, now, comment)


def written_for(comment: Comment, otherwise: str) -> str:
    """The text of the paragraph for which a comment proposes its wording; where it names none, `otherwise`.

    comment: from `for_reading()`.
    """
    targets = comment.shown_targets  # type: ignore[attr-defined]
    return next((each.passage.text for each in targets if each.passage and each.passage.number), otherwise)


def _made(
    process: Process,
    passage: Passage,
    before: str,
    proposed: str,
    user: Any,
    now: datetime,
    comment: Comment | None = None,
) -> Suggestion:
    anchor = {**anchor_of(passage), "before": before}
    by = {"by": user, "by_name": name_of(user), "at": now, "comment": comment}
    return Suggestion.objects.create(process=process, proposed=proposed[:MOST_PROPOSED], **by, **anchor)


def _try_out(page: GovernedPage, key: str, wording: str) -> None:
    """On an object that is not saved: what could never be accepted is refused while whoever wrote it is there."""
    try:
        page.get_latest_revision_as_object().reword(key, wording)
    except CannotReword as error:
        raise Refused(str(error)) from error


def _locked(process: Process, user: Any) -> tuple[GovernedPage, list[Passage]]:
    """The page, nobody else's until the end of the transaction, and what its newest draft says. Raises Refused."""
    page = governed(process.page_id, lock=True) if process.page_id else None
    if page is None or (why := _why_closed(page, user)):
        raise Refused(why if page else _why_closed(None, user))
    return page, passages_of(page.get_latest_revision_as_object())


@transaction.atomic
def accept(
    suggestion: Suggestion,
    user: Any,
    now: datetime,
    *,
    seen: str,
    wording: str = "",
    response: str = "",
    also: Iterable[int] = (),
) -> Suggestion:
    """Write the wording into the working text as a new revision, and draft the answer to the comment it comes from.

    seen: `digest` of the paragraph that the person looked at. wording: theirs, in place of what was suggested.
    response: of the answer. also: numbers of comments that say the same, and get the same answer.
    Raises Changed where the paragraph is another by now and Refused for every other reason; then nothing was changed.
    """
    page, passages = _locked(suggestion.process, user)
    suggestion = _open(suggestion)
    passage = _passage_of(suggestion, passages)
    edited = tidy_text(wording)
    carried = carried_over(suggestion.before, suggestion.proposed, passage.text)
    new = edited or carried or suggestion.proposed
    if seen != digest(passage.text):
        raise Changed(_("The paragraph was changed while you looked at it. Both are shown."), passage.text, new)
    if not edited and carried is None:
        said = _("The paragraph has changed where this wording changes it. Both are shown: join them, then accept.")
        raise Changed(said, passage.text, new)
    if new != passage.text:
        draft = page.get_latest_revision_as_object()
        try:
            draft.reword(passage.key, new)
        except CannotReword as error:
            raise Refused(str(error)) from error
        draft.save_revision(user=user, log_action=True, clean=False)
    _decide(suggestion, Decision.ACCEPTED, user, now)
    suggestion.wording = new
    suggestion.save()
    if suggestion.comment:
        _draft_answers(suggestion, suggestion.comment, user, now, response, also, as_proposed=new == carried)
    return suggestion


@transaction.atomic
def drop(suggestion: Suggestion, user: Any, now: datetime, reason: str) -> Suggestion:
    """It is not taken up. The reason stays with it. Raises Refused."""
    suggestion = _open(suggestion)
    if not (reason := tidy_text(reason)):
        raise Refused(_("Say why this wording is dropped."))
    _decide(suggestion, Decision.DROPPED, user, now)
    suggestion.reason = reason
    suggestion.save()
    return suggestion


def _open(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("comment", "process")
    suggestion = rows.get(pk=suggestion.pk)
    if suggestion.decision != Decision.OPEN:
        said = _("%(name)s has decided already (%(when)s): %(decision)s.")
        facts = {"name": suggestion.decided_by_name, "decision": suggestion.get_decision_display()}
        raise Refused(said % (facts | {"when": in_words(suggestion.decided_at) if suggestion.decided_at else ""}))
    return suggestion


def _passage_of(suggestion: Suggestion, passages: list[Passage]) -> Passage:
    key = places_of([suggestion], passages)[suggestion.pk]
    passage = next((each for each in passages if each.key == key), None)
    if passage is None or key in (GONE, WHOLE):
        raise Refused(_("This paragraph is not in the working text any more. Drop the wording, or suggest it anew."))
    return passage


def _decide(suggestion: Suggestion, decision: Decision, user: Any, now: datetime) -> None:
    suggestion.decision = decision
    suggestion.decided_by = user
    suggestion.decided_by_name = name_of(user)
    suggestion.decided_at = now


def _draft_answers(
    suggestion: Suggestion,
    asked: Comment,
    user: Any,
    now: datetime,
    response: str,
    also: Iterable[int],
    *,
    as_proposed: bool,
) -> None:
    """Accepted, or accepted with modification in the words that were written. Published answers stay as they are, and
    so does the response of a draft that says the same; what somebody drafted for a near-duplicate is left alone."""
    outcome = Outcome.ACCEPTED if as_proposed else Outcome.MODIFIED
    rows = Comment.objects.filter(series=asked.series, number__in=[asked.number, *also]).unanswered()
    answers = []
    for comment in rows.order_by("number"):
        draft = comment.dispositions.drafts().first()
        said = response.strip() or (draft.response if draft and draft.outcome in TAKEN_UP else "")
        if not said and outcome == Outcome.MODIFIED:
            with translation.override(comment.language):
                said = _("The paragraph now reads: “%s”") % suggestion.wording
        if comment.number != asked.number and draft is not None and draft.outcome not in TAKEN_UP:
            continue
        answers.append(Answer(comment.number, outcome, said))
    write_answers(suggestion.process, answers, user, now)


def follow_publication(sender: Any, edition: Edition, **kwargs: Any) -> None:
    """Receiver of editions.signals.edition_published: what was accepted until now stands in this edition."""
    rows = Suggestion.objects.filter(process__series=edition.series, decision=Decision.ACCEPTED, edition=None)
    rows.update(edition=edition)


def forget_words(comment: Comment, now: datetime) -> None:
    """Of an erased comment: the wording that it proposed. What was written into the text is the forum's by now."""
    rows = Suggestion.objects.filter(comment=comment)
    rows.open().update(decision=Decision.DROPPED, decided_at=now)
    rows.update(proposed="")
