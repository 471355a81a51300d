from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings

from search.engines import registry as engines
from tests.api.planted import Planted, plant


@pytest.fixture(scope="module")
def planted(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Planted]:
    """One planted library for all tests of a module: each of them undoes what it writes, the module the rest."""
    folder: Path = tmp_path_factory.mktemp("planted") / "index"
    with (
        django_db_blocker.unblock(),
        override_settings(SEARCH_INDEX_DIR=folder),
        transaction.atomic(),
    ):
        yield plant()
        engines.get("tantivy").close()
        transaction.set_rollback(True)
