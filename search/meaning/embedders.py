"""The port to a model that turns texts into vectors, and the one that this installation has."""

import logging
from collections.abc import Hashable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
"""One row a text, each of length 1: the scalar product of two is their cosine."""

QUESTIONS_KEPT = 1000  # vectors of questions, 1.5 kB each: pages, filters and feeds of one question ask for it again


class Embedder(Protocol):
    """name, version: of the model; vectors of another are not compared with its own. languages: those it was tried in.

    May raise anything: a model that fails leaves the search to words alone.
    """

    name: str
    version: str
    dimensions: int
    languages: frozenset[str]

    def questions(self, texts: Sequence[str]) -> Vectors: ...

    def passages(self, texts: Sequence[str]) -> Vectors: ...


class NoMeaning(Exception):
    """There is no model, or it fails. `reason` is for the operator; "" where none is wanted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def current() -> Embedder:
    """One a process. Raises NoMeaning."""
    found = _made(settings.SEARCH_EMBEDDER, settings.SEARCH_EMBEDDER_FOLDER)
    if isinstance(found, NoMeaning):
        raise NoMeaning(found.reason)
    return found


@cache
def _made(path: str, folder: str) -> Any:
    """The embedder, or why there is none: what failed once is not tried again by this process."""
    if not path:
        return NoMeaning("")
    try:
        return import_string(path)(folder)
    except Exception as error:
        logger.exception("the model of meaning cannot be used: only words are searched")
        return NoMeaning(f"the model of meaning cannot be used ({type(error).__name__}: {error})")


def model_name(embedder: Embedder) -> str:
    """What vectors are kept under."""
    return f"{embedder.name}-{embedder.version}"


def vector_of(embedder: Embedder, question: str) -> Vectors:
    """Of one question. Raises NoMeaning."""
    return _vector_of(cast(Hashable, embedder), question)


@lru_cache(maxsize=QUESTIONS_KEPT)
def _vector_of(held: Hashable, question: str) -> Vectors:
    embedder = cast(Embedder, held)
    try:
        return np.asarray(embedder.questions([question])[0], dtype=np.float32)
    except Exception as error:
        raise NoMeaning(f"the model of meaning failed ({type(error).__name__}: {error})") from error
