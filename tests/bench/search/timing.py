"""How long something takes, of the processor and not of the clock: what else the machine does is left out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

ASKED = 40  # times each class of question is asked


@dataclass(frozen=True, slots=True)
class Timing:
    """Of one class of question: median and 95th percentile, in milliseconds, and how many documents it finds."""

    name: str
    median_ms: float
    p95_ms: float
    found: int


def timed(name: str, asked: list[str], once: Callable[[str], int]) -> Timing:
    found = [once(text) for text in asked]  # also warms up
    times = []
    for turn in range(ASKED):
        start = time.process_time()
        once(asked[turn % len(asked)])
        times.append((time.process_time() - start) * 1000)
    return Timing(name, median(times), quantiles(times, n=20)[-1], round(median(found)))
