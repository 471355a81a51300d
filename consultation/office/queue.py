"""Moderation: what waits, how long, and the one click that settles it. Periods and their dates."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation import attachments, moderation, periods
from consultation.admin import consultations_of
from consultation.clusters import clusters, distinct
from consultation.models import Attachment, Comment, Period
from consultation.moderation import NotPossible
from consultation.office.access import actor_of, desk, on_process
from consultation.office.forms import DeadlineForm, HideForm, PeriodForm
from consultation.reading import shown
from consultation.vocabulary import HideReason, Moderation
from workflow.models import Process

MOST = 200


@on_process("read")
def queue(request: HttpRequest, process: Process) -> HttpResponse:
    """What waits, oldest first, with near-duplicates named as such."""
    waiting = Comment.objects.filter(series=process.series).waiting().for_reading().order_by("created_at")
    items = list(waiting[:MOST])
    texts = {comment.pk: comment.body or comment.proposed for comment in items}
    groups = clusters(texts)
    campaign = {pk: number for number, members in enumerate(groups, start=1) for pk in members}
    rows = [{"shown": each, "campaign": campaign.get(each.comment.pk)} for each in shown(items, None)]
    context = {
        "rows": rows,
        "campaigns": [
            {"number": number, "size": len(members), "distinct": distinct(texts[pk] for pk in members)}
            for number, members in enumerate(groups, start=1)
        ],
        "hide_form": HideForm(),
        "spam": Comment.objects.filter(series=process.series, moderation=Moderation.SPAM).count(),
        "now": timezone.now(),
    }
    return desk(request, process, "queue", "queue", context)


@require_POST
@on_process("moderate")
def moderate(request: HttpRequest, process: Process) -> HttpResponse:
    """Publish, hide or mark as spam every chosen comment. Each is its own step; the answer says what was not done."""
    actor = actor_of(request, "moderate", process)
    target = request.POST.get("to", "")
    if target not in {Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM, Moderation.PENDING}:
        messages.error(request, _("Choose what shall happen."))
        return redirect("consultation_admin:queue", process.pk)
    numbers = [int(value) for value in request.POST.getlist("comment") if value.isdecimal() and len(value) < 9]
    reason = request.POST.get("hide_reason", "") if target == Moderation.HIDDEN else ""
    if target == Moderation.HIDDEN and reason not in HideReason.values:
        messages.error(request, _("Choose the class of reason for hiding."))
        return redirect("consultation_admin:queue", process.pk)
    done, refused = 0, []
    for comment in Comment.objects.filter(series=process.series, number__in=numbers):
        try:
            note = request.POST.get("reason", "")[:2000]
            moderation.change_standing(comment, target, actor, now=timezone.now(), reason=note, hide_reason=reason)
            done += 1
        except NotPossible as error:
            refused.append(f"#{comment.number} ({Moderation(error.source).label})")
    if done:
        messages.success(request, ngettext("%d comment was moved.", "%d comments were moved.", done) % done)
    if refused:
        messages.warning(request, _("Not possible for: %s") % ", ".join(refused))
    return redirect("consultation_admin:queue", process.pk)


@on_process("read")
def comment(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    """One comment with its log; with the sender's name and address for those who may see them."""
    found = get_object_or_404(Comment.objects.for_reading(), series=process.series, number=number)
    context: dict[str, Any] = {
        "item": shown([found], process.current_edition)[0],
        "comment": found,
        "submission": found.submission,
        "events": found.events.all(),
        "hide_form": HideForm(),
    }
    return desk(request, process, "queue", "comment", context)


@on_process("read")
def all_periods(request: HttpRequest, process: Process) -> HttpResponse:
    now = timezone.now()
    rows = [
        {
            "period": period,
            "state": period.state_at(now),
            "form": PeriodForm(instance=period),
            "deadline": DeadlineForm(initial={"closes": period.closes}),
        }
        for period in Period.objects.filter(process=process).with_edition().prefetch_related("changes")
    ]
    return desk(request, process, "periods", "periods", {"rows": rows})


@require_POST
@on_process("set_periods")
def change_period(request: HttpRequest, process: Process, period_id: int) -> HttpResponse:
    """The words and rules of a period; its dates are moved by `move_deadline` only."""
    period = get_object_or_404(Period, pk=period_id, process=process)
    form = PeriodForm(request.POST, instance=period)
    if not form.is_valid():
        rows = [{"period": period, "state": period.state_at(timezone.now()), "form": form, "deadline": DeadlineForm()}]
        return desk(request, process, "periods", "periods", {"rows": rows}, status=422)
    form.save()
    messages.success(request, _("Saved."))
    return redirect("consultation_admin:periods", process.pk)


@require_POST
@on_process("set_periods")
def move_deadline(request: HttpRequest, process: Process, period_id: int) -> HttpResponse:
    period = get_object_or_404(Period, pk=period_id, process=process)
    form = DeadlineForm(request.POST)
    if form.is_valid():
        actor = actor_of(request, "set_periods", process)
        data = form.cleaned_data
        try:
            periods.move_deadline(period, data["closes"], actor, timezone.now(), data["reason"], request.user)
            messages.success(request, _("The closing date was moved. The reason stands on the public page."))
            return redirect("consultation_admin:periods", process.pk)
        except periods.CannotMove as error:
            form.add_error(None, REFUSALS[error.code]())
    rows = [{"period": period, "state": period.state_at(timezone.now()), "form": None, "deadline": form}]
    return desk(request, process, "periods", "periods", {"rows": rows}, status=422)


REFUSALS = {
    "no_reason": lambda: _("Give the public reason."),
    "not_after": lambda: _("The new date must lie in the future and after the opening."),
    "over": lambda: _("This period is over. Open a new one instead."),
}


@on_process("see_private")
def original(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    """The file a comment came in, as a download under a name made here."""
    found = get_object_or_404(Comment.objects.select_related("submission"), series=process.series, number=number)
    upload = found.submission.original
    if not upload:
        raise PermissionDenied
    with upload.open("rb") as file:
        response = HttpResponse(file.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.submission.receipt}.bin"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@on_process("see_private")
def attachment(request: HttpRequest, process: Process, number: int, attachment: int) -> HttpResponse:
    """A file that came with a comment, published or not."""
    comment = get_object_or_404(Comment, series=process.series, number=number)
    found = get_object_or_404(Attachment, submission=comment.submission_id, pk=attachment)
    response = attachments.as_download(found)
    response["Cache-Control"] = "no-store"
    return response


def all_consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation this person has a part in."""
    return render(request, "consultation/admin/all.html", {"rows": consultations_of(request.user)})
