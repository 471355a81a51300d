"""The account of a file that was read: every word of it is in the draft, or left out for a reason, or an error of ours.

Pure, and linear in the words (their order is a longest increasing run, n log n). A reader's `words` and its `read` are
written apart and meet here alone: what one of them overlooks, the other brings to light.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from formats.draft import Draft, Source, Thing
from formats.ledger.draft_contents import Tally, draft_texts, tallies_of_things
from formats.ledger.lines import Lines
from formats.ledger.word_matching import Match
from formats.segmentation import is_number

LONG_LINE = 8  # words; a shorter line may be the end of a paragraph here and a cell of a table there


@dataclass(frozen=True, slots=True)
class Unaccounted:
    """Words that stand next to each other in the file, and nowhere in the draft nor among what was left out."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """words: of the file = kept + moved + all of left_out + unaccounted_words.

    moved: kept, but in another order than in the file. left_out: words by `Reason`. added: words of the draft that the
    file does not hold as text, such as numbers its lists drew. numbers: those words that begin with a digit, of which
    numbers_unaccounted are lost. things: by `Thing`; headings by their level too.
    """

    words: int = 0
    kept: int = 0
    moved: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unaccounted: tuple[Unaccounted, ...] = ()
    unaccounted_words: int = 0
    added: tuple[str, ...] = ()
    numbers: int = 0
    numbers_unaccounted: int = 0
    things: dict[str, Tally] = field(default_factory=dict)

    @property
    def balanced(self) -> bool:
        return not self.unaccounted_words

    def as_json(self) -> dict[str, Any]:
        """Plain data, to be stored with the draft."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Ledger":
        return cls(
            **{
                **data,
                "unaccounted": tuple(Unaccounted(**one) for one in data["unaccounted"]),
                "added": tuple(data["added"]),
                "things": {thing: Tally(**tally) for thing, tally in data["things"].items()},
            }
        )


def account(draft: Draft, sources: Iterable[Source]) -> Ledger:
    """The words of a file, as its reader's `words` tells them, against its draft."""
    held = list(sources)
    in_file = Lines((source.text, source.place) for source in held if source.thing == Thing.WORDS)
    in_draft = Lines((text, "") for text in draft_texts(draft.document))
    out = Lines((left.text, str(left.reason)) for left in draft.left_out)
    match = Match(in_file, in_draft, out)
    match.whole_lines(LONG_LINE)
    match.stretches()
    match.whole_lines(1)
    match.single_words()
    match.pieces()
    order = [position for side, position in match.partner if side is in_draft and position >= 0]
    in_order = _longest_increasing(order)
    reasons = Counter(out.places[position] for side, position in match.partner if side is out)
    lost = [position for position, (side, _) in enumerate(match.partner) if side is None]
    kept = sum(side is in_draft for side, _ in match.partner)
    return Ledger(
        words=len(in_file.words),
        kept=kept - (len(order) - in_order),
        moved=len(order) - in_order,
        left_out=dict(sorted(reasons.items())),
        unaccounted=tuple(_stretches(in_file, lost)),
        unaccounted_words=len(lost),
        added=tuple(word for word, used in zip(in_draft.words, in_draft.used, strict=True) if not used),
        numbers=sum(map(is_number, in_file.words)),
        numbers_unaccounted=sum(is_number(in_file.words[position]) for position in lost),
        things=tallies_of_things(draft, held),
    )


def _longest_increasing(order: list[int]) -> int:
    tails: list[int] = []
    for position in order:
        if not tails or position > tails[-1]:
            tails.append(position)
        else:
            tails[bisect_left(tails, position)] = position
    return len(tails)


def _stretches(side: Lines, lost: list[int]) -> Iterator[Unaccounted]:
    start = 0
    for end in range(1, len(lost) + 1):
        parted = (
            end == len(lost) or lost[end] != lost[end - 1] + 1 or side.places[lost[end]] != side.places[lost[start]]
        )
        if parted:
            yield Unaccounted(" ".join(side.words[place] for place in lost[start:end]), side.places[lost[start]])
            start = end
