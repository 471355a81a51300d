# ruff: noqa: T201 - its output is its result
"""Our printer beside WeasyPrint and typst: python -m tests.bench.pdf.run [--long] [--runs N]

Every print is a fresh process; the printers take turns, so that a busy machine is busy for all. The median counts.
The goals are those of the project: at 104 pages at most 0.25 of WeasyPrint's CPU and 80 MB; at about 1,040 pages at
most 0.25 of its CPU and 260 MB; CPU grows at most 11 times from 104 to 1,040 pages.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pikepdf

from tests.bench.pdf.content import CHAPTERS

ROOT = Path(__file__).parents[3]
PRINTERS = ("ours", "weasyprint", "typst")


def once(printer: str, chapters: int, path: Path) -> dict[str, float]:
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    command = [sys.executable, "-m", "tests.bench.pdf.one", printer, str(chapters), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    with pikepdf.open(path) as file:
        pages = len(file.pages)
    return json.loads(done.stdout.splitlines()[-1]) | {"pages": pages, "size": path.stat().st_size / 1024}


def measure(size: str, runs: int) -> dict[str, dict[str, float]]:
    found: dict[str, list[dict[str, float]]] = {printer: [] for printer in PRINTERS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(runs):
            for printer in PRINTERS:
                found[printer].append(once(printer, CHAPTERS[size], Path(folder) / f"{printer}.pdf"))
    return {
        printer: {name: statistics.median(run[name] for run in each) for name in each[0]}
        for printer, each in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", action="store_true", help="also about 1,040 pages, one run each: some minutes")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    sizes = [*list(CHAPTERS)[:2], *(["1,040 pages"] if options.long else [])]
    results: dict[str, Any] = {}
    print("| size | printer | pages | CPU s | of WeasyPrint's | memory MB | file KB |\n|---|---|---|---|---|---|---|")
    for size in sizes:
        results[size] = measure(size, 1 if size == "1,040 pages" else options.runs)
        for printer, row in results[size].items():
            share = row["cpu"] / results[size]["weasyprint"]["cpu"]
            numbers = f"{row['pages']:.0f} | {row['cpu']:.2f} | {share:.2f} | {row['memory']:.0f} | {row['size']:.0f}"
            print(f"| {size} | {printer} | {numbers} |", flush=True)
    if options.long:
        growth = results["1,040 pages"]["ours"]["cpu"] / results["104 pages"]["ours"]["cpu"]
        print(f"\nGrowth of our CPU from 104 to about 1,040 pages: {growth:.1f} times")


if __name__ == "__main__":
    main()
