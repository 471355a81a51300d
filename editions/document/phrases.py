"""The runs of a passage by the language they are in. Pure."""

from collections.abc import Iterator
from itertools import groupby

from editions.document.model import Runs


def phrases(runs: Runs) -> Iterator[tuple[str, Runs]]:
    """Runs that follow each other in one language, and that language: "" for the text's own.

    A phrase with a bold word in it is one phrase: drawn as three, the three would stand in the order of the text around
    them. A note's mark belongs to the phrase it stands in.
    """
    languages = [run.language for run in runs]
    for place, run in enumerate(runs):
        if run.note:
            before = languages[place - 1] if place else ""
            after = next((other.language for other in runs[place:] if not other.note), "")
            languages[place] = before if before == after else ""
    place = 0
    for language, same in groupby(languages):
        end = place + len(list(same))
        yield language, runs[place:end]
        place = end
