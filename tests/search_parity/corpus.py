"""Random documents of invented words, as records. The same seed makes the same library."""

import random
from dataclasses import dataclass
from itertools import accumulate

from search.engines.base import EMPTY, LEVELS, PASSAGE, WHOLE, Record
from search.indexing.records import tie

SEED = 2099
WORDS = tuple(f"en:w{n}" for n in range(400))
WEIGHTS = tuple(accumulate(1 / (rank + 1) for rank in range(len(WORDS))))  # Zipf's law: few words are common
YEARS = tuple(str(year) for year in range(2090, 2100))
THEMES = ("harbours", "lamps", "storms", "tides", "winds")
STAGES = ("comment", "final", "wrap_up")


@dataclass(frozen=True, slots=True)
class Corpus:
    records: tuple[Record, ...]

    def of(self, level: str) -> list[Record]:
        return [record for record in self.records if record.level == level]


def corpus(documents: int, seed: int = SEED) -> Corpus:
    chance = random.Random(seed)
    return Corpus(tuple(record for number in range(documents) for record in document(number, chance)))


def document(number: int, chance: random.Random) -> list[Record]:
    name = f"BPF-2099-D{number}-E1"
    raw = {
        "document": (f"BPF-2099-D{number}",),
        "current": ("yes" if chance.random() < 0.8 else "no",),
        "forum": ("2099/lamps",),
        "year": (chance.choice(YEARS),),
        "theme": tuple(sorted(chance.sample(THEMES, chance.randrange(1, 3)))),
        "stage": (chance.choice(STAGES),),
        "language": ("en",),
    }
    numbers = {
        "year_number": int(raw["year"][0]),
        "newest": chance.randrange(10**6),
        "stage_order": chance.randrange(6),
        "owner": tie(name),
    }
    texts = [words(chance, chance.randrange(1, 90)) for _ in range(chance.randrange(1, 12))]
    title, about, lead = words(chance, 8), words(chance, 30), words(chance, chance.choice((0, 40)))
    body = f" {EMPTY} ".join([title, *texts])
    terms = {"title": title, "about": about, "lead": lead, "body": body, "exact": body.replace("en:", "")}
    whole = Record(
        name, name, terms, raw | {"level": (WHOLE,), "kind": ("finding",)}, numbers | {"tie": tie(name)},
        f"title {chance.randrange(50)} {name}", {"key": name, "edition": name, "title": title},
    )  # fmt: skip
    return [whole, *(passage(name, place, text, raw, numbers) for place, text in enumerate(texts, start=1))]


def passage(edition: str, place: int, text: str, raw: dict[str, tuple[str, ...]], numbers: dict[str, int]) -> Record:
    key = f"{edition}#p{place}"
    return Record(
        key, edition, {"body": text, "exact": text.replace("en:", "")}, raw | {"level": (PASSAGE,), "kind": ()},
        numbers | {"tie": place}, "", {"key": key, "edition": edition, "text": text},
    )  # fmt: skip


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=count))


def fields(level: str) -> tuple[str, ...]:
    return LEVELS[level]
