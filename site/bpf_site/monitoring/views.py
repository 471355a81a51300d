"""Health probes and metrics. `live`: the process answers. `ready`: it can serve. `deep`: everything works."""

import hmac
import ipaddress
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpf_site.monitoring import health_checks
from bpf_site.monitoring.health import ailments, state, warnings
from bpf_site.monitoring.metrics import CONTENT_TYPE_LATEST, exposition
from gate.client_address import address_of, is_forwarded


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 once the library is loaded and searchable; 503 with what is wrong, in words that say nothing private.

    status: ok, degraded while another engine stands in for the first, or failing.
    warnings: what an operator should look at, such as mails that nobody takes.
    """
    wrong = list(ailments())
    told = {"status": state(wrong), "problems": wrong, "warnings": list(warnings())}
    return JsonResponse(told, status=503 if wrong else 200)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers. It asks nothing else: a database that is away is no reason to be ended."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 where requests can be served: the database answers, the library is there and can be searched."""
    wrong = list(ailments())
    return JsonResponse({"status": "failing" if wrong else "ok", "problems": wrong}, status=503 if wrong else 200)


@never_cache
@require_safe
def deep(request: HttpRequest) -> JsonResponse:
    """Every check with its level; 503 where one is failing. What was found, and what to do, is for the operator."""
    told = cache.get("health:deep")
    if told is None:
        with override("en"):
            told = _told(health_checks.look(timezone.now()))
        cache.set("health:deep", told, health_checks.KEPT_S)
    shown = told if is_operator(request) else told | {"checks": [_in_short(row) for row in told["checks"]]}
    return JsonResponse(shown, status=503 if told["status"] == "failing" else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For a Prometheus on this machine, or one that knows METRICS_TOKEN; to others nothing is here."""
    if not is_operator(request):
        raise Http404
    return HttpResponse(exposition(timezone.now()), content_type=CONTENT_TYPE_LATEST)


def is_operator(request: HttpRequest) -> bool:
    """Whoever has the token; where none is set, whoever asks on this machine, and not through an unnamed proxy."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    if is_forwarded(request) and not settings.TRUSTED_PROXIES:
        return False
    try:
        return ipaddress.ip_address(address_of(request)).is_loopback
    except ValueError:
        return False


def _told(results: list[health_checks.Result]) -> dict[str, Any]:
    rows = [
        {
            "check": result.check.key,
            "status": result.level.name.lower(),
            "found": [finding.said for finding in result.findings],
            "mend": str(result.check.mend) if result.findings else "",
        }
        for result in results
    ]
    return {"status": health_checks.worst(results).name.lower(), "checks": rows}


def _in_short(row: dict[str, Any]) -> dict[str, Any]:
    return {"check": row["check"], "status": row["status"]}
