"""kill -9 while vectors are being written: what is read is whole, and the next writing completes it."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from search.meaning import embedders, services, store
from search.meaning.embedders import NoMeaning
from search.meaning.models import EditionVectors
from tests.load.server import ROOT, database_url
from tests.search.library import publish

pytestmark = pytest.mark.django_db(transaction=True)

FAKE = "tests.search.fake_embedder.FakeEmbedder"
EDITIONS = 6
WRITE = """
import time
from search.meaning import embedders, store
def says(*_):
    print("begins", flush=True)
def stays(*_):
    says()
    time.sleep(60)
store.READ_AT_ONCE = 1
batches = range
store.range = lambda *of: (says() or at for at in batches(*of))
if {late}:
    store.replace = stays
store.here(embedders.current()).refresh()
"""


@pytest.mark.parametrize("late", [False, True], ids=["among the rows", "before they count"])
def test_a_writer_of_vectors_that_is_killed_leaves_nothing_half(settings: Any, tmp_path: Path, late: bool) -> None:
    settings.SEARCH_EMBEDDER, settings.SEARCH_INDEX_DIR = FAKE, tmp_path / "index"
    model = embedders.current()
    for number in range(EDITIONS):
        publish(f"Lamps {number}", "Oil.", "A storm.")
    services._embed_missing(model, time.monotonic() + 60)  # rows of the database, not yet in the file
    environment = os.environ | {
        "BPF_DATA": str(tmp_path), "DATABASE_URL": database_url(), "SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev", "SEARCH_EMBEDDER": FAKE,
    }  # fmt: skip
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", WRITE.format(late=late)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(EDITIONS + 1 if late else EDITIONS // 2):
            assert child.stdout.readline() == "begins\n"
        child.kill()
    assert child.returncode == -9
    held = store.here(model)
    with pytest.raises(NoMeaning):
        held.library()
    assert held.refresh() == EDITIONS
    library = held.library()
    for row in EditionVectors.objects.all():
        place = library.editions[row.edition]
        assert library.rows[place.at : place.at + place.rows].tobytes() == bytes(row.vectors)
    assert len(library.rows) == sum(place.rows for place in library.editions.values())
    assert len(list(held.folder.glob("vectors-*"))) == 1, "what the killed writer left is gone"
