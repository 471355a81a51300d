"""The length of a request's body as it announces it. A request that announces none sends none (PEP 3333)."""

from django.http import HttpRequest

LONGEST = 15
"""Digits of a length that is believed."""


def announced_length(request: HttpRequest) -> int:
    """Bytes; 0 for what is no number."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdecimal() and len(length) <= LONGEST else 0
