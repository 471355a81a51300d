"""A line of the log for every refusal of a right to somebody who is signed in: which account, and of what.

Workaround, seen with Wagtail 7.4: it answers most refusals of the admin by a redirect with a message, and logs nothing.
"""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth

logger = logging.getLogger(__name__)

_denied, _rejected = auth.permission_denied, auth.reject_request


def note(request: HttpRequest) -> None:
    """The number of the account, never its name."""
    if request.user.is_authenticated:
        logger.warning("refused to account %s: %s %s", request.user.pk, request.method, request.path)


def note_wagtails() -> None:
    auth.permission_denied, auth.reject_request = _permission_denied, _reject_request


def _permission_denied(request: HttpRequest) -> Any:
    """What it raises instead, to a script of the admin, becomes an answer of 403, which the middleware notes."""
    answer: HttpResponse = _denied(request)
    note(request)
    return answer


def _reject_request(request: HttpRequest) -> Any:
    answer: HttpResponse = _rejected(request)
    note(request)
    return answer
