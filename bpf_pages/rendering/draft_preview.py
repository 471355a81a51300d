"""A draft drawn as the public would see it, for editors only. Nothing is written but what drawing a page writes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from bpf_pages.rendering.draft_files import Claims
from editions.services import Draft
from pdf.printing.job_from_edition import job_for_draft
from pdf.render import render as render_pdf
from workflow.states import State

MODES: list[tuple[str, str | Promise]] = [("page", gettext_lazy("Page")), ("print", gettext_lazy("Printed form"))]


def serve_draft(request: HttpRequest, page: Page, draft: Draft, mode: str) -> HttpResponse:
    """The draft of a page as a page, or as the PDF it would be, marked as work in progress."""
    if mode == "print":
        printed = render_pdf(job_for_draft(draft, State.COMMENT, _("Preview, not published")))
        return HttpResponse(printed.content, content_type="application/pdf")
    claims = Claims(page, getattr(request, "draft_link", None), request.user)
    context = {"draft": draft, "document": draft.document, "claims": claims}
    return render(request, "bpf_pages/rendering/draft_preview.html", context)
