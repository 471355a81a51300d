"""Public pages that list over all documents: what stays open, and what an identifier names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page, require_safe

from bpf_pages.glossary.terms import GROUPS
from bpf_pages.listings import documents as listings
from bpf_pages.listings import identifiers
from bpf_pages.listings import open_questions as remaining
from bpf_pages.rendering.labels import SECTIONS
from core.pagination import page_of
from editions.document.model import OPEN_KINDS


@require_safe
def identified(request: HttpRequest, identifier: str) -> HttpResponse:
    """A document or edition by its identifier in any spelling: the one it names, or a choice where it names several."""
    matches = identifiers.by_identifier(identifier)
    if len(matches) == 1:
        return redirect(matches[0].address)
    if not matches:
        return render(
            request, "bpf_pages/listings/identifier_unknown.html", {"identifier": identifier[:140]}, status=404
        )
    return render(
        request, "bpf_pages/listings/identifier_choice.html", {"identifier": identifier[:140], "matches": matches}
    )


@require_safe
@conditional_page
def open_questions(request: HttpRequest) -> HttpResponse:
    """What the documents of all years leave open; `?part=` chooses questions, challenges or future work."""
    kind = remaining.kind_named(request.GET.get("part", ""))
    context = {
        "kind": kind.value,
        "kinds": [(other.value, SECTIONS[other]) for other in OPEN_KINDS],
        "rows": page_of(request.GET, remaining.passages_of(kind), remaining.PAGE_SIZE),
        "breadcrumb": listings.breadcrumb((_("Open questions"), request.path)),
    }
    return render(request, "bpf_pages/listings/open_questions.html", context)


@require_safe
@conditional_page
def glossary(request: HttpRequest) -> HttpResponse:
    """The words that a newcomer meets, each with an anchor."""
    context = {"groups": GROUPS, "breadcrumb": listings.breadcrumb((_("Glossary"), request.path))}
    return render(request, "bpf_pages/glossary/glossary.html", context)
