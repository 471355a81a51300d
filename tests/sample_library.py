"""The sample library in a test's database. Its 58 outputs are printed on trial once for all workers of a run."""

from collections.abc import Callable
from unittest import mock

import pytest
from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache

from bpf_pages.sample import loading


def load_library(factory: pytest.TempPathFactory, tell: Callable[[str, int, int], None] | None = None) -> None:
    """As `load_library` does it. What a trial print said is kept for the run: it is most of the time of a loading.

    tell: called before each step, as loading.load() does.
    """
    base = factory.getbasetemp()
    run = base.parent if base.name.startswith("popen-") else base  # of all workers
    with mock.patch("pdf.printing.guards.cache", FileBasedCache(str(run / "trial-prints"), {})):
        loading.load(settings.LIBRARY_DATA, tell or (lambda *step: None))
