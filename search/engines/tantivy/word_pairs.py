"""Pairs of frequent words as terms of their own, in the index of whole documents (docs/adr/0028).

To see whether two words follow each other an engine reads every place of both. Of words that stand a hundred times in
every document that takes longer than all the rest of an answer, so what pairs of them a document holds is written
beside its words. Pairs of all words would be as many terms again as the words are.
"""

import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from pathlib import Path

from core.atomic_files import replace
from search.engines.base import EMPTY, WHOLE, Record

FIELD = "pair"  # raw terms: two words with a blank between
OF = "exact"  # the field whose words are paired: it is the one that quoted words are looked for in
MOST = 200  # words
FILE = "frequent.json"


def choose(path: Path, records: Iterable[Record]) -> None:
    """Once an index, from the first records it gets; the words must stay the same for all that follow."""
    if not (path / FILE).exists():
        texts = (record.texts()[OF].split(" ") for record in records if record.level == WHOLE)
        counted = Counter(chain.from_iterable(texts))
        del counted[EMPTY]
        replace(path / FILE, json.dumps([word for word, _count in counted.most_common(MOST)], ensure_ascii=False))


def chosen(path: Path) -> frozenset[str]:
    """The frequent words of an index. Raises OSError or ValueError where it does not say them."""
    return frozenset(json.loads((path / FILE).read_text()))


def pairs(terms: Iterable[str], frequent: frozenset[str]) -> list[str]:
    """The terms of the field, each once: of frequent words that follow each other."""
    return list(dict.fromkeys(f"{one} {two}" for one, two in pairwise(terms) if one in frequent and two in frequent))
