"""Challenge a declaration of rough consensus: a form, and the confirmation of the address behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultation import consent, email_confirmation
from consultation.consensus import challenges
from consultation.consensus import services as consensus
from consultation.consensus.forms import ChallengeForm
from consultation.consensus.models import Challenge, Declaration
from consultation.edition_lookup import Gone, edition_at, gone, private, trail
from core.tokens import BadLink, read_link
from gate.client_address import network
from gate.form_tokens import new_form_token, read_form_token
from gate.honeypot import is_sprung
from gate.rate_limits import TooMany, refused


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest, year: int, forum: str, document: str) -> HttpResponse:
    """The form, with the declaration it is about; after the term it says so, and what was typed is still there."""
    try:
        edition = edition_at(year, forum, document)
    except Gone as error:
        return gone(request, error)
    declaration = (
        Declaration.objects.select_related("edition")
        .defer("edition__document")
        .filter(edition__series=edition.series)
        .order_by("-at")
        .first()
    )
    if declaration is None:
        raise Http404
    now = timezone.now()
    form = ChallengeForm(request.POST or None)
    token = read_form_token(request.POST.get("form_token", ""))
    sent, status, retry_after = None, 200, 0
    if request.method == "POST":
        status = 422
        if token is not None and form.is_valid():
            data = form.cleaned_data
            try:
                sent = challenges.send(
                    declaration, name=data["name"], email=data["email"], facts=data["facts"],
                    language=translation.get_language() or "en", consent=consent.CONSENT_VERSION, nonce=token.nonce,
                    suspicious=is_sprung(data), now=now, network=network(request),
                )  # fmt: skip
                status = 200
            except challenges.TermOver:
                status = 409
            except TooMany as error:
                form.add_error(None, _("Too many challenges came in just now. Please send it again in an hour."))
                retry_after = error.retry_after
    context = {
        "edition": edition,
        "declaration": declaration,
        "label": consensus.label_of(declaration),
        "over": now > declaration.challenge_until,
        "form": form,
        "sent": sent,
        "stale": request.method == "POST" and token is None,
        "form_token": new_form_token(),
        "breadcrumb": trail(edition, (_("Challenge the declaration"), request.path)),
    }
    response = private(render(request, "consultation/consensus/challenge.html", context, status=status))
    return refused(response, retry_after) if retry_after else response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        secret = read_link("challenge", token)
    except BadLink as error:
        return private(
            render(request, "consultation/submissions/bad_link.html", {"expired": error.expired}, status=404)
        )
    found = get_object_or_404(Challenge.objects.select_related("declaration__edition"), secret=secret)
    if request.method == "POST":
        email_confirmation.confirm(found, timezone.now())
    context = {"challenge": found, "edition": found.declaration.edition}
    return private(render(request, "consultation/consensus/challenge_confirm.html", context))
