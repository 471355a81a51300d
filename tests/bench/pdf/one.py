# ruff: noqa: T201 - its output is its result
"""Print the bench document once, in this process: python -m tests.bench.pdf.one PRINTER CHAPTERS FILE.

Prints as JSON: CPU seconds and peak memory in MB of this process and its children, from its start.
"""

import json
import resource
import sys
from pathlib import Path

from tests.bench.pdf.content import document


def print_ours(content, path: Path) -> None:
    from pdf.render import render
    from tests.pdf import samples

    path.write_bytes(render(samples.job(content, "comment")).content)


def main(printer: str, chapters: str, path: str) -> None:
    content = document(int(chapters))
    if printer == "ours":
        print_ours(content, Path(path))
    else:
        from tests.bench.pdf import peers

        {"weasyprint": peers.print_weasyprint, "typst": peers.print_typst}[printer](content, Path(path))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps({"cpu": cpu, "memory": max(each.ru_maxrss for each in used) / 1024}))


if __name__ == "__main__":
    main(*sys.argv[1:])
