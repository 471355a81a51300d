"""Words and addresses cut at the end of a line, put together again. Pure."""

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-\u2010\u00ad\u2011"
_CUT = re.compile(rf"([^\W\d_]{{2,}})([{HYPHENS}])$")
_GOES_ON = re.compile(r"[^\W\d_]+")
LONGEST_WORD = 400  # characters of a text that are looked at for the word it ends with
LETTERS_A_WORD = 5  # East Asian letters for each space between two, below which their words are parted by spaces
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]")
_BETWEEN_EAST_ASIAN = re.compile(rf"(?<={_EAST_ASIAN.pattern}) (?={_EAST_ASIAN.pattern})")
_ENDS, _BEGINS = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_NUMBER_ENDS, _NUMBER_BEGINS = re.compile(r"(?<![\d.,])\d+$"), re.compile(r"\d+(?![\d.,]\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+$", re.IGNORECASE)
_MORE_OF_ADDRESS = re.compile(r"[\w./~%?&=#+:@!$'*;,-]+")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


class Vocabulary:
    """The words of a whole text, which tell whether a cut word has a hyphen of its own."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._numbers: Counter[str] = Counter()
        letters = spaces = others = 0
        for line in lines:
            for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line):
                self._words.add(word.lower())
            self._numbers.update(re.findall(r"\d+", line))
            letters += len(_EAST_ASIAN.findall(line))
            others += sum(map(str.isalpha, line))
            spaces += len(_BETWEEN_EAST_ASIAN.findall(line))
        self._spaced = spaces * LETTERS_A_WORD > letters
        self._cuts_numbers = letters * 2 > others  # East Asian letters are of the others too

    def needs_space(self, before: str, after: str) -> bool:
        """Between what ends one line and begins the next. Chinese and Japanese go on without one; where words of such
        letters are parted by spaces, as in Korean, a line may end inside a word, which the text has elsewhere whole."""
        if not before or not after or not (_EAST_ASIAN.match(before[-1]) and _EAST_ASIAN.match(after[0])):
            return True
        if not self._spaced:
            return False
        first, second = _ENDS.search(before), _BEGINS.match(after)
        if not first or not second:
            return True
        return (first[0] + second[0]).lower() not in self._words

    def joined(self, before: str, after: str) -> tuple[str, str] | None:
        """The whole word for what ends one line and begins the next, and how it was cut; None where none was cut.

        A capital or digit before the hyphen, or a hyphenated word of the same letters elsewhere, keeps the hyphen.
        """
        if number := self.number_joined(before, after):
            return number
        cut, goes_on = _CUT.search(before), _GOES_ON.match(after)
        if not cut or not goes_on or (not goes_on[0][0].islower() and goes_on[0][0].upper() != goes_on[0][0].lower()):
            return None
        first, second = cut[1], goes_on[0]
        whole, hyphenated = (first + second).lower(), f"{first}-{second}".lower()
        if cut[2] in "\u2010\u00ad" or whole in self._words:
            kept = ""
        elif first.isupper() or hyphenated in self._words or cut[2] == "\u2011" or before[: cut.start()].endswith("-"):
            kept = "-"
        else:
            kept = ""
        return first + kept + second, f"{first}{cut[2] if cut[2] != chr(0xAD) else '-'}/{second}"

    def number_joined(self, before: str, after: str) -> tuple[str, str] | None:
        """A number that a full line of Chinese or Japanese has cut without a sign: the text has it elsewhere whole, and
        no more often in those two pieces."""
        if not self._cuts_numbers:
            return None
        first, second = _NUMBER_ENDS.search(before[-LONGEST_WORD:]), _NUMBER_BEGINS.match(after)
        if not first or not second:
            return None
        whole = first[0] + second[0]
        if self._numbers[whole] < max(1, min(self._numbers[first[0]], self._numbers[second[0]])):
            return None
        return whole, f"{first[0]}/{second[0]}"


def rest_of_address(before: str, after: str) -> str:
    """What of the beginning of a line goes on with the address that ends the line before; "" for nothing.

    An address never ends with the signs that join its parts; behind a slash, and with a slash at the beginning, goes on
    what no word of a sentence looks like.
    """
    address, more = _ADDRESS.search(before), _MORE_OF_ADDRESS.match(after)
    if not address or not more:
        return ""
    rest = more[0]
    if before[: address.start()].endswith("<"):  # as RFC 3986 says to set addresses apart
        return rest if after[len(rest) :].startswith(">") else ""
    looks_so = re.search(r"\d|[-_=?%~#&]|[./]\w+[./]\w|\w\.[a-z]{2,5}(?:\W|$)", rest) is not None
    last = address[0][-1]
    goes_on = last in "-_?&=%#~+" or (last == "/" and looks_so) or (rest[0] in "/?&#=" and len(rest) > 1)
    return rest if goes_on else ""


def join_lines(lines: list[str], vocabulary: Vocabulary) -> tuple[str, list[str]]:
    """Lines as one text, and how words were put together: "inter-/national → international"."""
    text, told = "", []
    for line in lines:
        line = line.strip()
        if not text:
            text = line
            continue
        end = text[-LONGEST_WORD:]
        if rest := rest_of_address(end, line):
            told.append(f"{end.rsplit(maxsplit=1)[-1]} / {rest}")
            text += line
            continue
        found = vocabulary.joined(end, line)
        if found is None:
            text += f" {line}" if vocabulary.needs_space(end, line) else line
            continue
        word, cut = found
        first = cut.partition("/")[0]
        text = text[: len(text) - len(first)] + word + line[len(cut.partition("/")[2]) :]
        told.append(f"{cut} → {word}")
    return text, told
