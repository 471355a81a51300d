"""Admin views of comment periods: word the call, move its deadline."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import actor_of, desk, on_process
from consultation.periods import services as periods
from consultation.periods.forms import DeadlineForm, PeriodForm
from consultation.periods.models import Period
from workflow.transitions.models import Process


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
    return desk(request, process, "periods", "consultation/periods/admin_periods.html", {"rows": rows})


@require_POST
@on_process("set_periods")
def change_period(request: HttpRequest, process: Process, period_id: int) -> HttpResponse:
    """The words and rules of a period; its dates are moved by `move_deadline` only."""
    period = get_object_or_404(Period, pk=period_id, process=process)
    form = PeriodForm(request.POST, instance=period)
    if not form.is_valid():
        rows = [{"period": period, "state": period.state_at(timezone.now()), "form": form, "deadline": DeadlineForm()}]
        return desk(request, process, "periods", "consultation/periods/admin_periods.html", {"rows": rows}, status=422)
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
    return desk(request, process, "periods", "consultation/periods/admin_periods.html", {"rows": rows}, status=422)


REFUSALS = {
    "no_reason": lambda: _("Give the public reason."),
    "not_after": lambda: _("The new date must lie in the future and after the opening."),
    "over": lambda: _("This period is over. Open a new one instead."),
    "too_short": lambda: (
        _("Comment would be open for less than %d days. The Secretariat may set this aside, with its reason.")
        % settings.COMMENT_PERIOD_LEAST_DAYS
    ),
}
