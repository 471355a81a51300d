"""Addresses of this site as they are printed, cited and fed: absolute, and the same whoever asks."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this site, which may carry a query and an anchor, as an address that holds anywhere."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def host() -> str:
    """The name of the site without scheme and port: what identifiers for other systems are made with."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
