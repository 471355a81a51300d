"""Subscribing to a search: ask, confirm, stop. A followed link only shows a button: mail scanners follow too."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search import alerts
from search.models import Alert


class AlertForm(forms.Form):
    email = forms.EmailField(max_length=254)
    address = forms.CharField(max_length=2000)


@csrf_exempt  # public pages stay free of cookies; the worst a forged request does is a mail that asks for consent
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Who comes to the address itself, by a bookmark or by loading it again, gets the search the form stands on."""
    if request.method != "POST":
        return redirect("search:results")
    form = AlertForm(request.POST)
    if not form.is_valid():
        return render(request, "search/alert.html", {"stage": "refused", "form": form}, status=422)
    alerts.begin(form.cleaned_data["email"], form.cleaned_data["address"], get_language() or "en")
    return render(request, "search/alert.html", {"stage": "asked"})


@csrf_exempt  # the signed token is the right to do it
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    alert = found(token)
    if request.method == "POST":
        alerts.confirm(alert, timezone.now())
    stage = "confirmed" if alert.confirmed_at else "confirm"
    return render(request, "search/alert.html", {"stage": stage, "alert": alert})


@csrf_exempt  # one click in a mail program, RFC 8058
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    alert = found(token)
    if request.method == "POST":
        alert.delete()
        return render(request, "search/alert.html", {"stage": "stopped"})
    return render(request, "search/alert.html", {"stage": "stop", "alert": alert})


def found(token: str) -> Alert:
    alert = alerts.by_token(token)
    if alert is None:
        raise Http404
    return alert
