"""The two engines side by side on the same made texts: the figures of docs/scaling.md.

Times are of the clock, seen by the one who asks, over the whole answer: reading, ranking, facets, cards, marked places.
What was measured is kept at once: a run that is interrupted goes on where it stopped.
"""

import time
from collections.abc import Callable
from itertools import islice
from typing import Any

from search.engines.base import WHOLE, Changes, Engine, Request, Unavailable, batches
from search.query.tree import Everything
from tests.bench.search.concurrent_load import Maker, asking_mb, under_load
from tests.bench.search.made_texts import PASSAGES_A_DOCUMENT, records, texts
from tests.bench.search.outcomes import Kept, Outcome

DOCUMENTS_A_BATCH = 50


CLIENTS = (1, 4, 16)


ASKED = 20  # times each class is asked by each client


TOLD = 10  # lines about a build, at most


Say = Callable[[str], None]


def measure(
    make: Maker, passages: int, kept: Kept, say: Say, clients: tuple[int, ...] = CLIENTS, asked: int = ASKED
) -> Outcome:
    """Builds what is not built, asks what was not asked. The caller shows the outcome and lets go of the answers."""
    engine = make()
    documents = passages // PASSAGES_A_DOCUMENT
    if not (kept.has_all_of_building and built(engine, documents)):
        build(engine, documents, kept, say)
    outcome = kept.read()
    outcome.bytes = size(engine)
    for count in clients:
        if count not in outcome.answers_a_second:
            say(f"{engine.name}: {count} clients ask")
            rows, speed = under_load(make, count, asked)
            outcome.loads += rows
            outcome.answers_a_second[count] = speed
            kept.write(outcome)
    outcome.asking_mb = asking_mb(make)
    outcome.heap_mb, outcome.resident_mb = memory_of_server(engine)
    kept.write(outcome)
    return outcome


def built(engine: Engine, documents: int) -> bool:
    try:
        return engine.search(Request(Everything(), {"level": (WHOLE,)}, limit=1)).total == documents
    except Unavailable:
        return False


def build(engine: Engine, documents: int, kept: Kept, say: Say) -> None:
    """Analysis and writing in turns, as a rebuild does it, each timed by itself."""
    building = engine.begin(int(time.time()), resume=kept.path.exists())
    outcome = kept.read() if building.after else Outcome(engine.name)
    if building.after:
        say(f"{engine.name}: goes on after {building.after * DOCUMENTS_A_BATCH} documents of {documents}")
    total = -(-documents // DOCUMENTS_A_BATCH)
    made = islice(batches(texts(documents), DOCUMENTS_A_BATCH), building.after, None)
    try:
        for number, batch in enumerate(made, start=building.after + 1):
            start = time.perf_counter()
            changes = Changes(tuple(one for document, text in batch for one in records(document, text)), version=1)
            analysed = time.perf_counter()
            building.add(changes, after=number)
            outcome.analysis_s += analysed - start
            outcome.index_s += time.perf_counter() - analysed
            kept.write(outcome)
            if number * TOLD // total > (number - 1) * TOLD // total:
                say(f"{engine.name}: {number * 100 // total} % written, {outcome.index_s:.0f} s, "
                    f"and {outcome.analysis_s:.0f} s of analysis")  # fmt: skip
        start = time.perf_counter()
        building.switch()
        outcome.switch_s = time.perf_counter() - start
        kept.write(outcome)
    finally:
        building.close()


def size(engine: Any) -> int:
    """Bytes on disk of what answers, of one copy."""
    if not engine.remote:
        folder = engine.root / engine.folder.current()
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    with engine.connection.client(30) as client:
        stats = client.indices.stats(index=list(engine.names.current(engine.connection).values()), metric="store")
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


def memory_of_server(engine: Any) -> tuple[float, float]:
    """(heap in use, most that was resident) in MB of all nodes behind an engine. Nothing for the embedded one; nothing
    resident for a node on another machine."""
    if not engine.remote:
        return 0.0, 0.0
    with engine.connection.client(30) as client:
        heaps = client.nodes.stats(metric="jvm")["nodes"].values()
        nodes = client.nodes.info(metric="process")["nodes"].values()
    heap = sum(float(node["jvm"]["mem"]["heap_used_in_bytes"]) for node in heaps) / 1e6
    return heap, sum(_resident_mb(node["process"]["id"]) for node in nodes if _is_here(node))


def _is_here(node: Any) -> bool:
    return str(node["ip"]).startswith("127.")


def _resident_mb(process: int) -> float:
    with open(f"/proc/{process}/status") as status:
        (peak,) = [line.split()[1] for line in status if line.startswith("VmHWM:")]
    return int(peak) / 1000
