"""What the page "Account" of the admin links to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def second_factors(request: HttpRequest) -> dict[str, Any]:
    said = _("An app, a passkey or both, beside the password; and codes for the day on which they are lost.")
    return {"url": reverse("accounts:factors"), "label": _("Second factors"), "help_text": said}


def sign_ins(request: HttpRequest) -> dict[str, Any]:
    said = _("When somebody signed in to your account, failed to, or changed it.")
    return {"url": reverse("accounts:sign_ins"), "label": _("Your sign-ins"), "help_text": said}


ENTRIES = (second_factors, sign_ins)
"""In the order in which they stand there."""
