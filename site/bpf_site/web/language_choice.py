"""The buttons that choose a language: the choice is saved, and the same page comes back in it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.i18n import set_language

from core.languages.addresses import in_language


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Django's, which guards against leading away from this site and knows nothing of our prefixes."""
    answer = set_language(request)
    if "Location" in answer.headers:
        answer.headers["Location"] = in_language(answer.headers["Location"], request.POST.get("language", ""))
    return answer
