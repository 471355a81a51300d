"""The guards that need comments. They look and never write; each says what is missing and where it is mended."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultation.answers.services import traceability_fault
from consultation.comments.models import Comment, Disposition
from consultation.periods.models import Period
from consultation.vocabulary import TAKEN_UP, Disposal
from core.datetimes import in_words
from core.languages.lists import listed
from workflow.sessions.services import has_minutes, sessions_of
from workflow.states import State
from workflow.transitions.guards import Attempt, Unmet, guard

TEXTS = ("comment__submission__period__edition__document", "addressed_in__document")
"""What a guard never reads of an edition."""
MOST_NAMED = 5
"""How many single comments a guard names before it says how many more there are."""


def _desk(attempt: Attempt, view: str) -> str:
    return reverse(f"consultation_admin:{view}", args=[attempt.process.pk])


@guard("period_over", gettext_lazy("The comment period is over."))
def period_over(attempt: Attempt) -> Iterator[Unmet]:
    for period in Period.objects.filter(process=attempt.process).open_at(attempt.at):
        message = _("Comment is open until %s.") % in_words(period.closes)
        yield Unmet("period_over", message, _desk(attempt, "periods"))


@guard("no_open_period", gettext_lazy("No comment period is open or still to come."))
def no_open_period(attempt: Attempt) -> Iterator[Unmet]:
    for period in Period.objects.filter(process=attempt.process, cancelled_at=None, closes__gt=attempt.at):
        message = _("A comment period runs until %s.") % in_words(period.closes)
        yield Unmet("no_open_period", message, _desk(attempt, "periods"))


@guard("had_comment_period", gettext_lazy("The public could comment at least once."))
def had_comment_period(attempt: Attempt) -> Iterator[Unmet]:
    if not Period.objects.filter(process=attempt.process).over_at(attempt.at).exists():
        page = attempt.process.page
        opening = reverse("workflow_admin:move", args=[page.pk, "open_comment"]) if page else ""
        mend = _desk(attempt, "periods") if attempt.process.state == State.COMMENT else opening
        yield Unmet("had_comment_period", _("No comment period of this document is over yet."), mend)


@guard("no_comment_yet", gettext_lazy("Nobody has commented yet."))
def no_comment_yet(attempt: Attempt) -> Iterator[Unmet]:
    open_periods = Period.objects.filter(process=attempt.process, cancelled_at=None, closes__gt=attempt.at)
    count = Comment.objects.filter(submission__period__in=open_periods).exclude(moderation="spam").count()
    if count:
        text = ngettext("%d comment has come in.", "%d comments have come in.", count) % count
        yield Unmet("no_comment_yet", text, _desk(attempt, "queue"))


@guard("comments_moderated", gettext_lazy("No comment waits for moderation."))
def comments_moderated(attempt: Attempt) -> Iterator[Unmet]:
    if count := Comment.objects.filter(series=attempt.process.series).waiting().count():
        text = ngettext("%d comment waits for moderation.", "%d comments wait for moderation.", count) % count
        yield Unmet("comments_moderated", text, _desk(attempt, "queue"))


@guard("comments_answered", gettext_lazy("Every published comment has a published answer."))
def comments_answered(attempt: Attempt) -> Iterator[Unmet]:
    numbers = list(Comment.objects.filter(series=attempt.process.series).unanswered().values_list("number", flat=True))
    if numbers:
        named = listed(f"#{number}" for number in numbers[:MOST_NAMED])
        more = f" (+{len(numbers) - MOST_NAMED})" if len(numbers) > MOST_NAMED else ""
        text = ngettext("%d comment has no published answer: ", "%d comments have no published answer: ", len(numbers))
        yield Unmet("comments_answered", text % len(numbers) + named + more, _desk(attempt, "dispositions"))


@guard("accepted_comments_traceable", gettext_lazy("Every accepted comment names the edition that carries its change."))
def accepted_comments_traceable(attempt: Attempt) -> Iterator[Unmet]:
    answers = Disposition.objects.published().filter(comment__series=attempt.process.series)
    newest: dict[int, Disposition] = {}
    for answer in answers.select_related("comment__submission__period__edition", "addressed_in").defer(*TEXTS):
        newest.setdefault(answer.comment_id, answer)
    for answer in sorted(newest.values(), key=lambda each: each.comment.number):
        if answer.outcome in TAKEN_UP and (fault := traceability_fault(answer)):
            text = _("Comment #%(number)d: %(fault)s") % {"number": answer.comment.number, "fault": fault}
            yield Unmet("accepted_comments_traceable", text, _desk(attempt, "dispositions"))


@guard("suggestions_settled", gettext_lazy("No suggested wording is open."))
def suggestions_settled(attempt: Attempt) -> Iterator[Unmet]:
    open_ones = list(attempt.process.suggestions.open().values_list("pk", flat=True))  # type: ignore[attr-defined]
    if open_ones:
        text = ngettext("%d suggested wording is open.", "%d suggested wordings are open.", len(open_ones))
        first = f"{_desk(attempt, 'dispositions')}?show=suggestions#suggestion-{open_ones[0]}"
        yield Unmet("suggestions_settled", text % len(open_ones), first)


@guard("objections_disposed", gettext_lazy("No objection is open or upheld."))
def objections_disposed(attempt: Attempt) -> Iterator[Unmet]:
    for objection in attempt.process.objections.blocking():  # type: ignore[attr-defined]
        short = objection.statement if len(objection.statement) <= 80 else objection.statement[:79] + "…"
        upheld = objection.disposal == Disposal.UPHELD
        text = _("An objection was upheld: “%s”") if upheld else _("An objection is not yet disposed of: “%s”")
        yield Unmet("objections_disposed", text % short, _desk(attempt, "consensus"))


@guard("minutes_linked", gettext_lazy("The minutes of the session are kept."))
def minutes_linked(attempt: Attempt) -> Iterator[Unmet]:
    if not has_minutes(attempt.process):
        text = _("No session with minutes is recorded for this document.")
        session = next(iter(sessions_of(attempt.process)), None)
        address = reverse("workflow_admin:edit_session", args=[session.pk]) if session else ""
        yield Unmet("minutes_linked", text, f"{address or reverse('workflow_admin:new_session')}#id_minutes")
