"""Admin views of the Secretariat's desk: roles and grants, what the clock will do, the wording of notices."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from workflow.access.admin_views import require_secretariat
from workflow.notices.forms import WordingForm
from workflow.notices.models import NoticeWording
from workflow.notices.occasions import EVENTS
from workflow.notices.wording import preview


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    require_secretariat(request)
    changed = set(NoticeWording.objects.values_list("event", flat=True))
    rows = [{"event": event, "changed": event.name in changed} for event in EVENTS.values()]
    return render(request, "mail/admin_wordings.html", {"rows": rows})


def wording(request: HttpRequest, event: str) -> HttpResponse:
    """Change the words of a notice, or (preview=1) see them filled in; with as_shipped=1 the former ones come back."""
    require_secretariat(request)
    if event not in EVENTS:
        raise Http404
    declared = EVENTS[event]
    row = NoticeWording.objects.filter(event=event).first()
    if request.method == "POST" and "as_shipped" in request.POST:
        NoticeWording.objects.filter(event=event).delete()
        return redirect("workflow_admin:wordings")
    form = WordingForm(declared, request.POST or None, instance=row)
    filled_in = request.method == "POST" and form.is_valid()
    if filled_in and "preview" not in request.POST:
        form.instance.event = event
        form.instance.changed_by = request.user
        form.save()
        messages.success(request, _("The wording of “%s” is changed.") % declared.label)
        return redirect("workflow_admin:wordings")
    shown = form.words() if filled_in or not form.is_bound else []
    context = {
        "event": declared,
        "form": form,
        "row": row,
        "previews": [(label, *preview(declared, words)) for label, words in shown],
    }
    return render(request, "mail/admin_wording.html", context, status=422 if form.errors else 200)
