"""Public addresses of a document and its editions. They read editions, never pages."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import condition, conditional_page, require_safe

from api.citations.negotiation import negotiated
from api.citations.page_metadata import link_header_of_file
from api.http import door, still_public
from bpf_pages.reading import comparison, edition_context, edition_files
from bpf_pages.reading.edition_json import json_of
from bpf_pages.reading.side_by_side import context_of as side_by_side_context
from core.prepared_queries import prepared
from editions.models import Edition
from formats.writing import FORMS
from gate.client_address import network
from gate.rate_limits import count_request
from search.answering import highlight_on_page
from workflow.history.timeline import RecordedMove, public_history

CHOOSE_TWO = gettext_lazy("Choose two different public editions.")


@require_safe
@negotiated
@conditional_page
def document(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """The newest public edition; 410 with the reason where all were withdrawn; 404 where nothing was ever public."""
    current = _current_at.first(year, forum, document)
    if current is None:
        newest = Edition.objects.at(year, forum, document).order_by("-number").first()
        return gone_or_unknown(request, newest)
    return _read(request, current)


@prepared
def _current_at(year: int, forum: str, document: str) -> QuerySet[Edition]:
    return Edition.objects.at(year, forum, document).public().current().with_dois()


@require_safe
@negotiated
@conditional_page
def edition(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    found = _numbered_at.first(year, forum, document, number)
    return _read(request, found) if found and found.is_public else gone_or_unknown(request, found)


@prepared
def _numbered_at(year: int, forum: str, document: str, number: int) -> QuerySet[Edition]:
    return Edition.objects.at(year, forum, document).filter(number=number).with_dois()


def _etag(request: HttpRequest, **place: Any) -> str | None:
    found = _at(**place).values_list("sha256", "identifier").first()
    return f'"{found[1]}-{found[0]}"' if found else None


def _at(year: int, forum: str, document: str, number: int) -> Any:
    return Edition.objects.at(year, forum, document).filter(number=number).public()


@door()
@condition(etag_func=_etag)
def edition_json(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """The neutral document as it was frozen, with its metadata and the hash that covers it."""
    found = still_public(Edition.objects.at(year, forum, document).filter(number=number).first())
    return HttpResponse(json_of(found), content_type="application/json")


def _file_etag(request: HttpRequest, *, form: str, **place: Any) -> str | None:
    """standing_at moves with the DOI, which the file names."""
    found = _at(**place).values_list("sha256", "identifier", "stage", "standing_at").first()
    if found is None:
        return None
    digest, identifier, stage, standing_at = found
    return f'"{identifier}-{digest}-{stage}-{standing_at.timestamp():.6f}-{form}-{edition_files.DRAWN_BY}"'


@require_safe
@condition(etag_func=_file_etag)
def edition_file(request: HttpRequest, year: int, forum: str, document: str, number: int, form: str) -> HttpResponse:
    """The edition in one of the written forms: Word, EPUB and others."""
    found = Edition.objects.at(year, forum, document).filter(number=number).first()
    if found is None or not found.is_public:
        return gone_or_unknown(request, found)
    return _too_often(request) or _sent(found, edition_files.content_of(found, form), form)


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """429 for a network that asks for more files than a person reads."""
    if seconds := count_request("edition-files", network(request), settings.EDITION_FILES_A_MINUTE):
        most = {"most": settings.EDITION_FILES_A_MINUTE, "seconds": seconds}
        said = _("More than %(most)d requests in a minute. Come back in %(seconds)d seconds.") % most
        response = HttpResponse(said, content_type="text/plain; charset=utf-8", status=429)
        response["Retry-After"] = str(seconds)
        return response
    return None


def _sent(edition: Edition, content: bytes, form: str, name: str = "") -> HttpResponse:
    """A file of an edition. name: without its ending, if it is not the edition's identifier."""
    response = HttpResponse(content, content_type=FORMS[form].content_type)
    response["Content-Disposition"] = f'attachment; filename="{name or edition.identifier}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Link"] = link_header_of_file(edition)
    return response


def _redline_etag(request: HttpRequest, year: int, forum: str, document: str, a: int, b: int) -> str | None:
    found = sorted(
        Edition.objects.at(year, forum, document).public().filter(number__in=[a, b]).values_list("number", "sha256")
    )
    hashes = "-".join(digest for _number, digest in found)
    return f'"redline-{hashes}-{edition_files.DRAWN_BY}"' if len(found) == 2 else None


