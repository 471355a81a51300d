"""Letters of a line with Arabic or Hebrew in it, from where they stand to the order they are read in. Pure.

PDFium turns some stretches of such a line and not others. Where letters stand is certain: from right to left, Latin
words and numbers in it from left to right.
"""

import re
import unicodedata
from dataclasses import dataclass

RIGHT_TO_LEFT = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BETWEEN_LETTERS = 1.2  # points
_PAIRS = {"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "«": "»", "»": "«", "<": ">", ">": "<"}
_OPEN, _CLOSED = "([{«", ")]}»"
_IN_NUMBERS = frozenset(".,:/-٫٬%")


@dataclass(frozen=True, slots=True)
class Letter:
    """place: of the letter in the page of PDFium, to find its style by."""

    text: str
    x0: float
    x1: float
    place: int

    @property
    def middle(self) -> float:
        return self.x0 + self.x1


def in_reading_order(letters: list[Letter]) -> list[Letter]:
    """letters: of one line, without spaces that PDFium made up."""
    chunks = sorted(_chunks(_clusters(letters)), key=lambda chunk: -max(cluster[0].middle for cluster in chunk))
    clusters = [cluster for chunk in chunks for cluster in chunk]
    ordered: list[list[Letter]] = []
    stretch: list[list[Letter]] = []
    for cluster in [*clusters, None]:
        if cluster is not None and not RIGHT_TO_LEFT.match(cluster[0].text):
            stretch.append(cluster)
            continue
        ordered += _latin(stretch)
        stretch = []
        if cluster is not None:
            ordered.append(cluster)
    return _brackets([letter for cluster in ordered for letter in cluster])


def _clusters(letters: list[Letter]) -> list[list[Letter]]:
    """A letter with its marks, and the letters of a ligature, which PDFium turns with the rest."""
    clusters: list[list[Letter]] = []
    waiting: list[Letter] = []  # marks before their letter
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else None
        leftwards = before is None or before.middle >= letter.middle
        if unicodedata.combining(letter.text):
            if clusters and leftwards:
                clusters[-1].append(letter)
            else:
                waiting.append(letter)
        elif clusters and RIGHT_TO_LEFT.match(letter.text) and _same_box(clusters[-1][0], letter):
            turned = len(clusters) > 1 and clusters[-2][0].middle > letter.middle
            clusters[-1].insert(0, letter) if turned else clusters[-1].append(letter)
        else:
            clusters.append([letter, *waiting])
            waiting = []
    if waiting:
        clusters.append(waiting)
    return clusters


def _chunks(clusters: list[list[Letter]]) -> list[list[list[Letter]]]:
    """Neighbouring right-to-left letters in reading order: inside a word they may lie over each other."""
    chunks: list[list[list[Letter]]] = []
    for cluster in clusters:
        last = chunks[-1][-1][0] if chunks else None
        if (
            last is not None
            and RIGHT_TO_LEFT.match(last.text)
            and RIGHT_TO_LEFT.match(cluster[0].text)
            and max(cluster[0].x0 - last.x1, last.x0 - cluster[0].x1) < BETWEEN_LETTERS
        ):
            chunks[-1].append(cluster)
        else:
            chunks.append([cluster])
    return [chunk if chunk[0][0].middle >= chunk[-1][0].middle else chunk[::-1] for chunk in chunks]


def _same_box(one: Letter, other: Letter) -> bool:
    return abs(one.x0 - other.x0) < 0.01 and abs(one.x1 - other.x1) < 0.01


def _latin(stretch: list[list[Letter]]) -> list[list[Letter]]:
    """What stands between right-to-left letters, given from right to left: words and numbers are turned."""
    kinds = [_kind(cluster[0].text) for cluster in stretch]
    if "L" in kinds:
        wanted = [place for place, kind in enumerate(kinds) if kind in "LN"]
        first, last = wanted[0], wanted[-1]
        while first > 0 and stretch[first - 1][0].text == "/":  # the end of an address
            first -= 1
        return [*stretch[:first], *stretch[first : last + 1][::-1], *stretch[last + 1 :]]
    told: list[list[Letter]] = []
    number: list[list[Letter]] = []
    for place, cluster in enumerate(stretch):
        inside = kinds[place] == "N" or (
            cluster[0].text in _IN_NUMBERS
            and 0 < place < len(stretch) - 1
            and kinds[place - 1] == kinds[place + 1] == "N"
        )
        if inside:
            number.append(cluster)
            continue
        told += [*number[::-1], cluster]
        number = []
    return told + number[::-1]


def _kind(letter: str) -> str:
    if letter.isdigit():
        return "N"
    return "L" if letter.isalpha() else " "


def _brackets(letters: list[Letter]) -> list[Letter]:
    """Files differ in whether a turned bracket is written as it looks or as it is meant."""
    wrong = right = 0
    depth = 0
    for letter in letters:
        if letter.text in _OPEN:
            depth += 1
        elif letter.text in _CLOSED:
            right, wrong = (right + 1, wrong) if depth > 0 else (right, wrong + 1)
            depth -= 1
    if wrong <= right:
        return letters
    return [Letter(_PAIRS.get(letter.text, letter.text), letter.x0, letter.x1, letter.place) for letter in letters]


def is_turned(letters: list[Letter]) -> bool:
    return any(RIGHT_TO_LEFT.match(letter.text) for letter in letters)
