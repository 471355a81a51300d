"""The words of a file that its draft neither keeps nor tells of, as one text."""

from collections import Counter
from collections.abc import Iterable

from formats.draft import Draft, Source, Thing
from formats.ledger import account, draft_texts
from formats.segmentation import words


def unaccounted(sources: Iterable[Source], draft: Draft) -> str:
    return " ".join(lost.text for lost in account(draft, sources).unaccounted)


def lost_letters(sources: Iterable[Source], draft: Draft) -> str:
    """For markup that no program writes: where one letter stands beside another, the ledger may pair words of one
    letter crosswise, and call two of them lost that stand as one word in the draft."""
    kept = _letters([*draft_texts(draft.document), *(left.text for left in draft.left_out)])
    said = _letters(source.text for source in sources if source.thing == Thing.WORDS)
    return "".join((said - kept).elements())


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter("".join(char for text in texts for word in words(text) for char in word if char.isalnum()))
