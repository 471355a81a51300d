"""Addresses of this site as they are printed, cited and fed: absolute, and the same whoever asks."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this site, which may carry a query and an anchor, as an address that holds anywhere."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def repository_name() -> str:
    """What identifiers for other systems are made with: they outlive every host that the library stands on."""
    return str(settings.REPOSITORY_NAME) or host()


def known_repository_names() -> list[str]:
    """Today's name, and those under which others may know our records from former days."""
    return [repository_name(), host(), *settings.FORMER_REPOSITORY_NAMES]


def host() -> str:
    """The name of the site without scheme and port."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
