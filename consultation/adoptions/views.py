"""The public register of voluntary adoption."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consultation import consent, email_confirmation
from consultation.adoptions import services as adoptions
from consultation.adoptions.forms import AdoptionForm
from consultation.adoptions.models import Adoption
from consultation.adoptions.services import Declared
from consultation.edition_lookup import Gone, edition_at, gone, private, trail
from core.plain_text import tidy_line
from core.spreadsheets import to_csv
from core.tokens import BadLink, read_link
from editions.models import Edition
from gate.forms.acceptance import accepted
from gate.forms.public_forms import TEXT, PublicForm, button
from mail.links import bad_link
from workflow.states import State

ADOPTION = PublicForm("adoption", AdoptionForm, writes=True, mails=True, most_bytes=TEXT, free=15, most=240)


def _register(edition: Edition) -> Any:
    rows = Adoption.objects.public().filter(series=edition.series)
    return (
        rows.select_related("edition")
        .defer("edition__document")
        .prefetch_related("passages")
        .order_by("-published_at", "-number")
    )


@require_safe
def register(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    rows = list(_register(edition))
    context = {
        "edition": edition,
        "rows": rows,
        "counts": adoptions.counts(rows),
        "may_declare": edition.stage == State.FINAL,
        "breadcrumb": trail(edition, (_("Voluntary adoption"), request.path)),
    }
    return render(request, "consultation/adoptions/register.html", context)


@require_safe
def register_csv(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    headings = [name.replace("_", " ").capitalize() for name in adoptions.FACTS]
    table = to_csv(headings, (list(adoptions.facts_of(row).values()) for row in _register(edition)))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{edition.identifier}-adoptions.csv"'
    return response


@require_safe
def register_json(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """The same rows as the CSV, with the counts that stand above them on the page."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    rows = list(_register(edition))
    data = {
        "edition": edition.identifier,
        "counts": adoptions.counts(rows),
        "declarations": [adoptions.facts_of(row) for row in rows],
    }
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


@ADOPTION.takes
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    if edition.stage != State.FINAL:
        raise Http404
    form = AdoptionForm(edition, request.POST or None)
    if request.method == "POST" and form.is_valid():
        declared = Declared(
            **form.declared(), language=translation.get_language() or "en", consent=consent.CONSENT_VERSION
        )
        now = timezone.now()
        with accepted(request, ADOPTION, now) as token:
            adoption = adoptions.declare(edition, declared, token.nonce, now)
        return redirect("consultation:adoption", adoption.secret)
    context = {
        "edition": edition,
        "form": form,
        "breadcrumb": trail(edition, (_("Voluntary adoption"), f"{edition.address}adoptions/")),
    }
    status = 422 if request.method == "POST" else 200
    return private(render(request, "consultation/adoptions/new.html", context, status=status))


def _at(secret: str) -> Adoption:
    return get_object_or_404(Adoption.objects.select_related("edition"), secret=secret)


@require_safe
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    return private(render(request, "consultation/adoptions/adoption.html", {"adoption": _at(secret)}))


@button("revoke an adoption")
@require_POST
def revoke(request: HttpRequest, secret: str) -> HttpResponse:
    adoptions.revoke(_at(secret), timezone.now(), tidy_line(request.POST.get("reason", "")))
    return redirect("consultation:adoption", secret)


@button("confirm an adoption")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        adoption = _at(read_link("adoption", token))
    except BadLink as error:
        return bad_link(request, error)
    if request.method == "POST":
        email_confirmation.confirm(adoption, timezone.now())
        return redirect("consultation:adoption", adoption.secret)
    return private(render(request, "consultation/adoptions/confirm.html", {"adoption": adoption}))
