"""The page `/statistics/`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from bpf_pages.listings.documents import breadcrumb
from bpf_pages.statistics.figures import figures


@require_safe
@conditional_page
def statistics(request: HttpRequest) -> HttpResponse:
    """The library in numbers; `?fictitious=yes` counts what was invented for 2099 too."""
    fictitious = request.GET.get("fictitious") == "yes"
    context = {
        "figures": figures(fictitious),
        "fictitious": fictitious,
        "breadcrumb": breadcrumb((_("The library in numbers"), request.path)),
    }
    return render(request, "bpf_pages/statistics/statistics.html", context)
