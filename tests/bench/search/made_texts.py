"""Texts that are made, and questions about them: words of a Zipf distribution, the same at every run."""

import random
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Any

from search.analysis.analyzer import analyse
from search.analysis.significant_terms import telling
from search.engines.base import PASSAGE, WHOLE, Record
from search.indexing.records import exacts, stems, tie

PASSAGES_A_DOCUMENT = 50
WORDS_A_PASSAGE = 60
VOCABULARY = 30_000
SEED = 2099


def words() -> tuple[list[str], list[float]]:
    """Made words, and the running sums of their frequencies: the n-th is n times rarer than the first."""
    chance = random.Random(SEED)
    letters = "etaoinshrdlucmfwypvbgk"
    names = list(dict.fromkeys("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(VOCABULARY)))
    return names, list(accumulate(1 / rank for rank in range(1, len(names) + 1)))


def texts(documents: int) -> Iterator[tuple[int, list[str]]]:
    """(number, passages) of each document."""
    names, sums = words()
    chance = random.Random(SEED + 1)
    for number in range(documents):
        yield (
            number,
            [" ".join(chance.choices(names, cum_weights=sums, k=WORDS_A_PASSAGE)) for _ in range(PASSAGES_A_DOCUMENT)],
        )


def facts(number: int) -> dict[str, str]:
    return {
        "document": f"D{number}",
        "year": str(2014 + number % 12),
        "theme": f"theme{number % 11}",
        "stage": ("final", "comment")[number % 7 == 0],
        "language": "en",
        "meeting": f"city{number % 12}",
    }


def title_of(passages: list[str]) -> str:
    return passages[0][:60]


def records(number: int, passages: list[str]) -> Iterator[Record]:
    key = f"D{number}"
    analysed = [analyse(text, "en") for text in passages]
    raw = {name: (value,) for name, value in facts(number).items()} | {
        "current": ("yes",),
        "fictitious": ("no",),
        "spoken": ("en",),
    }
    numbers = {
        "year_number": 2014 + number % 12,
        "newest": number,
        "stage_order": 0,
        "tie": tie(key),
        "owner": tie(key),
    }
    title = title_of(passages)
    card: dict[str, Any] = {
        "key": key,
        "edition": key,
        "title": title,
        "summary": "",
        "language": "en",
        "url": f"/{key}/",
    }
    head = analyse(title, "en")
    card["telling"] = telling([head, *analysed])
    terms = {"title": stems([head]), "body": stems([head, *analysed]), "exact": exacts([head, *analysed])}
    yield Record(key, key, terms, raw | {"level": (WHOLE,)}, numbers, title, card)
    for place, (text, tokens) in enumerate(zip(passages, analysed, strict=True), start=1):
        anchor = f"p{place}"
        shown = {"anchor": anchor, "number": place, "path": [], "section": "", "text": text, "language": "en"}
        yield Record(
            f"{key}#{anchor}", key, {"body": stems([tokens]), "exact": exacts([tokens])},
            raw | {"level": (PASSAGE,)}, numbers | {"tie": place}, "",
            {"key": f"{key}#{anchor}", "edition": key, **shown},
        )  # fmt: skip


def questions() -> dict[str, list[str]]:
    """By how many documents hold the words: nearly all, many, few. Six words are of all kinds."""
    names, _sums = words()
    return {
        "common word": names[5:15],
        "middle word": names[300:310],
        "rare word": names[15_000:15_010],
        "two common words": [f"{a} {b}" for a, b in zip(names[5:15], names[20:30], strict=True)],
        "six words": [" ".join(names[at + place] for at in (5, 20, 60, 150, 400, 900)) for place in range(10)],
        "common word, two filters": names[5:15],
        "phrase": [f'"{a} {b}"' for a, b in pairwise(names[1:12])],
        "prefix": [f"{name[:4]}*" for name in names[50:60]],
        "misspelt word": [name[0] + name[2:] + "x" for name in names[100:110]],
    }
