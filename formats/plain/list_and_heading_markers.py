"""Signs at the beginning of a line: bullets, numbers of items and of headings. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from formats.roman_numerals import roman, roman_value

_BULLETS = "•‣◦▪●○·∙■□►➢➤✓⁃*–—-\uf0b7\uf0a7\uf0d8"
_ITEM = re.compile(
    rf"(?P<bullet>[{re.escape(_BULLETS)}]|o(?=\t| {{2,}}))[ \t]+(?=\S)|"
    r"(?P<number>\d{1,3})[.)][ \t]+(?=\S)|\((?P<in_brackets>\d{1,3})\)[ \t]+(?=\S)|"
    r"(?P<wide>\d{1,3})(?:[、）]|．(?!\d))[ \t]*(?=\S)|（(?P<in_wide_brackets>\d{1,3})）[ \t]*(?=\S)|"
    r"(?P<han>[一二三四五六七八九十]{1,3})、[ \t]*(?=\S)|"
    r"[（(](?P<han_in_brackets>[一二三四五六七八九十]{1,3})[）)][ \t]*(?=\S)|"
    r"(?=(?:[a-z]|[ivx]{2,5})[.)]|\([a-z]{1,4}\))\(?(?P<letters>[a-z]{1,5})[.)][ \t]+(?=\S)"
)
_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})\.?[ \t]+(?=[^\W\d_a-z])")
_FIRST_LEVEL = re.compile(r"(\d{1,2})\.?[ \t]+(?=[^\W\d_a-z])")
_NAMED = re.compile(
    r"(?:chapter|annex|appendix|part|section|chapitre|annexe|capítulo|anexo|глава|приложение)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"第[一二三四五六七八九十\d]{1,4}[章节節部分]|[一二三四五六七八九十]{1,3}、")
_ROMAN = re.compile(r"([IVXLC]{1,7})(?:[.)]|(?: ?[-–—:]))?[ \t]+(?=[^\W\d_a-z])")
_HAN = "〇一二三四五六七八九"
_HAN_NUMBER = re.compile(rf"(?:(?P<tens>[{_HAN[1:]}])?(?P<ten>十))?(?P<ones>[{_HAN[1:]}])?")
_SENTENCE_END = re.compile(r"[.,;:!?。，；：！？)…]$")
LONGEST_HEADING = 100
LONGEST_BARE = 6
HIGHEST_ROMAN = 100


COUNTS_PLAINLY = frozenset({"1.", "1)", "(1)", "1、", "1．", "1）", "（1）"})
"""Kinds of numbering that a list of a draft draws itself: 1, 2, 3, whatever signs stand around."""


@dataclass(frozen=True, slots=True)
class Marker:
    """kind: the bullet itself, or "1." "1)" "(1)" "a)" … for a kind of numbering. number: 0 for a bullet."""

    text: str
    kind: str
    number: int
    rest: str

    @property
    def ordered(self) -> bool:
        return self.number > 0


def marker_of(line: str, expected: Collection[tuple[str, int]] = ()) -> Marker | None:
    """expected: kind and number of what would go on with open lists: "(i)" is the ninth letter after "(h)"."""
    stripped = line.strip()
    match = _ITEM.match(stripped)
    if not match:
        return None
    text, rest = match[0].strip(), stripped[match.end() :]
    if match["bullet"]:
        return Marker(text, text, 0, rest)
    if han := match["han"] or match["han_in_brackets"]:
        number = _han_value(han)
        return Marker(text, "一、" if match["han"] else "（一）", number, rest) if number else None
    if digits := match["number"] or match["in_brackets"] or match["wide"] or match["in_wide_brackets"]:
        return Marker(text, re.sub(r"\d+", "1", text), int(digits), rest) if int(digits) else None
    letters = match["letters"]
    readings = [Marker(text, text.replace(letters, kind), number, rest) for kind, number in _numbers(letters)]
    if found := next((one for one in readings if (one.kind, one.number) in expected), None):
        return found
    is_sign = text.endswith(")") or len(letters) > 1 or letters == "i"  # "v. Smith" begins no list
    return readings[0] if readings and is_sign else None


def bare_marker(line: str, following: str, expected: Collection[tuple[str, int]]) -> Marker | None:
    """A number or bullet with nothing behind it: an item that says nothing, where an open list expects it, or the next
    line is the item after it. expected: as of marker_of; a bullet counts as 0."""
    text = line.strip()
    if len(text) > LONGEST_BARE or (found := marker_of(f"{text} x", expected)) is None or found.text != text:
        return None
    after = marker_of(following, [(found.kind, found.number + 1)])
    begins = found.number <= 1 and after is not None and after.kind == found.kind
    begins = begins and (not found.ordered or (after is not None and after.number == found.number + 1))
    return replace(found, rest="") if begins or (found.kind, found.number) in expected else None


def _han_value(text: str) -> int:
    """1 to 99; 0 for what is no number in the order of its signs."""
    match = _HAN_NUMBER.fullmatch(text)
    if not match:
        return 0
    tens = (_HAN.index(match["tens"]) if match["tens"] else 1) if match["ten"] else 0
    return tens * 10 + (_HAN.index(match["ones"]) if match["ones"] else 0)


def roman_heading(line: str) -> int:
    """The number of a line that begins like a heading with a Roman numeral, "IV. Findings"; 0 for others."""
    text = line.strip()
    match = _ROMAN.match(text)
    if not match or len(text) > LONGEST_HEADING or _SENTENCE_END.search(text):
        return 0
    value = roman_value(match[1])
    return value if 0 < value <= HIGHEST_ROMAN and roman(value) == match[1].lower() else 0


def _numbers(letters: str) -> Iterator[tuple[str, int]]:
    """What letters can stand for, the likelier first, each with the letter its kind is named by."""
    value = roman_value(letters)
    is_roman = 0 < value <= HIGHEST_ROMAN and roman(value) == letters  # "(mix)" and "(vic)" are words
    if is_roman and (len(letters) > 1 or letters in "ivx"):
        yield "i", value
    if len(letters) == 1:
        yield "a", ord(letters) - 96
        if is_roman and letters not in "ivx":
            yield "i", value


def guessed_level(line: str, *, numbered_text: bool) -> int:
    """1 to 5 if a line that stands alone is a heading by its words, else 0. numbered_text: "4.2" stands elsewhere."""
    text = line.strip()
    if not text or len(text) > LONGEST_HEADING or _SENTENCE_END.search(text):
        return 0
    if match := _HEADING.match(text):
        return min(match[1].count(".") + 1, 5)
    if _NAMED.match(text) or _CHINESE.match(text):
        return 1
    if numbered_text and _FIRST_LEVEL.match(text):
        return 1
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= 4 and text == text.upper() and text != text.lower() and not re.match(r"[\d\W]+$", text):
        return 1
    return 0
