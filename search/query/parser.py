"""What a person typed, as a small tree. Pure, bounded, and without errors: what is not understood is searched as text.

words              all of them first, then some of them
"exact words"      in this order, unstemmed, no synonyms; "a b"~2: up to two words between
-word, NOT word    not this
a AND b            both; a OR b: either
word*              words that begin so, from three letters on (two for Chinese, Japanese, Korean)
field:value        one of FIELDS; year:2015..2018 is a range
"""

import re
import unicodedata
from dataclasses import dataclass

from editions.document import identifiers

MAX_CHARACTERS = 400
MAX_CLAUSES = 24
MAX_SLOP = 9
FIELDS = ("title", "year", "theme", "stage", "language", "kind", "forum", "meeting", "stakeholder")

NAMED_IN_CODE = frozenset({"stage", "kind", "stakeholder"})
"""Fields whose values are names with underscores; those of the others are slugs with hyphens."""

_CLAUSE = re.compile(
    r"(?P<minus>(?<!\S)-(?=\S))?"
    rf"(?:(?P<field>{'|'.join(FIELDS)}):(?=\S))?"
    r'(?:"(?P<phrase>[^"]*)(?:"(?:~(?P<slop>\d))?|$)|(?P<word>[^\s"]+))',
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"：": ":", "＊": "*"})
_WEIGHED = re.compile(r"[\^~]\d*(?:\.\d+)?$")
"""What other engines weigh a word by, spam^2, or spread it by, spam~: it says nothing here."""
_YEARS = re.compile(r"(?P<low>\d{4})?(?P<dots>\.\.)?(?P<high>\d{4})?")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Words:
    """Text to be analysed; more than one term where it holds a hyphen or a script without spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """slop: how many other words may stand between the first and the last."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    text: str


@dataclass(frozen=True, slots=True)
class Must:
    """Words that have to stand in the text, which otherwise any of them may."""

    words: Words


@dataclass(frozen=True, slots=True)
class InTitle:
    clause: "Words | Phrase | Prefix"


@dataclass(frozen=True, slots=True)
class Facet:
    """A value of a facet typed into the box: slug-like, lower case."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Years:
    """A closed range; an open end is the first or last year there can be."""

    low: int
    high: int


Clause = Words | Must | Phrase | Prefix | InTitle | Facet | Years


@dataclass(frozen=True, slots=True)
class Query:
    """groups: each is met by any of its clauses. excluded: none may match. cut: text was left out by the limits.

    identifier: the squeezed text if all of it could be an identifier of a document or edition, else "".
    """

    text: str
    groups: tuple[tuple[Clause, ...], ...]
    excluded: tuple[Clause, ...]
    cut: bool = False
    identifier: str = ""

    @property
    def asks_for_nothing(self) -> bool:
        """Empty, or only says what is not wanted."""
        return not self.groups


def clean(text: str) -> str:
    """Controls and every kind of blank become a space, lone surrogates and invisible format characters vanish."""
    kept = []
    for character in text:
        if " " <= character <= "~":
            kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in {"Cs", "Cf"}:
            continue
        kept.append(" " if category[0] in "CZ" else character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_QUOTES).strip()


def parse(text: str) -> Query:
    """Never raises; reads at most MAX_CHARACTERS characters and MAX_CLAUSES clauses."""
    cleaned = clean(text[: MAX_CHARACTERS * 2])
    read = cleaned[:MAX_CHARACTERS]
    groups: list[list[Clause]] = []
    excluded: list[Clause] = []
    cut = len(text) > MAX_CHARACTERS * 2 or len(read) < len(cleaned)
    waiting = ""
    for count, match in enumerate(_CLAUSE.finditer(read)):
        if count >= MAX_CLAUSES:
            cut = True
            break
        if match["word"] in {"OR", "AND", "NOT"} and not match["minus"] and not match["field"]:
            waiting = match["word"]
            continue
        clause = _clause(match)
        if clause is None:
            continue
        if match["minus"] or waiting == "NOT":
            excluded.append(clause)
        elif waiting == "OR" and groups:
            groups[-1].append(clause)
        elif waiting == "AND" and groups:
            groups[-1] = [_required(one) for one in groups[-1]]
            groups.append([_required(clause)])
        else:
            groups.append([clause])
        waiting = ""
    identifier = identifiers.squeeze(read) if identifiers.looks_like(read) else ""
    return Query(read, tuple(tuple(group) for group in groups), tuple(excluded), cut, identifier)


def _clause(match: re.Match[str]) -> Clause | None:
    """None for a clause without a letter or digit."""
    inner = _text_clause(match)
    value = match["word"] if match["phrase"] is None else match["phrase"]
    if not any(character.isalnum() for character in value):
        return inner if isinstance(inner, Words) and _has_symbol(value) else None
    match match["field"]:
        case None:
            return inner
        case "title":
            return InTitle(inner)
        case "year":
            return _years(value) or Words(f"year {value}")
        case field:
            joint = "_" if field in NAMED_IN_CODE else "-"
            return Facet(field, re.sub(r"[\s_-]+", joint, value.strip().lower()))


def _required(clause: Clause) -> Clause:
    return Must(clause) if isinstance(clause, Words) else clause


def _has_symbol(value: str) -> bool:
    """Emoji and the like are no words, yet a question made of them is not empty: it finds nothing and says so."""
    return any(unicodedata.category(character) == "So" for character in value)


def _text_clause(match: re.Match[str]) -> Words | Phrase | Prefix:
    if match["phrase"] is not None:
        return Phrase(match["phrase"].strip(), min(int(match["slop"] or 0), MAX_SLOP))
    word = match["word"]
    if _is_address(word):
        return Phrase(word)
    word = _WEIGHED.sub("", word) or word
    stem = word.rstrip("*")
    if word.endswith("*") and len(stem) >= (2 if _WIDE.search(stem) else 3):
        return Prefix(stem)
    return Words(stem or word)


def _is_address(word: str) -> bool:
    """Of the web or of mail: no word of it tells anything alone."""
    return word.startswith(("http://", "https://", "www.")) or ("@" in word[1:] and "." in word.rpartition("@")[2])


def _years(value: str) -> Years | None:
    match = _YEARS.fullmatch(value)
    if not match or not (match["low"] or match["high"]) or (match["high"] and not match["dots"]):
        return None
    low = int(match["low"] or 0)
    if not match["dots"]:
        return Years(low, low)
    return Years(low, int(match["high"] or 9999))
