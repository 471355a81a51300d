"""Admin views of the register of adoption: read and moderate declarations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from consultation.admin_page import desk, on_process
from consultation.adoptions import services as adoptions
from consultation.adoptions.models import Adoption
from consultation.vocabulary import Moderation
from workflow.transitions.models import Process


@on_process("read")
def all_adoptions(request: HttpRequest, process: Process) -> HttpResponse:
    rows = Adoption.objects.filter(series=process.series).select_related("edition").order_by("-created_at")
    return desk(request, process, "adoptions", "consultation/adoptions/admin_adoptions.html", {"rows": rows})


@require_POST
@on_process("moderate")
def moderate_adoption(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    adoption = get_object_or_404(Adoption, series=process.series, number=number)
    target = request.POST.get("to", "")
    if target in {Moderation.PUBLISHED, Moderation.HIDDEN, Moderation.SPAM}:
        adoptions.moderate(adoption, target, timezone.now())
        messages.success(request, _("Saved."))
    return redirect("consultation_admin:adoptions", process.pk)
