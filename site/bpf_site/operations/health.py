"""What keeps an instance from being well."""

from collections.abc import Iterator

from django.db import DatabaseError

from bpf_pages.sample.completeness import library_is_loaded
from search.services import health as search_health


def ailments() -> Iterator[str]:
    """One sentence each; none when the library is loaded and can be searched."""
    try:
        if not library_is_loaded():
            yield "the library is not loaded"
    except DatabaseError:
        yield "the database does not answer"
        return
    yield from search_health().problems
