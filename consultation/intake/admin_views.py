"""Admin views that record comments from elsewhere: typed in, or taken from a sheet."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import actor_of, desk, on_process
from consultation.capabilities import may
from consultation.comments import moderation
from consultation.intake import mailbox
from consultation.intake import services as entering
from consultation.intake.delegations_word_files import waiting
from consultation.intake.forms import EntryForm, MailForm, SheetForm
from consultation.periods.models import Period
from consultation.submissions.models import Submission
from consultation.submissions.services import Arrival, Remark
from core.plain_text import tidy_line
from core.spreadsheets import SheetError
from workflow.transitions.models import Process


def period_of(process: Process) -> Period | None:
    """The newest call of a document, over or not."""
    return (
        Period.objects.filter(process=process, cancelled_at=None).select_related("edition").order_by("-round").first()
    )


@on_process("enter")
def enter(request: HttpRequest, process: Process) -> HttpResponse:
    """Record a comment that came by mail, in a session, on a list, in a survey."""
    period = period_of(process)
    now = timezone.now()
    form = EntryForm(request.POST or None, request.FILES or None, initial={"received_at": now, "language": "en"})
    if period and form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            remark = Remark(
                entering.targets_from(data["paragraphs"], period), data["body"], data["proposed"],
                kind=data["kind"], language=data["language"],
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("paragraphs", error)
        else:
            upload = data["original"]
            arrival = Arrival(
                data["received_at"],
                via=data["received_via"],
                entered_by=request.user,
                channel_note=data["channel_note"],
                late=data["received_at"] >= period.closes,
                original=_unnamed(upload),
                original_name=tidy_line(upload.name)[:120] if upload else "",
            )
            submission = entering.enter(period, form.person, remark, arrival)
            _told(request, process, submission, now)
            return redirect("consultation_admin:enter", process.pk)
    context = _forms(process, now) | {"form": form, "period": period}
    return desk(
        request, process, "enter", "consultation/intake/admin_entry.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@on_process("enter")
def take_mails(request: HttpRequest, process: Process) -> HttpResponse:
    """A mail or a mailbox: a comment for each remark of each mail, all or none, with a report of each."""
    period = period_of(process)
    now = timezone.now()
    form = MailForm(request.POST, request.FILES)
    results, problems = [], []
    if period and form.is_valid():
        try:
            found = mailbox.read(form.cleaned_data["mails"].name, form.cleaned_data["mails"].read())
            results = mailbox.take(period, found, user=request.user, now=now, language=form.cleaned_data["language"])
            taken = sum(result.is_new for result in results)
            text = ngettext("%d comment waits for moderation.", "%d comments wait for moderation.", taken)
            messages.success(request, text % taken)
        except SheetError as error:
            problems = error.problems
    context = _forms(process, now) | {"period": period, "mail_form": form, "results": results, "problems": problems}
    return desk(
        request, process, "enter", "consultation/intake/admin_entry.html", context, status=200 if results else 422
    )


def _forms(process: Process, now: datetime) -> dict[str, Any]:
    """The forms of the page, empty, and what was read and waits."""
    begun = {"received_at": now, "language": "en"}
    return {
        "form": EntryForm(initial=begun),
        "sheet_form": SheetForm(initial={"received_at": now}),
        "mail_form": MailForm(),
        "word_files": waiting(process),
    }


def _told(request: HttpRequest, process: Process, submission: Submission, now: datetime) -> None:
    """A moderator may publish what they record in one go; both acts stand in the record."""
    if "publish" in request.POST and may(request.user, "moderate", process):
        actor = actor_of(request, "moderate", process)
        for comment in submission.comments.all():
            moderation.publish(comment, actor, now)
        messages.success(request, _("Recorded with receipt %s, and published.") % submission.receipt)
    else:
        messages.success(request, _("Recorded with receipt %s. It waits for moderation.") % submission.receipt)


def _unnamed(upload: object) -> object:
    """The upload under a name made here: the sender's own never becomes a path."""
    if upload:
        upload.name = "original.bin"  # type: ignore[attr-defined]
    return upload


@require_POST
@on_process("enter")
def take_sheet(request: HttpRequest, process: Process) -> HttpResponse:
    """A sheet of comments in the ISO columns: every row or none, with a report of each."""
    period = period_of(process)
    form = SheetForm(request.POST, request.FILES)
    results, problems = [], []
    if period and form.is_valid():
        data = form.cleaned_data
        try:
            results = entering.take_sheet(
                period, data["sheet"].name, data["sheet"].read(), at=data["received_at"], user=request.user,
                organisation=data["organisation"], language=data["language"],
            )  # fmt: skip
            text = ngettext("%d comment waits for moderation.", "%d comments wait for moderation.", len(results))
            messages.success(request, text % len(results))
        except SheetError as error:
            problems = error.problems
    context = _forms(process, timezone.now()) | {
        "period": period, "sheet_form": form, "results": results, "problems": problems
    }  # fmt: skip
    return desk(
        request, process, "enter", "consultation/intake/admin_entry.html", context, status=200 if results else 422
    )
