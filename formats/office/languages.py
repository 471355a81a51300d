"""Languages of text as files declare them, believed only where the letters allow it. Pure.

Writers' programs put their own default language on everything; a Chinese report that is said to be English is not.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_OF_SCRIPT = {
    "ARABIC": frozenset(["ar", "fa", "ur", "ps", "ku", "ckb", "ug", "sd", "pa", "ks", "az", "ms"]),
    "HEBREW": frozenset(["he", "yi", "iw"]),
    "CYRILLIC": frozenset(
        [
            "ru",
            "uk",
            "be",
            "bg",
            "sr",
            "mk",
            "kk",
            "ky",
            "mn",
            "tg",
            "uz",
            "tt",
            "ba",
            "cv",
            "os",
            "ab",
            "az",
            "bs",
            "sah",
            "tk",
        ]
    ),
    "CJK": frozenset(["zh", "ja", "ko", "yue", "cmn"]),
    "HIRAGANA": frozenset({"ja"}),
    "KATAKANA": frozenset({"ja"}),
    "HANGUL": frozenset({"ko"}),
    "GREEK": frozenset({"el", "grc"}),
    "THAI": frozenset({"th"}),
    "DEVANAGARI": frozenset(["hi", "mr", "ne", "sa", "bho", "mai", "kok"]),
    "BENGALI": frozenset({"bn", "as"}),
    "TAMIL": frozenset({"ta"}),
    "ARMENIAN": frozenset({"hy"}),
    "GEORGIAN": frozenset({"ka"}),
    "ETHIOPIC": frozenset({"am", "ti"}),
}
_NEVER_LATIN = frozenset(
    [
        "ar",
        "fa",
        "ur",
        "ps",
        "he",
        "yi",
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "zh",
        "ja",
        "el",
        "th",
        "hi",
        "mr",
        "ne",
        "bn",
        "ta",
        "hy",
        "ka",
        "am",
        "ko",
    ]
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SAMPLE = 200  # characters of a run that decide


def tag(language: str) -> str:
    """A BCP 47 tag as programs write it, or "" for what is none, such as x-none or zxx."""
    language = language.strip().replace("_", "-")
    return language if _TAG.fullmatch(language) and primary(language) not in ("zxx", "und", "mul") else ""


def primary(language: str) -> str:
    return language.split("-")[0].lower()


def script_of(text: str) -> str:
    """The script of most letters, as the character names begin: LATIN, ARABIC, CJK; "" for a text without letters."""
    sample = [char for char in text[:SAMPLE] if char.isalpha()]
    if all(char < "\u0250" for char in sample):
        return "LATIN" if sample else ""
    found = Counter(unicodedata.name(char, "").partition(" ")[0].partition("-")[0] for char in sample)
    return found.most_common(1)[0][0]


def fits(language: str, text: str) -> bool:
    """Whether a text may be in a language, as far as its letters tell."""
    script = script_of(text)
    if not script:
        return False
    if script == "LATIN":
        return primary(language) not in _NEVER_LATIN
    return script not in _OF_SCRIPT or primary(language) in _OF_SCRIPT[script]


def believed(candidates: Iterable[str], text: str) -> str:
    """The first declared language that the letters of the text allow, or ""."""
    return next((found for one in candidates if (found := tag(one)) and fits(found, text)), "")


class MainLanguage:
    """The language of most letters."""

    def __init__(self) -> None:
        self._letters: Counter[str] = Counter()

    def add(self, language: str, text: str) -> None:
        self._letters[language] += len(text)

    @property
    def language(self) -> str:
        """ "" where most of the text has none."""
        most = self._letters.most_common(1)
        return most[0][0] if most else ""
