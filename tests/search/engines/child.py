"""A process of its own, to be killed or raced: `child.py write FOLDER PREFIX COUNT` or `child.py ask FOLDER`.

write: one document a commit, each acknowledged by a line. ask: the hostile and 500 random questions; prints the
slowest, in milliseconds. starve: writes where no file may grow beyond 2,000 bytes, and prints why it cannot.
"""

import resource
import sys
import time
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()

from search.analysis.analyzer import analyse
from search.analysis.significant_terms import telling
from search.answering.answer import ask
from search.engines.base import PASSAGE, WHOLE, Changes, Record, Unavailable
from search.engines.tantivy.engine import TantivyEngine
from search.indexing.records import exacts, stems, tie
from search.query.question import Question
from search.tuning.synonyms import Thesaurus
from tests.search.hostile import CASES, random_strings


def records(key: str, text: str = "A lamp of 2099") -> tuple[Record, Record]:
    tokens = analyse(text, "en")
    terms = {"body": stems([tokens]), "exact": exacts([tokens])}
    raw = {"document": (key,), "current": ("yes",), "fictitious": ("no",), "spoken": ("en",)}
    numbers = {"year_number": 2099, "newest": 1, "stage_order": 1, "tie": tie(key), "owner": tie(key)}
    card = {
        "key": key, "edition": key, "title": key, "summary": "", "language": "en", "url": f"/{key}/",
        "telling": telling([tokens]),
    }  # fmt: skip
    place = {"anchor": "p1", "number": 1, "path": [], "section": "", "text": text, "language": "en"}
    return (
        Record(key, key, terms, raw | {"level": (WHOLE,)}, numbers, key, card),
        Record(
            f"{key}#p1",
            key,
            terms,
            raw | {"level": (PASSAGE,)},
            numbers,
            "",
            {"key": f"{key}#p1", "edition": key, **place},
        ),
    )


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def write(engine: TantivyEngine, prefix: str, count: int) -> None:
    for number in range(count):
        with engine.exclusive(60):
            engine.apply(Changes(records(f"{prefix}{number}")))
        say(f"{prefix}{number}")


def build(engine: TantivyEngine, count: int) -> None:
    building = engine.begin(0, resume=False)
    for number in range(1, count + 1):
        building.add(Changes(records(f"B{number}")), after=number)
        say(str(number))


def starve(engine: TantivyEngine) -> None:
    """The kernel refuses the write, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    try:
        engine.apply(Changes(tuple(record for number in range(50) for record in records(f"S{number}"))))
    except Unavailable as error:
        say(error.reason)


def ask_all(engine: TantivyEngine) -> None:
    slowest = 0.0
    ask(engine, Question("nosuchthing nobody knows"), Thesaurus())  # reads the lists of words, once a process
    for text in (*CASES.values(), *random_strings(500)):
        start = time.process_time()
        ask(engine, Question(text), Thesaurus())
        slowest = max(slowest, time.process_time() - start)
    say(f"{slowest * 1000:.1f}")


if __name__ == "__main__":
    mode, folder, *rest = sys.argv[1:]
    if mode == "write":
        write(TantivyEngine(Path(folder)), rest[0], int(rest[1]))
    elif mode == "build":
        build(TantivyEngine(Path(folder)), int(rest[0]))
    elif mode == "starve":
        starve(TantivyEngine(Path(folder)))
    else:
        ask_all(TantivyEngine(Path(folder)))
