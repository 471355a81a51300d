"""The same job gives the same bytes: twice, in other processes, under other hash seeds, from threads."""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

from pdf.print_job import TEMPLATE_VERSION
from pdf.render import render
from tests.pdf import samples

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden.json"
"""SHA-256 by template version, language and stage. Printed anew by `python -m tests.pdf.test_bytes` after a change
that is meant, together with a new TEMPLATE_VERSION."""

STAGES = ("comment", "final")


def digest(language: str, stage: str) -> str:
    return hashlib.sha256(render(samples.job(samples.document(language), stage)).content).hexdigest()


def digests() -> dict[str, str]:
    return {f"{language}-{stage}": digest(language, stage) for language in samples.LANGUAGES for stage in STAGES}


@cache
def digests_here() -> dict[str, str]:
    return digests()


def test_bytes__of_every_language_and_stage__are_the_golden_ones():
    golden = json.loads(GOLDEN.read_text())
    assert golden["template_version"] == TEMPLATE_VERSION
    assert digests_here() == golden["sha256"]


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_bytes__in_another_process_seed_locale_and_empty_cache__are_the_same(seed, tmp_path):
    code = "import json; from tests.pdf.test_bytes import digests; print(json.dumps(digests()))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "TZ": "Asia/Tokyo"}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    assert json.loads(done.stdout) == digests_here()


def test_bytes__from_four_threads_at_once__are_the_same():
    wanted = digests_here()
    names = [name.split("-") for name in wanted] * 2
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: digest(*name), names))
    assert found == list(wanted.values()) * 2


if __name__ == "__main__":
    content = {"template_version": TEMPLATE_VERSION, "sha256": digests()}
    GOLDEN.write_text(json.dumps(content, indent=2) + "\n")
