"""What stops a document from being frozen. Pure: it looks, and names every place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from editions.document.collision_marks import is_marked
from editions.document.model import Block, Document, Figure, Runs, Section, text_of_runs
from editions.document.passages import Passage, PassageKind, passages


@dataclass(frozen=True, slots=True)
class Problem:
    """code: slug, stable. key: key of the block it is in, "" for the whole document. place: words to find it by."""

    code: str
    key: str
    place: str


class CannotFreeze(Exception):
    """The document has problems; `problems` holds all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.place}" for problem in problems))
        self.problems = problems


def problems(document: Document) -> Iterator[Problem]:
    """Every reason why a document cannot be frozen: nothing to read, missing or doubled keys, two wordings of one
    paragraph, images without words."""
    found = list(passages(document))
    if not document.title.strip():
        yield Problem("no_title", "", "")
    if not any(passage.text for passage in found if passage.kind != PassageKind.HEADING):
        yield Problem("empty", "", document.title)
    counts = Counter(passage.key for passage in found)
    for passage in found:
        place = passage.text[:60]
        if not passage.key:
            yield Problem("no_key", "", place)
        elif counts[passage.key] > 1:
            yield Problem("duplicate_key", passage.key, place)
        if is_marked(passage.text):
            yield Problem("written_twice", passage.key, place)
    for figure in _figures(document.blocks):
        if not figure.alt.strip():
            yield Problem("no_alt_text", figure.key, figure.source)
    yield from _lost_notes(document, found)


def _figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Section):
            yield from _figures(block.blocks)


def _lost_notes(document: Document, found: list[Passage]) -> Iterator[Problem]:
    """Footnote marks that lead nowhere, and footnotes that no mark leads to."""
    known = {note.key for note in document.notes}
    marked = {run.note for passage in found for run in passage.runs if run.note}
    for key in sorted(marked - known):
        yield Problem("mark_without_note", key, key)
    for note in document.notes:
        if note.key not in marked:
            yield Problem("note_without_mark", note.key, _words(note.runs))


def _words(runs: Runs) -> str:
    return text_of_runs(runs)[:60]
