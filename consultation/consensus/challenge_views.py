"""Challenge a declaration of rough consensus: a form, and the confirmation of the address behind it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consultation import consent, email_confirmation
from consultation.consensus import challenges
from consultation.consensus import services as consensus
from consultation.consensus.forms import ChallengeForm
from consultation.consensus.models import Challenge, Declaration
from consultation.edition_lookup import Gone, edition_at, gone, private, trail
from core.tokens import BadLink, read_link
from gate.forms.acceptance import accepted
from gate.forms.honeypot import is_sprung
from gate.forms.public_forms import TEXT, PublicForm, button
from mail.links import bad_link

CHALLENGE = PublicForm("challenge", ChallengeForm, writes=True, mails=True, most_bytes=TEXT, free=15, most=240)


@CHALLENGE.takes
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
    sent, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                with accepted(request, CHALLENGE, now) as token:
                    sent = challenges.send(
                        declaration, name=data["name"], email=data["email"], facts=data["facts"],
                        language=translation.get_language() or "en", consent=consent.CONSENT_VERSION,
                        nonce=token.nonce, suspicious=is_sprung(data), now=now,
                    )  # fmt: skip
                status = 200
            except challenges.TermOver:
                status = 409
    context = {
        "edition": edition,
        "declaration": declaration,
        "label": consensus.label_of(declaration),
        "over": now > declaration.challenge_until,
        "form": form,
        "sent": sent,
        "breadcrumb": trail(edition, (_("Challenge the declaration"), request.path)),
    }
    return private(render(request, "consultation/consensus/challenge.html", context, status=status))


@button("confirm a challenge")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        secret = read_link("challenge", token)
    except BadLink as error:
        return bad_link(request, error)
    found = get_object_or_404(Challenge.objects.select_related("declaration__edition"), secret=secret)
    if request.method == "POST":
        email_confirmation.confirm(found, timezone.now())
    context = {"challenge": found, "edition": found.declaration.edition}
    return private(render(request, "consultation/consensus/challenge_confirm.html", context))
