"""An index of background tasks: rows of the queue name them by this path."""

from search.indexing.tasks import land  # noqa: F401
