"""Addresses of the instance as a whole."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpf_site.operations.health import ailments


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 once the library is loaded and searchable; 503 with what is wrong, in words that say nothing private."""
    wrong = list(ailments())
    return JsonResponse({"status": "ok" if not wrong else "failing", "problems": wrong}, status=503 if wrong else 200)
