"""What keeps an instance from being well, and what its operator should look at."""

from collections.abc import Iterator

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.db import DatabaseError
from django.utils import timezone

from bpf_pages.sample.completeness import library_is_loaded
from mail.health import warnings as mail_warnings
from search.services import health as search_health
from search.services import stood_in_for
from search.services import warnings as search_warnings


def ailments() -> Iterator[str]:
    """One sentence each; none when the library is loaded and can be searched."""
    try:
        if not library_is_loaded():
            yield "the library is not loaded"
    except DatabaseError:
        yield "the database does not answer"
        return
    yield from search_health().problems
    if not static_files_are_known():
        yield "the files that pages are drawn with are not collected"


def static_files_are_known() -> bool:
    """Whether this process can name them by their hash; without it every page is an error. It reads them when it
    starts."""
    return not isinstance(staticfiles_storage, ManifestFilesMixin) or bool(staticfiles_storage.hashed_files)


def state(wrong: list[str]) -> str:
    """In one word. degraded: every page is answered, but not by the engine that should."""
    if wrong:
        return "failing"
    return "degraded" if stood_in_for() else "ok"


def warnings() -> Iterator[str]:
    """What fails beside the pages, which answer all the same: a load balancer must not take the site away for it."""
    try:
        yield from mail_warnings(timezone.now())
        yield from search_warnings()
    except DatabaseError:
        return
