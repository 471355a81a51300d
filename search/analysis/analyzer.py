"""Text to index terms, with the place of each in the text as given. Pure.

Both engines receive these terms joined by single spaces and do nothing to them, so they agree by construction.
Each word yields two terms: the exact form (case and diacritics folded, language-free) and the stem, which carries
the language it was made in (`fr:polit`): stems of different languages must not meet.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from search.analysis import word_forms
from search.analysis.traditional_chinese import simplified

VERSION = 5
"""Part of the name of an index folder: raise it with every change of what `analyse` answers."""

LONGEST_TERM = 60  # characters; longer words are cut, so that no engine meets a term of kilobytes

SNOWBALL = {
    "en": "english", "fr": "french", "es": "spanish", "ru": "russian", "de": "german", "pt": "portuguese",
    "it": "italian", "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian", "fi": "finnish",
    "ro": "romanian", "hu": "hungarian", "tr": "turkish",
}  # fmt: skip

ACRONYMS = frozenset({
    "ai", "bpf", "cctld", "cenb", "cert", "cirt", "cop", "csirt", "cstd", "ddos", "dns", "dnssec", "gbv", "gdc",
    "gge", "grulac", "gtld", "icann", "idn", "ietf", "igf", "iot", "ip", "ipv4", "ipv6", "isoc", "isp", "itu",
    "ixp", "lgbt", "lgbtqi", "mag", "ngo", "nog", "nri", "oewg", "pn", "rir", "sdg", "spam", "ube", "uce", "un",
    "unesco", "vaw", "weog", "wsis",
})  # fmt: skip
"""Never stemmed; a plural s is taken off, which Snowball does only where it finds a vowel (SDGs, IXPs)."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u00ad"
_SIGNED = r"(?<!\w)(?:[A-Za-z](?:\+\+|#)|\.(?:net|com|org|int|info|edu|gov|mil|arpa|NET))(?![\w+#])"
"""Names of which a sign is a part: C++, C#, .net, and the ends of addresses, which are spoken of here."""
_SIGNS = ("++", "#", " .", "(.", "/.", '".')
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_ASCII_WORD_OR_SIGNED = re.compile(rf"{_SIGNED}|[A-Za-z0-9]+")
_WORD = re.compile(rf"(?P<signed>{_SIGNED})|(?P<cjk>[{_CJK}]+)|[^\W_{_CJK}](?:[^\W_{_CJK}]|[{_MARKS}\u0900-\u0dff])*")
_NOTHING = re.compile(r"(?!)")
_FIRST_OF_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_PRINTERS_MARKS = str.maketrans(
    dict.fromkeys("\u00a0\u00a7\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026", " ")
)
_STRIPPED = re.compile(f"[{_MARKS}]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC_FORMS = str.maketrans("أإآٱىةی\u06a9" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹", "ااااي" + "ه" + "يك" + 2 * "0123456789")

_FIRST_LETTER_CHANGES = frozenset({"nl", "tr"})
"""Snowball takes ge- off Dutch words and hardens a Turkish d left alone. In the other languages a stem begins with the
letter of its word."""

# The light stemmer Lucene uses for Arabic ("light10": Larkey, Ballesteros, Connell, SIGIR 2002, pp. 275-282).
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل", "و")
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


class Token(NamedTuple):
    """stem: with the language it was made in, `cjk:` for the scripts without spaces. start, end: characters."""

    stem: str
    exact: str
    start: int
    end: int


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag: `zh-Hans` -> `zh`."""
    return language.partition("-")[0].lower()


def fold(word: str) -> str:
    """Case, compatibility forms, diacritics, vowel signs and shapes of digits set aside: `Genève` -> `geneve`.

    May be longer or shorter than the word: never take an offset from it.
    """
    if word.isascii():
        return word.lower()
    plain = _STRIPPED.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFC", plain).translate(_ARABIC_FORMS)


def analyse(text: str, language: str) -> list[Token]:
    """The terms of a text in reading order, offsets in characters of `text`. Total: any str gives an answer."""
    return list(tokens(text, language))


def tokens(text: str, language: str, start: int = 0) -> Iterator[Token]:
    """As `analyse`, one after the other, from a place on where a term begins."""
    language, plain = primary(language), _plain(text)
    if plain.isascii():
        words = _ASCII_WORD_OR_SIGNED if _may_be_signed(plain) else _ASCII_WORD
        return (Token(*_terms(m.group(), language), m.start(), m.end()) for m in words.finditer(plain, start))
    return _tokens_of_any(text, language, start)


def find(text: str, language: str, wanted: Callable[[str, str], bool], letters: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words stand whose (stem, exact form) are wanted: as `analyse`, without making what is not.

    letters: with which the wanted forms begin.
    """
    language, plain = primary(language), _plain(text)
    if not plain.isascii() or _may_be_signed(plain):
        begin = None if language in _FIRST_LETTER_CHANGES else frozenset(letters)
        found = _tokens_of_any(text, language, 0, begin)
        return [(token.start, token.end) for token in found if wanted(token[0], token[1])]
    patterns = (_ASCII_WORD,) if language in _FIRST_LETTER_CHANGES else tuple(map(_beginning, letters))
    return [m.span() for each in patterns for m in each.finditer(plain) if wanted(*_terms(m.group(), language))]


