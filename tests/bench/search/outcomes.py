"""What was measured of one engine at one size, and the file that keeps it while a run is under way."""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path

from core.atomic_files import replace


@dataclass(frozen=True, slots=True)
class Load:
    """clients: how many ask at once. failed: answers that did not come within the engine's patience."""

    clients: int
    kind: str
    median_ms: float
    p95_ms: float
    failed: int


@dataclass(slots=True)
class Outcome:
    """analysis_s: of the texts. index_s: writing the records. switch_s: merging and moving. bytes: on disk, of one
    copy. asking_mb: what one asking process takes of memory for itself, read parts of an embedded index among it.
    heap_mb, resident_mb: of the server; in use after the questions, and the most that was resident."""

    name: str
    analysis_s: float = 0.0
    index_s: float = 0.0
    switch_s: float = 0.0
    bytes: int = 0
    asking_mb: float = 0.0
    heap_mb: float = 0.0
    resident_mb: float = 0.0
    loads: list[Load] = field(default_factory=list)
    answers_a_second: dict[int, float] = field(default_factory=dict)

    @property
    def rebuild_s(self) -> float:
        return self.analysis_s + self.index_s + self.switch_s


@dataclass(frozen=True, slots=True)
class Kept:
    path: Path

    @property
    def has_all_of_building(self) -> bool:
        """Whether the index was finished, and not only begun."""
        return self.path.exists() and self.read().switch_s > 0

    def read(self) -> Outcome:
        kept = json.loads(self.path.read_text())
        kept["loads"] = [Load(**row) for row in kept["loads"]]
        kept["answers_a_second"] = {int(clients): speed for clients, speed in kept["answers_a_second"].items()}
        return Outcome(**kept)

    def write(self, outcome: Outcome) -> None:
        """Whole or not at all, however it is interrupted."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        replace(self.path, json.dumps(dataclasses.asdict(outcome), indent=1))

    def forget_answers(self) -> None:
        """The next run asks again, of the index as it is."""
        self.write(dataclasses.replace(self.read(), loads=[], answers_a_second={}))
