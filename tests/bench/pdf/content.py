"""One long document of 2099 that every printer prints: bold, links, lists, tables, footnotes, two levels of heads."""

import random

from editions.document.model import Document
from tests.pdf import samples

CHAPTERS = {"10 pages": 6, "104 pages": 68, "1,040 pages": 682}
"""Chapters of tests.pdf.samples.chapter that make about as many pages, measured with our own printer."""

WORDS = " ".join(samples.SENTENCES[language] for language in ("en", "fr", "es")).lower().split()


def sentence(chance: random.Random, words: int) -> str:
    made = " ".join(chance.choice(WORDS) for _ in range(words))
    return f"{made[0].upper()}{made[1:]}. "


def document(chapters: int) -> Document:
    """The sample's chapters with sentences of chance, so that no printer can remember a line it has seen."""
    chance = random.Random(2099)
    base = dict(samples.SENTENCES)
    made = []
    notes = []
    try:
        for index in range(chapters):
            samples.SENTENCES["en"] = "".join(sentence(chance, 14) for _ in range(5))
            blocks, note = samples.chapter("en", index)
            made += blocks
            notes.append(note)
    finally:
        samples.SENTENCES.update(base)
    return Document(samples.TITLES["en"], "en", tuple(made), "", tuple(notes))
