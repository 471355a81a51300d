"""The page that stops all mail to a person with an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http.response_headers import unlisted
from core.tokens import BadLink
from gate.forms.public_forms import button
from mail.links import bad_link
from mail.preferences.services import reader_of, stop_mail


@button(
    "stop mail to an account"
)  # RFC 8058: a mail program posts here without a cookie; the signed token is what counts
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asking changes nothing, since programs follow links in mails; posting stops the mail."""
    try:
        user = reader_of(token)
    except BadLink as error:
        return bad_link(request, error, stops=True)
    done = request.method == "POST"
    if done and user is not None:
        stop_mail(user)
    return unlisted(render(request, "mail/preferences/unsubscribe.html", {"done": done}))
