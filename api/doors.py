"""What every door for machines has in common: open to scripts of any site, revalidated, and limited by name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page

from consultation.traffic import network_of

WINDOW_S = 60
LIMIT = 600
"""Requests in a minute from one address prefix, to all doors together: ten a second is quick for one harvester."""

View = Callable[..., HttpResponse]


def door(*methods: str) -> Callable[[View], View]:
    """A view for programs. methods: besides GET, HEAD and OPTIONS."""
    allowed = ("GET", "HEAD", "OPTIONS", *methods)

    def decorate(view: View) -> View:
        answered = conditional_page(view)

        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                response: HttpResponse = problem(405, "", "Only " + ", ".join(allowed) + " are answered here.")
                response["Allow"] = ", ".join(allowed)
            elif request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response["Access-Control-Allow-Methods"] = ", ".join(allowed)
                response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Range"
            elif seconds := _too_many(request):
                response = problem(429, "", f"More than {LIMIT} requests in a minute. Come back in {seconds} seconds.")
                response["Retry-After"] = str(seconds)
            else:
                response = answered(request, *args, **kwargs)
            return _open(response)

        return wrapped

    return decorate


def problem(status: int, parameter: str, reason: str) -> JsonResponse:
    """A refusal in the shape of every refusal: {"errors": [{"parameter", "reason"}]}."""
    return JsonResponse({"errors": [{"parameter": parameter, "reason": reason}]}, status=status)


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Total, X-Cap"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _too_many(request: HttpRequest) -> int:
    """Seconds until the next request is answered, 0 while the limit is not reached. Holds no address."""
    now = int(timezone.now().timestamp())
    key = f"api:{now // WINDOW_S}:{network_of(request.META.get('REMOTE_ADDR', ''))}"
    cache.add(key, 0, WINDOW_S * 2)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        return 0
    return WINDOW_S - now % WINDOW_S if count > LIMIT else 0
