"""A model of meaning for tests: it knows a few notions in some languages, and costs nothing."""

import math
from collections.abc import Sequence

import numpy as np

from search.analysis.analyzer import analyse
from search.meaning.embedders import Vectors

NOTIONS = (
    "lamp lamps lantern lanterns beacon лампа фонарь مصباح 灯塔 lampe lampara",
    "storm storms tempest gale буря عاصفه 风暴 tempete tormenta",
    "oil petroleum нефть زيت 石油 huile aceite",
    "keeper keepers warden guardian смотритель حارس 看守 gardien guardian",
    "child children kid kids ребенок طفل 儿童 enfant nino",
)
COMMON = 0.9  # of every text: cosines of a real model lie close together too
OF_QUESTIONS, OF_TEXTS = 1, 2  # what has none of the notions is like nothing else


class FakeEmbedder:
    name = "fake"
    version = "1"
    dimensions = len(NOTIONS) + 3
    languages = frozenset({"en", "ru", "ar", "zh", "fr", "es"})

    def __init__(self, folder: str = "") -> None:
        self.asked: list[str] = []

    def questions(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._vectors(texts, OF_QUESTIONS)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, OF_TEXTS)

    def _vectors(self, texts: Sequence[str], nothing: int) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            words = {token.exact for token in analyse(text, "en")}
            row[0] = COMMON
            places = [at for at, notion in enumerate(_WORDS, start=3) if words & notion] or [nothing]
            row[places] = math.sqrt((1 - COMMON**2) / len(places))
        return rows


_WORDS = [{token.exact for token in analyse(words, "en")} for words in NOTIONS]


class BrokenEmbedder(FakeEmbedder):
    """Reads texts, and fails at every question."""

    name = "broken"

    def questions(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError("no room")


class MissingEmbedder:
    def __init__(self, folder: str = "") -> None:
        raise ImportError("no such package")
