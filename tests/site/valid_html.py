"""What the Nu Html Checker finds wrong with pages: all of them in one start of Java."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

LAUNCHER = Path(__file__).parents[1] / "validators" / "vnu"
BROKEN = '<!doctype html><html lang="en"><head><title>Lamps</title></head><body><p><div></div></p></body></html>'
"""Checked with the others, so that the check is known to find something."""


def invalid(pages: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    """A line for each error or warning, with the address of its page. Nothing where there is no Java or Maven."""
    if not shutil.which("java") or not shutil.which("mvn"):
        return []
    addresses = {}
    for number, (address, html) in enumerate([("broken", BROKEN), *pages]):
        path = folder / f"{number}.html"
        path.write_text(html)
        addresses[path.as_uri().replace("///", "/")] = address
    done = subprocess.run([LAUNCHER, *folder.glob("*.html")], capture_output=True, text=True, check=False, timeout=300)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr).splitlines()  # colours of its log stand before the first
    messages = [line.removeprefix('"').partition('":') for line in lines if line.startswith('"')]
    found = [f"{addresses[file]}:{message}" for file, _colon, message in messages]
    of_broken = [line for line in found if line.startswith("broken:")]
    assert of_broken, done.stderr[-2000:]
    return [line for line in found if line not in of_broken]
