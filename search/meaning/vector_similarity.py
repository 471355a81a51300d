"""How near the documents of a library come to a question, and which of their passages come nearest. Pure."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from search.meaning.embedders import Vectors
from search.meaning.quantised import cosines
from search.meaning.store import MEAN, PASSAGES, SUMMARY, Library

FOREMOST = 3  # passages whose mean counts: one that is near may be so by chance
SUMMARY_SHARE = 0.3  # of a document's likeness; the rest is that of its foremost passages. See docs/search.md
LOOKED_THROUGH = 300  # documents whose passages are read, of those whose summary or mean is nearest
SAMPLED = 100  # documents, spread over the library, that say what likeness any text has

Places = npt.NDArray[np.int64]


class Likeness:
    """scores: edition to cosine. usual: the mean of documents taken as they come; what exceeds it is telling."""

    def __init__(self, library: Library, vector: Vectors, besides: Iterable[str] = ()) -> None:
        """besides: editions that are looked at in any case. A library of LOOKED_THROUGH documents is read whole."""
        self._library = library
        names = list(library.editions)
        spread = names[:: max(1, len(names) // SAMPLED)]
        if len(names) > LOOKED_THROUGH:
            names = list(dict.fromkeys((*_nearest(library, vector, names), *spread, *_held(library, besides))))
        sizes = np.fromiter((library.editions[name].rows for name in names), np.int64, len(names))
        self._ends = np.cumsum(sizes)
        self._end_of = dict(zip(names, self._ends.tolist(), strict=True))
        self._cosines = cosines(_rows(library, names, sizes), vector)
        found = self._scores(sizes)
        self.scores = dict(zip(names, found.tolist(), strict=True))
        self.usual = float(np.mean([self.scores[name] for name in spread]))

    def _scores(self, sizes: Places) -> Vectors:
        """All documents at once: those of passages in the order of document and likeness, the first few of each."""
        starts = self._ends - sizes
        owners = np.repeat(np.arange(len(sizes)), sizes)
        summaries = self._cosines[starts + SUMMARY]
        foremost = self._cosines.copy()
        foremost[starts + SUMMARY] = foremost[starts + MEAN] = -np.inf  # no passages
        order = np.lexsort((-foremost, owners))
        ranks = np.arange(len(owners)) - starts[owners]
        counted = (ranks < FOREMOST) & np.isfinite(foremost[order])
        sums = np.bincount(owners[counted], foremost[order][counted], len(sizes))
        counts = np.bincount(owners[counted], minlength=len(sizes))
        best = np.divide(sums, counts, out=summaries.astype(np.float64), where=counts > 0)
        scores: Vectors = (1 - SUMMARY_SHARE) * best + SUMMARY_SHARE * summaries
        return scores

    def passages(self, edition: str) -> dict[str, float]:
        """Anchor to cosine."""
        held = self._library.editions[edition]
        end = self._end_of[edition]
        return dict(zip(held.anchors, self._cosines[end - held.rows + PASSAGES : end].tolist(), strict=True))

    def nearest(self, edition: str, most: int = FOREMOST) -> Sequence[tuple[str, float]]:
        """Anchors of its passages with their cosines, the nearest first."""
        return sorted(self.passages(edition).items(), key=lambda pair: -pair[1])[:most]


def _held(library: Library, editions: Iterable[str]) -> Iterable[str]:
    return (name for name in editions if name in library.editions)


def _nearest(library: Library, vector: Vectors, names: list[str]) -> list[str]:
    starts = np.fromiter((held.at for held in library.editions.values()), np.int64, len(names))
    whole = np.maximum(cosines(library.rows[starts + SUMMARY], vector), cosines(library.rows[starts + MEAN], vector))
    best = np.argpartition(-whole, LOOKED_THROUGH)[:LOOKED_THROUGH]
    return [names[at] for at in best]


def _rows(library: Library, names: list[str], sizes: Places) -> npt.NDArray[np.void]:
    """Those of these editions; the file as it lies where it holds no others."""
    if names == list(library.editions) and int(sizes.sum()) == len(library.rows):
        return library.rows
    starts = np.fromiter((library.editions[name].at for name in names), np.int64, len(names))
    before = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return library.rows[np.repeat(starts, sizes) + np.arange(int(sizes.sum())) - before]
