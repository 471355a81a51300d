"""An instance under readers for an hour: does memory stay flat, does nothing fail, what grows? Printed by `make bench`.

Starts `manage.py serve` with the sample library in a folder of its own (web, worker, clock), asks for every address of
the sitemaps, for lists, feeds, searches by chance and the API, and looks at all processes forty times.

    python -m tests.bench.soak --seconds 3600
    python -m tests.bench.soak --seconds 600 --port 8000 --group 4711   # of an instance that runs, as production-like

Exit code 1 where an answer failed, or where a process held more memory in the last quarter than in the second by more
than a tenth.
"""

import argparse
import gzip
import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS, LOOKS, START_S = 4, 40, 900
GROWTH = 0.10
HEADERS = {"X-Forwarded-Proto": "https"}  # as nginx says it: settings of production answer nobody without TLS
MIB = 1024 * 1024
SMALL = 5 * MIB
LISTS = ("/", "/library/", "/themes/", "/search/", "/feeds/outcomes.atom", "/open-calls.atom", "/api/v1/documents",
         "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/health/deep", "/metrics")  # fmt: skip
WORDS = ("internet", "exchange", "points", "spam", "cybersecurity", "gender", "access", "local", "content", "IPv6",
         "capacity", "policy", "trust", "norms")  # fmt: skip
LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh-hans")


def address(chance: random.Random, known: list[str]) -> str:
    """Half documents, a third searches that nobody asked before, the rest lists and what programs ask."""
    kind = chance.random()
    if kind < 0.5 and known:
        return chance.choice(known)
    if kind < 0.85:
        return f"/search/?q={'+'.join(chance.sample(WORDS, 3))}+{chance.randrange(100_000)}"
    return chance.choice(LISTS)


class Reader(threading.Thread):
    """Asks on one connection until it is told to stop; counts answers by status."""

    def __init__(self, port: int, known: list[str], seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.known, self.chance = port, known, random.Random(seed)
        self.stop = threading.Event()
        self.answers: Counter[str] = Counter()
        self.failed: list[str] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self.stop.is_set():
            path = address(self.chance, self.known)
            try:
                connection.request("GET", path, headers=HEADERS | {"Accept-Language": self.chance.choice(LANGUAGES)})
                answer = connection.getresponse()
                answer.read()
                self.answers[str(answer.status)] += 1
                if answer.status >= 500 and not path.startswith("/health"):
                    self.failed.append(f"{answer.status} {path}")
            except (OSError, http.client.HTTPException) as error:
                self.answers["broken"] += 1
                self.failed.append(f"{error!r} {path}")
                connection.close()
        connection.close()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def get(port: int, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.read()


def addresses(port: int) -> list[str]:
    """Paths that the sitemaps name, also those that other sitemaps do."""
    found: list[str] = []
    waiting = ["/sitemap.xml"]
    for path in waiting:  # ends: a sitemap is read once
        body = get(port, path)[1]
        text = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
        named = [re.sub(r"^https?://[^/]+", "", each) for each in re.findall(r"<loc>([^<]+)</loc>", text)]
        if "<sitemapindex" in text:
            waiting += [each for each in named if each not in waiting]
        else:
            found += named
    return found


def memory_of_group(group: int) -> dict[str, int]:
    """What each process of a group does -> bytes that are its own (its share of what is no page of a file: those of
    the index are the machine's to forget)."""
    found: dict[str, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[2]) != group:
                continue
            words = (folder / "cmdline").read_text().replace("\0", " ").strip()
            (pss,) = re.findall(r"^Pss_Anon:\s+(\d+) kB", (folder / "smaps_rollup").read_text(), re.MULTILINE)
        except (OSError, ValueError):
            continue  # it ended while we looked
        found[f"{folder.name} {words[-60:]}"] = int(pss) * 1024
    return found


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


@contextmanager
def instance(data: Path) -> Iterator[tuple[int, int]]:
    """(port, group of processes) of an instance that is ready. Its log stands in the folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "BPF_DATA": str(data), "PORT": str(port), "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    environment.setdefault("DJANGO_SETTINGS_MODULE", "bpf_site.settings.dev")
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        for _ in range(START_S):
            try:
                if get(port, "/health/ready")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(1)
        else:
            raise SystemExit(f"not ready after {START_S} s: {(data / 'serve.log').read_text()[-2000:]}")
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def soak(seconds: float, data: Path, running: tuple[int, int] | None = None) -> bool:
    """Whether nothing failed and memory stayed flat. running: port and group of an instance that others started."""
    with nullcontext(running) if running else instance(data) as (port, group):
        readers = [Reader(port, addresses(port), seed) for seed in range(READERS)]
        say(f"{len(readers[0].known)} addresses in the sitemaps, {READERS} readers, {seconds:.0f} s")
        for reader in readers:
            reader.start()
        held: dict[str, list[int]] = defaultdict(list)
        sizes = []
        for _ in range(LOOKS):
            time.sleep(seconds / LOOKS)
            for name, now in memory_of_group(group).items():
                held[name].append(now)
            sizes.append(size_of(data))
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join(timeout=90)
    answers = sum((reader.answers for reader in readers), Counter())
    failed = [each for reader in readers for each in reader.failed]
    say(f"answers {dict(answers)}; failed {len(failed)} {failed[:3]}")
    flat = True
    for name, each in sorted(held.items()):
        if len(each) < LOOKS * 3 // 4 or max(each) < SMALL:
            continue  # it came and went, or is a shell that waits
        quarter = len(each) // 4
        second, last = statistics.mean(each[quarter : 2 * quarter]), statistics.mean(each[-quarter:])
        flat &= last <= second * (1 + GROWTH)
        eighths = [each[len(each) * part // 8] for part in range(8)]
        said = " ".join(f"{size / MIB:.0f}" for size in (*eighths, each[-1]))
        say(f"MiB at each eighth {said}; last quarter to second {last / second - 1:+.1%}  {name}")
    grown = " -> ".join(f"{sizes[at] / MIB:.1f}" for at in (0, len(sizes) // 2, -1))
    say(f"folder with its log, MiB: {grown}")
    return flat and not failed


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=3600)
    asked.add_argument("--port", type=int, help="of an instance that runs, with BPF_DATA its folder")
    asked.add_argument("--group", type=int, help="the group of its processes")
    given = asked.parse_args()
    if given.port:
        sys.exit(0 if soak(given.seconds, Path(os.environ["BPF_DATA"]), (given.port, given.group)) else 1)
    with tempfile.TemporaryDirectory(prefix="bpf-soak-") as folder:
        sys.exit(0 if soak(given.seconds, Path(folder)) else 1)


if __name__ == "__main__":
    main()
