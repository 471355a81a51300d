"""The page that gives back everything a form sent, says why it was not taken, and has a button that sends it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.http.response_headers import unlisted
from gate.client_address import network
from gate.forms import kept_texts
from gate.forms.acceptance import AlreadySent, CrowdAsks, Held, OutOfDate, Trapped
from gate.forms.form_tokens import new_form_token, read_form_token
from gate.forms.honeypot import TRAP
from gate.forms.proof_of_work import Challenge
from gate.forms.public_forms import FORMS, PublicForm
from gate.rate_limits import TooMany, refused

OURS = {"form_token", "proof_challenge", "proof_answer", "csrfmiddlewaretoken"}
"""Fields that nobody typed."""
SAFE = {"GET", "HEAD"}
BUSY_S = 5
"""After which a form that met a busy database is to be sent again."""


def held(request: HttpRequest, form: PublicForm, error: Held | TooMany) -> HttpResponse:
    """The page for what gate.forms.acceptance did not take."""
    if isinstance(error, AlreadySent):
        fields = _fields(request)
        context = {
            "mails": form.mails,
            "address": request.path,
            "action": request.get_full_path(),
            "fields": fields,
            "typed": list(_typed(form, fields)),
            "form_token": new_form_token(form.name),
        }
        return _private(render(request, "gate/already_sent.html", context))
    if isinstance(error, TooMany):
        page = _page(request, form, _fields(request), reason="too many", status=429)
        return refused(page, error.retry_after)
    if isinstance(error, CrowdAsks):
        page = _page(request, form, _fields(request), reason="crowd", status=429, challenge=error.challenge)
        return refused(page, _left(error.challenge))
    if isinstance(error, Trapped):
        fields = [(name, value) for name, value in _fields(request) if name != TRAP]
        return _page(request, form, fields, reason="trapped", status=422)
    if not isinstance(error, OutOfDate):
        raise error
    return _page(request, form, _fields(request), reason="out of date", status=422)


def busy(request: HttpRequest, form: PublicForm | None) -> HttpResponse:
    """The database could not be written to in time. Nothing was written; the text is kept on disk too."""
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"error": "busy", "retry_after": BUSY_S}, status=503)
    else:
        fields = _fields(request)
        kept = ""
        if form and fields:
            kept = kept_texts.keep(request.get_full_path(), form.name, fields, network(request), timezone.now())
        answer = _page(request, form, fields, reason="busy", status=503, kept=kept)
    answer.headers["Retry-After"] = str(BUSY_S)
    return answer


def given_back(request: HttpRequest, kept: kept_texts.KeptText) -> HttpResponse:
    """What was kept on disk, by its secret link."""
    return _page(request, FORMS.get(kept.form), kept.fields, reason="kept", status=200, action=kept.action)


def too_large(request: HttpRequest, most_bytes: int) -> HttpResponse:
    """For a body that was not read."""
    context = {"kilobytes": most_bytes // 1024}
    return _private(render(request, "gate/too_large.html", context, status=413))


def _page(
    request: HttpRequest,
    form: PublicForm | None,
    fields: list[tuple[str, str]],
    *,
    reason: str,
    status: int,
    challenge: Challenge | None = None,
    action: str = "",
    kept: str = "",
) -> HttpResponse:
    method = "get" if request.method in SAFE and not action else "post"
    context: dict[str, Any] = {
        "reason": reason,
        "action": action or (request.path if method == "get" else request.get_full_path()),
        "fields": fields,
        "typed": list(_typed(form, fields)),
        "challenge": challenge,
        "wait_s": _left(challenge) if challenge else 0,
        "form_token": _token(request, form, same=status != 422) if form and form.writes else "",
        "method": method,
        "csrf": "" if form or method == "get" else get_token(request),
        "has_files": bool(request.FILES) if request.method == "POST" else False,
        "kept": kept,
        "kept_days": settings.TOKEN_DAYS["kept text"],
    }
    return _private(render(request, "gate/send_again.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return unlisted(response)


def _token(request: HttpRequest, form: PublicForm, *, same: bool) -> str:
    """The same as before while it is good: so that whoever sends twice is recognised, and time they read counts."""
    before = request.POST.get("form_token", "")
    return before if same and read_form_token(before, form.name) else new_form_token(form.name)


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    sent = request.GET if request.method in SAFE else request.POST  # an address that writes, such as a challenge
    return [(name, value) for name, values in sent.lists() if name not in OURS for value in values]


def _typed(form: PublicForm | None, fields: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """(label, value) of what a person typed, for them to see that it is there."""
    known = getattr(form.form_class, "base_fields", {}) if form else {}
    for name, value in fields:
        field = known.get(name)
        if field and value and name != TRAP and not field.widget.is_hidden:
            yield str(field.label or name), _("yes") if value == "on" else value


def _left(challenge: Challenge, now: datetime | None = None) -> int:
    """Seconds until a challenge counts without work."""
    gone = int((now or timezone.now()).timestamp()) - challenge.made_at
    return max(1, challenge.wait_s - gone)
