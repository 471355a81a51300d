"""Documents that pandoc writes come back as they were, block by block, with every word accounted for.

`ROUND_TRIPS=75` draws as many of each language instead of four.
"""

import difflib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from formats.reading import read
from tests.formats.generated import WORDS, Generator
from tests.formats.neutral_markdown import markdown
from tests.formats.office.docx_files import PNG
from tests.formats.plain_shape import shapes

PANDOC = shutil.which("pandoc")
EACH = int(os.environ.get("ROUND_TRIPS", "4"))

pytestmark = pytest.mark.skipif(PANDOC is None, reason="needs pandoc")


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_what_pandoc_writes_comes_back(form, language, tmp_path: Path):
    (tmp_path / "dot.png").write_bytes(PNG)
    blocks = equal = 0
    for seed in range(EACH):
        document = Generator(seed, language).document(40)
        target = tmp_path / f"a.{form}"
        subprocess.run(
            [str(PANDOC), "-f", "markdown", "-o", str(target)],
            input=markdown(document).encode(), cwd=tmp_path, check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        draft, ledger = read(target.name, target.read_bytes())
        assert ledger.unaccounted == ()
        assert ledger.moved == 0
        there, back = list(map(repr, shapes(document))), list(map(repr, shapes(draft.document)))
        matcher = difflib.SequenceMatcher(None, there, back, autojunk=False)
        blocks += len(there)
        equal += sum(match.size for match in matcher.get_matching_blocks())
    assert equal / blocks >= 0.99


@pytest.mark.parametrize("language", sorted(WORDS))
def test_no_word_of_an_rtf_file_is_lost(language, tmp_path: Path):
    (tmp_path / "dot.png").write_bytes(PNG)
    for seed in range(EACH):
        target = tmp_path / "a.rtf"
        subprocess.run(
            [str(PANDOC), "-s", "-f", "markdown", "-o", str(target)],
            input=markdown(Generator(seed, language).document(40)).encode(), cwd=tmp_path, check=True,
            capture_output=True, timeout=60,
        )  # fmt: skip
        _, ledger = read(target.name, target.read_bytes())
        assert ledger.unaccounted == ()
        assert ledger.kept > 500
