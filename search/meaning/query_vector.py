"""What a question means here and now: the model and the vectors of this host, where both are there."""

import logging
from dataclasses import dataclass

from search.meaning import embedders, store
from search.meaning.embedders import Embedder, NoMeaning
from search.meaning.store import Library
from search.meaning.vector_similarity import Likeness

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    embedder: Embedder
    library: Library

    def likeness(self, question: str) -> Likeness | None:
        """None where the model fails: then words alone are searched."""
        try:
            return Likeness(self.library, embedders.vector_of(self.embedder, question))
        except NoMeaning as error:
            logger.warning("%s", error.reason)
            return None


def here() -> Meaning | None:
    """None where there is no model, or nothing was read by it yet. Never raises."""
    try:
        embedder = embedders.current()
        return Meaning(embedder, store.here(embedder).library())
    except NoMeaning:
        return None


def trouble() -> str:
    """Why words alone are searched, though a model is wanted; "" where all is well. One sentence for the operator."""
    try:
        embedder = embedders.current()
        store.here(embedder).library()
        embedders.vector_of(embedder, "health")
    except NoMeaning as error:
        return error.reason
    return ""
