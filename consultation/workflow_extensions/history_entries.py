"""What a consultation adds to the history of a document."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.comments.models import Disposition, ModerationEvent
from consultation.consensus.models import Challenge, Objection
from consultation.periods.models import PeriodChange
from consultation.reports.models import Report
from consultation.suggestions.models import Suggestion
from workflow.history.timeline import Entry, history_source
from workflow.transitions.models import Process


@history_source("consultation", gettext_lazy("Consultation"))
def story(process: Process) -> Iterator[Entry]:
    """Moderation, answers, moved dates, wordings, objections, challenges, reports; no commenter is named."""
    yield from _moderated(process)
    yield from _answered(process)
    yield from _suggested(process)
    desk = reverse("consultation_admin:consensus", args=[process.pk])
    for change in PeriodChange.objects.filter(period__process=process):
        what = _("Closing date of comment: %(before)s → %(now)s UTC")
        dates = {"before": f"{change.closed_before:%Y-%m-%d %H:%M}", "now": f"{change.closes_now:%Y-%m-%d %H:%M}"}
        yield Entry(change.at, "consultation", change.by_name, what % dates, change.reason)
    for objection in Objection.objects.filter(process=process):
        yield Entry(objection.raised_at, "consultation", "", _("Objection raised"), objection.statement, desk)
        if objection.decided_at:
            what = _("Objection: %s") % objection.get_disposal_display()
            yield Entry(objection.decided_at, "consultation", objection.decided_by, what, objection.reasons, desk)
    for challenge in Challenge.objects.shown().filter(declaration__process=process):
        yield Entry(challenge.at, "consultation", challenge.by_name, _("Declaration challenged"), challenge.facts, desk)
        if challenge.answered_at:
            what = _("Challenge answered")
            yield Entry(challenge.answered_at, "consultation", challenge.answered_by, what, challenge.answer, desk)
    for report in Report.objects.filter(process=process).select_related("edition").defer("edition__document"):
        address = f"{report.edition.address}comments/reports/{report.number}/"
        what = _("Report %d issued") % report.number
        yield Entry(report.created_at, "consultation", report.created_by, what, report.sha256, address)


def _moderated(process: Process) -> Iterator[Entry]:
    events = ModerationEvent.objects.filter(comment__series=process.series).select_related("comment")
    for event in events:
        what = _("Comment %(number)d: %(standing)s")
        facts = {"number": event.comment.number, "standing": event.get_target_display()}
        address = reverse("consultation_admin:comment", args=[process.pk, event.comment.number])
        yield Entry(event.at, "consultation", event.by_name, what % facts, event.reason, address)


def _suggested(process: Process) -> Iterator[Entry]:
    """What was suggested for the working text, and what became of it. Editors' eyes alone see this."""
    desk = reverse("consultation_admin:dispositions", args=[process.pk])
    for row in Suggestion.objects.filter(process=process).select_related("comment"):
        address = f"{desk}?show=all#suggestion-{row.pk}"
        what = _("Wording suggested")
        if row.comment:
            what = _("Wording suggested, from comment %d") % row.comment.number
        yield Entry(row.at, "consultation", row.by_name, what, row.proposed, address)
        if row.decided_at:
            what = _("Suggested wording: %s") % row.get_decision_display()
            said = row.reason or row.wording
            yield Entry(row.decided_at, "consultation", row.decided_by_name, what, said, address)


def _answered(process: Process) -> Iterator[Entry]:
    answers = Disposition.objects.published().filter(comment__series=process.series).select_related("comment")
    for answer in answers:
        what = _("Comment %(number)d answered: %(outcome)s")
        facts = {"number": answer.comment.number, "outcome": answer.get_outcome_display()}
        address = reverse("consultation_admin:answer", args=[process.pk, answer.comment.number])
        yield Entry(answer.published_at, "consultation", answer.decided_by, what % facts, answer.response, address)  # type: ignore[arg-type]
