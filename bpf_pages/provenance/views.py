"""The page `/verify/`: which edition a file is. Nothing is kept of what was asked."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bpf_pages.listings.documents import breadcrumb
from bpf_pages.provenance.forms import MOST_BYTES, CheckSum, FileToRecognise
from bpf_pages.provenance.hashed_upload import HashingHandler
from bpf_pages.provenance.services import recognised
from gate.client_address import network
from gate.forms.public_forms import TEXT, PublicForm
from gate.rate_limits import count_request, refused

TEN_MINUTES_S = 600
VERIFY = PublicForm("verify", FileToRecognise, most_bytes=MOST_BYTES + TEXT)


@VERIFY.takes
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A posted file, or ?sha256= with its check sum."""
    if request.method != "POST" and "sha256" not in request.GET:
        return _page(request)
    if seconds := count_request("verify", network(request), settings.VERIFY_REQUESTS_IN_TEN_MINUTES, TEN_MINUTES_S):
        return refused(_page(request, too_many=True), seconds)
    return _of_file(request) if request.method == "POST" else _of_check_sum(request)


def _of_file(request: HttpRequest) -> HttpResponse:
    request.upload_handlers = [HashingHandler(request)]
    form = FileToRecognise(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["hashed_file"]
        if file.size <= MOST_BYTES:
            return _page(request, sha256=file.sha256, found=recognised(file.sha256, file.head), name=file.name)
        form.add_error("hashed_file", _("The file is larger than %d MB.") % (MOST_BYTES // 1024 // 1024))
    return _page(request, form=form, status=422)


def _of_check_sum(request: HttpRequest) -> HttpResponse:
    form = CheckSum(request.GET)
    if not form.is_valid():
        return _page(request, form=form, status=400)
    sha256 = form.cleaned_data["sha256"]
    return _page(request, sha256=sha256, found=recognised(sha256))


def _page(request: HttpRequest, *, status: int = 200, **facts: Any) -> HttpResponse:
    """form: the one with errors, if any of the two has some."""
    form = facts.get("form")
    context = {
        "file_form": form if isinstance(form, FileToRecognise) else FileToRecognise(),
        "check_sum_form": form if isinstance(form, CheckSum) else CheckSum(),
        "form": form,
        "breadcrumb": breadcrumb((_("Library"), "/library/"), (_("Which edition is this file?"), "/verify/")),
        **facts,
    }
    response = render(request, "bpf_pages/provenance/verify.html", context, status=status)
    if facts:
        response["Cache-Control"] = "no-store"
    return response
