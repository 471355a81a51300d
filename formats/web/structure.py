"""What a whole draft says that no single block does: title, levels of headings, captions, guesses. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from editions.document.model import Block, Figure, Heading, Mark, Paragraph, Run, Runs, Table, text_of_runs
from formats.draft import Doubt, Reason
from formats.web.drafting import Drafting
from formats.web.runs import all_marked, without_mark

DEEPEST_HEADING = 5
LONGEST_CAPTION = 300  # characters of one that only its beginning tells of
LONGEST_HEADING = 160  # characters of a guessed one
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4})\.?\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s")
_ENDS_A_SENTENCE = re.compile(r"[.,;:!?。，；：！？]$")
_LABELS = r"(?:figure|fig\.|table|chart|box|рис|таблица|图|表|tableau|tabla|cuadro|figura|شكل|جدول)"
_LABEL = re.compile(rf"{_LABELS}\s*\d*", re.IGNORECASE)
_LABELLED = re.compile(rf"{_LABELS}\s*\d+(?:[.-]\d+)*\s*(?:[.:：–—-]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Titled:
    title: str
    blocks: list[Block]


def captions_attached(blocks: list[Block], captions: set[str]) -> list[Block]:
    """Paragraphs that are captions, by key, given to the figure before or the table after them, else the other way."""
    told: list[Block] = list(blocks)
    for place, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not (block.key in captions or _is_labelled(block)):
            continue
        before = told[place - 1] if place else None
        after = told[place + 1] if place + 1 < len(told) else None
        table_first = bool(
            re.match(r"(?:table|tab\.|таблица|表|tableau|tabla|cuadro|جدول)", text_of_runs(block.runs), re.IGNORECASE)
        )
        order = [(after, Table, 1), (before, Figure, -1), (before, Table, -1), (after, Figure, 1)]
        if not table_first:
            order = [order[1], order[0], order[3], order[2]]
        for neighbour, kind, step in order:
            if isinstance(neighbour, kind) and isinstance(neighbour, Figure | Table) and not neighbour.caption:
                told[place + step] = replace(neighbour, caption=_without_look(block.runs))
                told[place] = replace(block, runs=())
                break
    return [block for block in told if not isinstance(block, Paragraph) or block.runs]


def _is_labelled(block: Paragraph) -> bool:
    """Whether a paragraph begins as captions do, "Table 3: Costs", and is no longer than they are."""
    text = text_of_runs(block.runs)
    return len(text) <= LONGEST_CAPTION and bool(_LABELLED.match(text))


def _without_look(runs: Runs) -> Runs:
    """A caption all in italics or bold is set so as a caption."""
    for mark in (Mark.EMPHASIS, Mark.STRONG):
        runs = without_mark(runs, mark) if all_marked(runs, mark) else runs
    return runs


def titled(blocks: list[Block], said: str, drafting: Drafting) -> Titled:
    """The title: what the file calls itself (said), or its only first heading with others below it.

    A first heading that says the title again is the title, and stands in the text no more.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    first = blocks[0] if blocks and isinstance(blocks[0], Heading) else None
    words = " ".join(text_of_runs(first.runs).split()) if first else ""
    if first is None or any(run.note for run in first.runs):
        return Titled(said, blocks)
    if not said and heads_a_part(words):
        return Titled(said, blocks)
    alone = sum(heading.level <= first.level for heading in headings) == 1
    if said and _says(said, words):
        if said != words:
            drafting.leave_out(Reason.DOUBLE, said, "title")
        return Titled(words, blocks[1:])
    if not said and alone and len(headings) > 1:
        return Titled(words, blocks[1:])
    return Titled(said, blocks)


def heads_a_part(words: str) -> bool:
    """Whether a heading is that of the first part rather than of the whole: numbered, or but a number."""
    return bool(_NUMBER.match(words)) or not any(map(str.isalpha, words))


def _says(title: str, heading: str) -> bool:
    """Whether the file's title is the heading, or the heading and the name of a site."""
    one, other = (re.sub(r"\W+", " ", text).strip().casefold() for text in (title, heading))
    if one == other:
        return bool(one)
    return (
        bool(other)
        and len(other) > 5
        and one.startswith(other)
        and bool(re.match(r"\s*[-–—|·:•»]", title[len(heading) :]))
    )


def levels_without_gaps(blocks: Iterable[Block]) -> list[Block]:
    """The levels of headings that are in use, from 1."""
    told = list(blocks)
    used = sorted({block.level for block in told if isinstance(block, Heading)})
    levels = {level: min(place, DEEPEST_HEADING) for place, level in enumerate(used, 1)}
    return [replace(block, level=levels[block.level]) if isinstance(block, Heading) else block for block in told]


def guessed_headings(blocks: list[Block], drafting: Drafting) -> list[Block]:
    """Bold paragraphs that are headings: numbered "4.2.3", or any short one in a file that has no headings at all."""
    none_yet = not any(isinstance(block, Heading) for block in blocks)
    told: list[Block] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and _may_be_heading(block.runs):
            numbered = _NUMBERED.match(text_of_runs(block.runs))
            followed = place + 1 < len(blocks) and not _is_bold(blocks[place + 1])
            if numbered or (none_yet and followed and len(text_of_runs(block.runs).split()) <= 12):
                level = numbered[1].count(".") + 1 if numbered else 1
                drafting.find(Doubt.HEADING_GUESSED, text_of_runs(block.runs), block.key)
                told.append(Heading(block.key, level, without_mark(block.runs, Mark.STRONG)))
                continue
        told.append(block)
    return told


def _is_bold(block: Block) -> bool:
    return isinstance(block, Paragraph) and all_marked(block.runs, Mark.STRONG)


def _may_be_heading(runs: Runs) -> bool:
    text = text_of_runs(runs)
    return (
        len(text) <= LONGEST_HEADING
        and "\n" not in text
        and all_marked(runs, Mark.STRONG)
        and not any(run.href for run in runs)
        and not ends_a_sentence(text)
        and not _LABEL.match(text)
        and any(letter.isalpha() for letter in text)
    )


def ends_a_sentence(text: str) -> bool:
    """Whether a text ends as sentences do, or as what leads to the next."""
    return bool(_ENDS_A_SENTENCE.search(text))


def heading_runs(runs: Runs) -> Runs:
    """Of a heading or a head of a column: bold all through says nothing there; line breaks are spaces."""
    told: list[Run] = [replace(run, text=run.text.replace("\n", " ")) for run in runs]
    return without_mark(tuple(told), Mark.STRONG) if all_marked(tuple(told), Mark.STRONG) else tuple(told)
