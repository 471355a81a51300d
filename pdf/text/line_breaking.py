"""Where a line may end: spaces, hyphens, Chinese rules, words without spaces, syllables. Pure.

Chinese rules follow the W3C's "Requirements for Chinese Text Layout" (clreq), section 3.1.4: some signs may not begin
a line, some may not end one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import pyphen
from icu4py.breakers import LineBreaker

NOT_AT_START = frozenset(
    "，。、；：！？）】》〉」』〕〗〙〛”’…—～·•℃％‰!),.:;?]}%'\"»›々ー‐–〜゠ゝゞヽヾ・ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ"
)
NOT_AT_END = frozenset("（【《〈「『〔〖〘〚“‘([{«‹$£¥€￥＄#")
INSEPARABLE = frozenset("—…‥")  # two of a kind stay together

_IDEOGRAPH = "\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
IDEOGRAPHIC = re.compile(f"[{_IDEOGRAPH}\U00020000-\U0003ffff]")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f]")
"""Thai, Lao, Burmese and Khmer, which part no words: where one ends, only a dictionary knows (ICU's, docs/adr/0138)."""
_SIMPLE_UNIT = re.compile(r"[^ \n]+ *\n?| *\n| +")
_STAYS_BEHIND = re.compile(r"[:;!?»›%‰°…)\]}]+[.,:;!?»›]* *\n?")  # French parts them by a space from their word
_STAYS_BEFORE = re.compile(r"[«‹¿¡(\[{]+ +")
_IN_WORD = re.compile(r"(?<=[^\W\d_])[-‐–—](?=[^\W\d_])|[\u00ad\u200b]")
_IN_ADDRESS = re.compile(r"(?<=[\w=&?#%])[/&?=#](?=\w)")
_HAS_DIGIT = re.compile(r"\d")  # such a word may be an identifier, which is never torn at its hyphens

SYLLABLES = {"en": "en_GB", "en-us": "en_US", "fr": "fr", "es": "es", "ru": "ru_RU"}
"""BCP 47 -> pyphen's dictionary. None for Arabic and Chinese, which are not hyphenated."""

LONGEST_UNIT = 90
"""Characters; nothing longer is a word. It is cut here already, since to try its places one by one takes for ever."""

LEAST_TORN = 4
"""Characters on either side of where something wider than a line is torn, if it is long enough for that."""

SHORTEST_HYPHENATED = 7  # letters; shorter words gain little and look torn


def units(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the pieces between places where a line may end; a piece keeps the spaces that follow it."""
    start = end = 0
    for match in _SIMPLE_UNIT.finditer(text):
        opens = start < end and _STAYS_BEFORE.fullmatch(text, start, end)
        if start < end and not opens and not (text[end - 1] == " " and _STAYS_BEHIND.fullmatch(match[0])):
            yield from _word_units(text, start, end)
            start = match.start()
        end = match.end()
    if start < end:
        yield from _word_units(text, start, end)


def _word_units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    word = text[start:end]
    if _SPACELESS.search(word):
        for part in LineBreaker(word, "und"):
            yield start, start + len(part)
            start += len(part)
        return
    if end - start > LONGEST_UNIT:
        for cut in range(start, end, LONGEST_UNIT):
            yield from _word_units(text, cut, min(cut + LONGEST_UNIT, end))
        return
    if word.isascii() and "-" not in word and "/" not in word:
        yield start, end
        return
    cuts = [match.end() for match in _IN_ADDRESS.finditer(word)]
    if not _HAS_DIGIT.search(word):
        cuts += [match.end() for match in _IN_WORD.finditer(word)]
    if IDEOGRAPHIC.search(word):
        cuts += [place for place in range(1, len(word.rstrip(" "))) if _between(word[place - 1], word[place])]
    previous = 0
    for cut in sorted(set(cuts)):
        if previous < cut < len(word):
            yield start + previous, start + cut
            previous = cut
    yield start + previous, end


def _between(left: str, right: str) -> bool:
    """Whether a line may end between two characters, at least one of which is Chinese."""
    if not (IDEOGRAPHIC.match(left) or IDEOGRAPHIC.match(right)):
        return False
    if left == right and left in INSEPARABLE:
        return False
    return right not in NOT_AT_START and left not in NOT_AT_END and right != " "


@cache
def _dictionary(name: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=name, left=3, right=3)


def syllable_cuts(word: str, language: str) -> list[int]:
    """Places where a word may be hyphenated, last first; empty for short words and languages without syllables."""
    low = language.lower()
    name = SYLLABLES.get(low) or SYLLABLES.get(low.split("-")[0])
    letters = word.strip("“”‘’«»()[].,;:!?…\"'")
    if name is None or len(letters) < SHORTEST_HYPHENATED or not letters.isalpha() or letters.isupper():
        return []
    offset = word.index(letters)
    return [offset + place for place in reversed(_dictionary(name).positions(letters))]


def torn_at(text: str, most: int) -> int:
    """Where to cut what has to be cut, so that at most so many characters stay: no letter is parted from its marks, and
    no end of a few characters stands alone. At least 1."""
    place = most
    if len(text) > 2 * LEAST_TORN:
        place = max(min(most, len(text) - LEAST_TORN), 1)
    while place > 1 and (unicodedata.category(text[place])[0] == "M" or "\u200d" in text[place - 1 : place + 1]):
        place -= 1
    return place
