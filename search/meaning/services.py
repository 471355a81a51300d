"""Make the vectors of what was published, and write them where processes read them: for worker and scheduler."""

import logging
import time

import numpy as np
from django.db import IntegrityError, transaction

from editions.document.passages import PassageKind
from editions.models import Edition
from search.analysis.links import is_link
from search.meaning import embedders, store
from search.meaning.embedders import Embedder, NoMeaning, Vectors
from search.meaning.models import EditionVectors
from search.meaning.quantised import quantised

logger = logging.getLogger(__name__)

BUDGET_S = 20.0  # of one call: the scheduler calls each minute, and its next round waits
WRITTEN_EVERY_S = 5.0  # a reading that goes on brings its file up to date: each time writes the whole file
LONGEST = 2000  # characters of a passage that are read
MOST_PASSAGES = 5000  # of one edition


def embed_waiting(budget_s: float = BUDGET_S) -> int:
    """Make what is missing, as long as the budget lasts, the newest publication first; then bring the file of this host
    up to date. Answers how many editions were read. Safe in parallel. Never raises for want of a model."""
    try:
        embedder = embedders.current()
    except NoMeaning:
        return 0
    made = _embed_missing(embedder, time.monotonic() + budget_s)
    store.here(embedder).refresh()
    return made


def missing(embedder: Embedder) -> list[str]:
    """Identifiers of editions that are found and have no vectors of this model, the newest first."""
    held = EditionVectors.objects.filter(model=embedders.model_name(embedder)).values("edition")
    found = Edition.objects.public().current().exclude(identifier__in=held).order_by("-pk")
    return list(found.values_list("identifier", flat=True))


def _embed_missing(embedder: Embedder, until: float) -> int:
    known: dict[str, Vectors] = {}  # records of one forum repeat each other
    made, written = 0, time.monotonic()
    for identifier in missing(embedder):
        if time.monotonic() > until:
            break
        edition = Edition.objects.public().filter(identifier=identifier).first()
        if edition is None:
            continue
        row = vectors_of(edition, embedder, known)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            logger.debug("vectors of %s were made by another process", identifier)
        else:
            made += 1
            if time.monotonic() - written >= WRITTEN_EVERY_S:  # what comes after it may take the rest of the budget
                store.here(embedder).refresh()
                written = time.monotonic()
    return made


def vectors_of(edition: Edition, embedder: Embedder, known: dict[str, Vectors]) -> EditionVectors:
    """Not yet saved. known: text to its vector, of texts read before; added to."""
    found = edition.passages.exclude(kind=PassageKind.HEADING).order_by("ordinal")[:MOST_PASSAGES]
    passages = [passage for passage in found if not is_link(passage.text)]
    texts = [_in_context(passage.path, passage.text) for passage in passages]
    whole = f"{edition.title}. {edition.metadata['summary']}"[:LONGEST]
    new = [text for text in dict.fromkeys((whole, *texts)) if text not in known]
    known.update(zip(new, embedder.passages(new), strict=True))
    read = np.vstack([known[text] for text in (whole, *texts)])
    mean = read[1:].mean(axis=0, keepdims=True) if texts else read[:1]
    rows = quantised(np.vstack([read[:1], mean, read[1:]]))
    return EditionVectors(
        edition=edition.identifier,
        model=embedders.model_name(embedder),
        anchors=[passage.anchor for passage in passages],
        vectors=rows.tobytes(),
    )


def _in_context(path: list[str], text: str) -> str:
    """A passage with its heading: many a paragraph does not name what it speaks of."""
    return f"{path[-1]}. {text}"[:LONGEST] if path else text[:LONGEST]
