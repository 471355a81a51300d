"""Subscribing to a search: ask, confirm, stop. A followed link only shows a button: mail scanners follow too."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from core.tokens import BadLink
from gate.forms.acceptance import accepted
from gate.forms.public_forms import TEXT, PublicForm, button
from mail.links import bad_link
from mail.models import Subscription
from mail.subscriptions import services as subscriptions
from mail.subscriptions.forms import SubscribeForm
from search.alerts import services as alerts
from search.alerts.services import ALERTS

ALERT = PublicForm("alert", SubscribeForm, writes=True, mails=True, most_bytes=TEXT, free=30, most=300)


@ALERT.takes
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Who comes to the address itself, by a bookmark or by loading it again, gets the search the form stands on."""
    if request.method != "POST":
        return redirect("search:results")
    form = SubscribeForm(request.POST)
    address = alerts.tidy(request.POST.get("address", ""))
    if not form.is_valid():
        typed = request.POST.get("email", "")[:254]
        return _page(request, "refused", address, status=422, typed=typed)
    now = timezone.now()
    with accepted(request, ALERT, now):
        subscriptions.ask(ALERTS, form.cleaned_data["email"], address, get_language() or "en", now)
    return _page(request, "asked", address)


@button("confirm an alert")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    try:
        alert = _found(alerts.by_confirm_link(token))
    except BadLink as error:
        return bad_link(request, error)
    if request.method == "POST":
        alerts.confirm(alert, timezone.now())
    stage = "confirmed" if alert.confirmed_at else "confirm"
    return _page(request, stage, alert.topic, alert=alert)


@button("stop an alert")  # one click in a mail program, RFC 8058
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        alert = _found(alerts.by_stop_link(token, timezone.now()))
    except BadLink as error:
        return bad_link(request, error, stops=True)
    if request.method == "POST":
        subscriptions.forget(Subscription.objects.filter(pk=alert.pk))
        return _page(request, "stopped", alert.topic)
    return _page(request, "stop", alert.topic)


def _page(
    request: HttpRequest, stage: str, address: str, *, status: int = 200, typed: str = "", alert: Any = None
) -> HttpResponse:
    """stage: how far the alert is. address: of the search. typed: into the form that is shown again."""
    said = {"stage": stage, "address": address, "name": alerts.name_of(address), "typed": typed, "alert": alert}
    return render(request, "search/alerts/alert.html", said, status=status)


def _found(alert: Subscription | None) -> Subscription:
    if alert is None:
        raise Http404
    return alert
