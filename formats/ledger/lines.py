"""Texts as one sequence of words, cut into lines, for the ledger. Pure."""

from collections.abc import Iterable

from formats.segmentation import words


class Lines:
    """Texts as one sequence of words, with what each line begins and where each word stands."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self.words: list[str] = []
        self.places: list[str] = []
        self.lines: list[tuple[int, int]] = []  # from, to
        for text, place in texts:
            for line in text.split("\n"):
                found = list(words(line))
                if found:
                    self.lines.append((len(self.words), len(self.words) + len(found)))
                    self.words += found
                    self.places += [place] * len(found)
        self.used = [False] * len(self.words)

    def line(self, place: tuple[int, int]) -> tuple[str, ...]:
        return tuple(self.words[slice(*place)])
