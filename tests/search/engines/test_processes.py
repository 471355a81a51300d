"""Several processes at one index: races, kills and the whole barrage of hostile questions."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.engines.base import PASSAGE, WHOLE, Changes, Request
from search.engines.tantivy.engine import TantivyEngine
from search.query.tree import Everything
from tests.search.engines.child import records

ROOT = Path(__file__).resolve().parents[3]
CHILD = Path(__file__).with_name("child.py")


def start(*words: object) -> "subprocess.Popen[str]":
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    environment = os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "bpf_site.settings.test"}
    command = [sys.executable, str(CHILD), *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.fixture
def engine(tmp_path: Path) -> TantivyEngine:
    made = TantivyEngine(tmp_path / "index")
    building = made.begin(0, resume=False)
    building.switch()
    building.close()
    return made


def held(engine: TantivyEngine) -> set[str]:
    return {hit.key for hit in engine.each(Request(Everything(), {"level": (WHOLE,)}))}


def test_two_writers_land_every_document_while_a_reader_asks(engine: TantivyEngine) -> None:
    writers = [start("write", engine.root, prefix, 25) for prefix in ("A", "B")]
    counts = []
    while any(writer.poll() is None for writer in writers):
        counts.append(len(held(engine)))
        time.sleep(0.01)  # begun anew at once, it would take the processor from those whom it waits for
    for writer in writers:
        writer.communicate()
    assert held(engine) == {f"{prefix}{number}" for prefix in ("A", "B") for number in range(25)}
    assert counts == sorted(counts), "what was found once is found again"


def test_what_was_acknowledged_before_a_kill_is_there_and_writing_goes_on(engine: TantivyEngine) -> None:
    for turn in range(3):
        writer = start("write", engine.root, f"T{turn}N", 500)
        acknowledged = [writer.stdout.readline().strip() for _ in range(4 + turn)]
        writer.kill()
        acknowledged += [line.strip() for line in writer.stdout.read().splitlines()]
        writer.communicate()
        assert len(acknowledged) >= 4 + turn
        assert all(acknowledged)
        assert set(acknowledged) <= held(engine)
        with engine.exclusive(5):
            engine.apply(Changes(records(f"after{turn}")))
        assert f"after{turn}" in held(engine)


def test_a_rebuild_that_was_killed_is_gone_on_with_while_the_former_index_answers(engine: TantivyEngine) -> None:
    with engine.exclusive(5):
        engine.apply(Changes(records("former")))
    builder = start("build", engine.root, 500)
    kept = [int(builder.stdout.readline()) for _ in range(3)]
    builder.kill()
    kept += [int(line) for line in builder.stdout.read().splitlines() if line.isdecimal()]
    builder.communicate()
    assert held(engine) == {"former"}
    building = engine.begin(0)
    assert building.after >= kept[-1]
    assert building.editions() >= kept[-1]
    building.add(Changes(records("last")), after=building.after + 1)
    building.switch()
    building.close()
    assert {f"B{number}" for number in range(1, kept[-1] + 1)} | {"last"} <= held(engine)
    assert "former" not in held(engine)


def test_a_rebuild_whose_record_cannot_be_read__is_passed_over_for_one_that_can_be_gone_on_with(
    engine: TantivyEngine,
) -> None:
    left = engine.begin(0, resume=False)
    left.close()
    (state,) = engine.root.glob("*.building")
    newer = state.with_name(state.name.replace(left.path.name, f"{left.path.name}9"))
    newer.write_text("{")
    found = engine.begin(0)
    found.close()
    assert found.path == left.path


def test_a_write_that_the_kernel_refuses_leaves_the_former_answers_and_nothing_behind(engine: TantivyEngine) -> None:
    with engine.exclusive(5):
        engine.apply(Changes(records("former")))
    reason, _ = start("starve", engine.root).communicate(timeout=120)
    assert "File too large" in reason
    assert held(engine) == {"former"}
    left = [engine.root / engine.folder.current() / PASSAGE / name for name in (f"{'0' * 32}.store", ".tmpAb12cd")]
    for path in left:  # of a write that was killed: on a full disk they would leave the next one no room
        path.write_bytes(b"0" * 1000)
    with engine.exclusive(5):
        engine.apply(Changes(records("after")))
    assert held(engine) == {"former", "after"}
    assert not any(path.exists() for path in left)
    assert "0 orphan files" in engine.health().notes[0]


@pytest.mark.load
def test_hostile_and_random_questions_neither_end_the_process_nor_hold_it_up(engine: TantivyEngine) -> None:
    with engine.exclusive(5):
        for number in range(20):
            engine.apply(Changes(records(f"D{number}", f"a b lamp {number} é 中 year title")))
    asking = start("ask", engine.root)
    out, _ = asking.communicate(timeout=300)
    assert asking.returncode == 0
    assert float(out) < 250
