"""A proposed wording carried over to a paragraph that has changed meanwhile, where the changes do not meet. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from editions.comparison.word_diff import tokens


@dataclass(frozen=True, slots=True)
class Edit:
    """Words from `start` up to `end` of a text are replaced by `words`. start == end: they are put in there."""

    start: int
    end: int
    words: tuple[str, ...]


def spaced_words(text: str) -> list[str]:
    """Words and signs, each with the space before it as one blank, the first too. Joined and stripped they are the
    text in one line."""
    found: list[str] = []
    blank = " "
    for token in tokens(text.strip()):
        if token.isspace():
            blank = " "
        else:
            found.append(blank + token)
            blank = ""
    return found


def edits(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """What makes one list of words the other, in the order of the text."""
    # autojunk would drop frequent words of a paragraph with 200 or more.
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Edit(i1, i2, tuple(after[j1:j2])) for tag, i1, i2, j1, j2 in steps if tag != "equal"]


def carried_over(before: str, proposed: str, present: str) -> str | None:
    """The present text with the change from `before` to `proposed`, or None where both changed the same place.

    Changes that only touch count as the same place: whether they fit together is for a person to say. Line ends in
    `proposed` begin new paragraphs, and are carried over with the last words before them.
    """
    if _in_one_line(before) == _in_one_line(present):
        return proposed
    first, *rest = proposed.split("\n")
    base = spaced_words(before)
    mine = edits(base, spaced_words(first))
    theirs = edits(base, spaced_words(present))
    if any(_meet(one, other) for one in mine for other in theirs if one != other):
        return None
    words = list(base)
    for edit in sorted({*mine, *theirs}, key=lambda each: (each.start, each.end), reverse=True):
        words[edit.start : edit.end] = edit.words
    return "\n".join(["".join(words).strip(), *rest])


def _meet(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
