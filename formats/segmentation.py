"""Words of a text, for comparing what a file held with what a draft holds. Pure.

Compared after NFKC, with case kept and without invisible format characters. Letters, marks and digits count; signs do
not. Scripts written without blanks are parted by character, as no dictionary is at hand that two sides would share.
"""

import re
import unicodedata
from collections.abc import Iterator

_MARKS = "".join(
    chr(code)
    for start, end in ((0x300, 0x1E00), (0x20D0, 0x2100), (0x302A, 0x3030), (0xA66F, 0xAC00), (0xFE20, 0xFE30))
    for code in range(start, end)
    if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Kana and Han
)
_LETTER = rf"(?:[^\W\d_{_SINGLE}]|[{_MARKS}])"
_WORD = re.compile(
    rf"[{_SINGLE}]|\d+(?:[.,]\d+)*|{_LETTER}(?:{_LETTER}|\d)*(?:['’]{_LETTER}+)*"  # 3.14, don't
)
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_NUMBER = re.compile(r"\d")


def words(text: str) -> Iterator[str]:
    """Every word in order. Same text, same words, on whichever side of a comparison it stands."""
    return iter(_WORD.findall(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))))


def is_number(word: str) -> bool:
    return _NUMBER.match(word) is not None