@require_safe
@condition(etag_func=_redline_etag)
def redline_file(request: HttpRequest, year: int, forum: str, document: str, a: int, b: int) -> HttpResponse:
    """Two public editions as a Word file with tracked changes."""
    old, new = _two(year, forum, document, a, b)
    if a > b:
        return redirect("bpf_pages:redline_docx", year, forum, document, b, a, permanent=True)
    name = f"{old.identifier}-E{new.number}"
    return _too_often(request) or _sent(new, edition_files.redline_of(old, new), "docx", name)


def _two(year: int, forum: str, document: str, a: int, b: int) -> list[Edition]:
    """Two different public editions by their numbers, the older one first. Raises Http404."""
    found = list(Edition.objects.at(year, forum, document).public().filter(number__in=[a, b]).order_by("number"))
    if len(found) != 2:
        raise Http404
    return found


@require_safe
@conditional_page
def history(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """Every edition, withdrawn ones too, and every public move of the document."""
    return _history(request, year, forum, document)


def _history(
    request: HttpRequest, year: int, forum: str, document: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    editions = list(Edition.objects.at(year, forum, document).defer("document").order_by("-number"))
    if not editions:
        raise Http404
    moves = public_history(editions[0].series)
    public = [edition.number for edition in editions if edition.is_public]
    context = {
        "edition": editions[0],
        "rows": [(edition, _before(edition, public), _published_as(edition, moves)) for edition in editions],
        "moves": moves[::-1],
        "public": public,
        "problem": problem,
        "breadcrumb": edition_context.steps_to(
            editions[0], (str(comparison.HISTORY), f"{editions[0].address}history/")
        ),
    }
    return render(request, "bpf_pages/reading/history.html", context, status=status)


def _published_as(edition: Edition, moves: Sequence[RecordedMove]) -> str:
    """The state into which a superseded edition was published; "" for one that moves on with its document."""
    if edition.is_current:
        return ""
    return next((move.target for move in moves if move.edition == edition.identifier), "")


def _before(edition: Edition, public: list[int]) -> int | None:
    """Number of the public edition before a public one."""
    return max((number for number in public if number < edition.number), default=None) if edition.is_public else None


@require_safe
def choose_comparison(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """?a=1&b=3, from the form of the history: any two public editions. Without a choice, the form."""
    if not request.GET:
        return _history(request, year, forum, document)
    form = comparison.ComparisonForm(request.GET)
    public = Edition.objects.at(year, forum, document).public()
    chosen = {form.cleaned_data["a"], form.cleaned_data["b"]} if form.is_valid() else set()
    if len(chosen) == 2 and public.filter(number__in=chosen).count() == 2:
        return redirect("bpf_pages:compare", year, forum, document, *sorted(chosen))
    return _history(request, year, forum, document, problem=str(CHOOSE_TWO), status=400)


@require_safe
@conditional_page
def compare(request: HttpRequest, year: int, forum: str, document: str, a: int, b: int) -> HttpResponse:
    """Two public editions in one reading order, with their words that differ. ?show=changes leaves out the rest."""
    old, new = _two(year, forum, document, a, b)
    if a > b:
        return redirect("bpf_pages:compare", year, forum, document, b, a, permanent=True)
    only_changes = request.GET.get("show") == "changes"
    context = comparison.context_of(old, new, request.path, only_changes=only_changes)
    return render(request, "bpf_pages/reading/compare.html", context)


@require_safe
@conditional_page
def side_by_side(request: HttpRequest, year: int, forum: str, document: str, number: int) -> HttpResponse:
    """A translation beside the edition that it translates, paragraph by paragraph. 404 for what is none, 410 where
    either was withdrawn."""
    found = Edition.objects.at(year, forum, document).filter(number=number).first()
    if found is None or not found.is_public:
        return gone_or_unknown(request, found)
    original = Edition.objects.filter(identifier=found.metadata.get("translation_of", "")).first()
    if original is None or not original.is_public:
        return gone_or_unknown(request, original)
    return render(request, "bpf_pages/reading/side_by_side.html", side_by_side_context(original, found, request.path))


def _read(request: HttpRequest, edition: Edition) -> HttpResponse:
    marked = highlight_on_page.marks_of(request.GET.getlist(highlight_on_page.PARAMETER))
    context = edition_context.context_of(edition) | {"marked": marked}
    response = render(request, "bpf_pages/reading/edition.html", context)
    response["Link"] = context["link_header"]
    return response


def gone_or_unknown(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    """410 with the reason for what was withdrawn. Raises Http404 where there never was anything."""
    if edition is None:
        raise Http404
    around = edition_context.neighbours_of(edition)
    context = {"edition": edition, "newest": around.newest, "breadcrumb": edition_context.steps_to(edition)}
    return render(request, "bpf_pages/reading/withdrawn.html", context, status=410)
