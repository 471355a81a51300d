from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines import registry as engines
from search.indexing import rebuild


@pytest.fixture
def index_folder(settings: Any, tmp_path: Path) -> Path:
    """An index of the test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index" / "tantivy"


@pytest.fixture
def index(db: None, index_folder: Path) -> Iterator[Any]:
    """The engine, with an empty index that is already built."""
    rebuild.rebuild()
    engine = engines.get("tantivy")
    yield engine
    engine.close()
