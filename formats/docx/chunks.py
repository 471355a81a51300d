"""Other files that a Word file holds in the place of text (`altChunk`): what they say, as its paragraphs. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from core.languages.scripts import apart
from editions.document.model import Block, Figure, Heading, Item, ListBlock, Paragraph, Quote, Row, Run, Runs, Table
from formats.docx.job import Job
from formats.docx.ledger_words import chunk_name, chunks_are_read
from formats.draft import Draft, Equation, Finding, LeftOut, Picture, Reason, ReviewNote
from formats.kinds.inner import inner_words, read_inner
from formats.office.paragraph_roles import Label, Line, Piece, Role
from formats.office.runs import BREAK, joined

INNER = "inner"
"""In the place of the part that a note lies in: it came with a file in the place of text."""
_NOT_SHOWN = frozenset({"properties", "title", "Subject"})
"""Where a file names itself without showing it, as the ledger calls these places."""
_Keyed = TypeVar("_Keyed", LeftOut, ReviewNote, Finding, Equation)


def read_chunk(part: str, job: Job, *, is_first: bool) -> list[Piece] | None:
    """None for what cannot be read, or was read before. is_first: nothing stands above it."""
    if not part or part in job.read_chunks or not chunks_are_read(job.package):
        return None
    content, name = job.package.archive.read(part), chunk_name(job.package, part)
    draft = read_inner(content, name)
    if draft is None:
        return None
    job.read_chunks.add(part)
    job.language = job.language or draft.language
    shown = (source.text for source in inner_words(content, name) if source.place not in _NOT_SHOWN)
    is_named = any(" ".join(text.split()) == draft.document.title for text in shown)
    return _Chunk(draft, job).pieces(is_first=is_first, is_named=is_named)


@dataclass(slots=True)
class _Chunk:
    draft: Draft
    job: Job
    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of pictures

    def pieces(self, *, is_first: bool, is_named: bool) -> list[Piece]:
        """is_named: its title stands in its text, and not in its properties alone."""
        document, job = self.draft.document, self.job
        told: list[Piece] = []
        for picture in self.draft.pictures:
            name = f"picture{len(job.pictures) + 1}.{picture.name.rpartition('.')[2]}"
            self.names[picture.name] = name
            job.pictures.append(Picture(name, picture.content))
        if document.title and is_named:
            role = Role.TITLE if is_first else Role.HEADING
            told.append(Line(job.keys.new(), (Run(document.title),), role, 1))
        else:
            job.leave_out(Reason.METADATA, document.title, "properties", "")
        if document.subtitle:
            told.append(Line(job.keys.new(), (Run(document.subtitle),), Role.SUBTITLE if is_first else Role.BODY))
        told += self._blocks(document.blocks)
        for note in document.notes:
            job.inner_notes[self._key(note.key)] = self._runs(note.runs)
        job.left_out += self._keyed(self.draft.left_out)
        job.review_notes += self._keyed(self.draft.review_notes)
        job.findings += self._keyed(self.draft.findings)
        job.equations += self._keyed(self.draft.equations)
        job.told_things.update(dict(self.draft.told_things))
        return told

    def _key(self, key: str) -> str:
        if key not in self.keys:
            self.keys[key] = self.job.keys.new()
        return self.keys[key]

    def _keyed(self, found: Iterable[_Keyed]) -> Iterator[_Keyed]:
        return (replace(one, key=self.keys.get(one.key, "")) for one in found)

    def _runs(self, runs: Runs) -> Runs:
        told = []
        for run in runs:
            is_new = bool(run.note) and run.note not in self.keys
            note = self._key(run.note) if run.note else ""
            if is_new:
                self.job.waiting_notes.append((INNER, note, note))
            language = apart(run.language or self.draft.language, self.job.language)
            told.append(replace(run, note=note, language=language if run.text.strip() else ""))
        return tuple(told)

    def _blocks(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        for block in blocks:
            match block:
                case Heading():
                    yield Line(self._key(block.key), self._runs(block.runs), Role.HEADING, block.level)
                case Paragraph():
                    yield Line(self._key(block.key), self._runs(block.runs))
                case Quote():
                    runs = joined([self._runs(block.runs), self._runs(block.attribution)], BREAK)
                    yield Line(self._key(block.key), runs, Role.QUOTE)
                case ListBlock():
                    yield from self._items(block.items, f"inner {self._key(block.key)}", 0, ordered=block.ordered)
                case Table():
                    rows = tuple(Row(self._key(row.key), tuple(map(self._runs, row.cells))) for row in block.rows)
                    yield replace(block, key=self._key(block.key), caption=self._runs(block.caption), rows=rows)
                case Figure():
                    caption = self._runs(block.caption)
                    source = self.names.get(block.source, block.source)
                    yield replace(block, key=self._key(block.key), source=source, caption=caption)
                case _:
                    yield from self._blocks(block.blocks)

    def _items(self, items: Iterable[Item], series: str, level: int, *, ordered: bool) -> Iterator[Line]:
        for number, item in enumerate(items, 1):
            label = Label(series, level, ordered, f"{number}." if ordered else "")
            yield Line(self._key(item.key), self._runs(item.runs), Role.BODY, 0, label)
            yield from self._items(item.items, series, level + 1, ordered=item.ordered)