def _may_be_signed(plain: str) -> bool:
    return plain.startswith(".") or any(sign in plain for sign in _SIGNS)


@cache
def _beginning(letter: str) -> re.Pattern[str]:
    """Words of ASCII that begin with a letter, large or small."""
    if letter not in _FIRST_OF_ASCII:
        return _NOTHING
    return re.compile(f"[{letter}{letter.upper()}](?<![A-Za-z0-9].)[A-Za-z0-9]*", re.DOTALL)


def _plain(text: str) -> str:
    """With blanks for the marks of printers, so that most texts are of ASCII; every character keeps its place."""
    return text if text.isascii() else text.translate(_PRINTERS_MARKS)


def question_key(text: str) -> str:
    """One key for questions that differ in the order, case or endings of their words only."""
    return " ".join(sorted({token.stem for token in analyse(text, "en")}))[:400]


def _tokens_of_any(text: str, language: str, start: int, begin: frozenset[str] | None = None) -> Iterator[Token]:
    """begin: words that begin with another letter of ASCII may be left out."""
    for match in _WORD.finditer(text, start):
        if begin is not None and (first := text[match.start()].lower()) in _FIRST_OF_ASCII and first not in begin:
            continue
        if match["cjk"]:
            yield from _pairs(match.group(), match.start())
            continue
        stem, exact = _terms(match.group(), language)
        if exact:
            yield Token(stem, exact, match.start(), match.end())


def _pairs(run: str, start: int) -> Iterator[Token]:
    """Overlapping pairs of a run of characters; a single character stands alone. These scripts mark no words.

    Traditional characters are read as simplified ones, so that 垃圾郵件 finds 垃圾邮件 and is found by it.
    """
    size = min(len(run), 2)
    for place in range(len(run) - size + 1):
        pair = simplified(unicodedata.normalize("NFKC", run[place : place + size]))
        yield Token(f"cjk:{pair}", pair, start + place, start + place + size)


@lru_cache(maxsize=50_000)  # 486 bytes each: 24 MB, whatever strangers ask
def _terms(word: str, language: str) -> tuple[str, str]:
    """(stem with its language, exact form) of one word; both empty if nothing but marks is left."""
    exact = fold(word)[:LONGEST_TERM]
    if not exact:
        return "", ""
    base = exact.removesuffix("s")
    if exact in ACRONYMS or base in ACRONYMS:
        return f"{language}:{exact if exact in ACRONYMS else base}", exact
    language = _language_of_script(word, language)
    return f"{language}:{_stem(word, exact, language)}", exact


def _language_of_script(word: str, language: str) -> str:
    """A word in another script than its passage's is stemmed in the language that script most likely writes here."""
    if language not in {"ar", "fa", "ur", "ps"} and _ARABIC.search(word):
        return "ar"
    if language not in {"ru", "uk", "bg", "sr", "be", "mk"} and _CYRILLIC.search(word):
        return "ru"
    return language


def _stem(word: str, exact: str, language: str) -> str:
    if language == "ar":
        stem = _arabic_stem(exact)
        return _broken_plurals().get(stem, stem)
    if language not in SNOWBALL:
        return exact
    if language == "en" and exact.isascii():
        word = word_forms.english(exact)
    elif language == "ru":
        word = word_forms.RUSSIAN.get(exact, word)
    # Diacritics are folded after stemming: the French and Spanish rules read them.
    stem = str(_stemmer(language).stemWord(unicodedata.normalize("NFC", word[:LONGEST_TERM].casefold())))
    return fold(stem)[:LONGEST_TERM] or exact


@cache
def _with_waw() -> frozenset[str]:
    return frozenset(map(fold, word_forms.ARABIC_WITH_WAW))


@cache
def _broken_plurals() -> dict[str, str]:
    return word_forms.arabic(lambda word: _arabic_stem(fold(word)))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(SNOWBALL[language])


def _arabic_stem(word: str) -> str:
    """At most one prefix and one run of suffixes taken off a folded word, two letters left at least."""
    for prefix in () if word in _with_waw() else _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= (3 if prefix == "و" else 2):
            word = word[len(prefix) :]
            break
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word
