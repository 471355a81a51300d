"""Numbers of paragraphs as commenters write them, in six languages and more: "12, 14-16", "párr. 12 a 14", "第12段"."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultation.submissions.limits import MOST_TARGETS
from editions.models import Edition

_TO = r"(?:[-‐‑–—−~〜～]|\.\.+|…|\b(?:to|through|until|à|au|a|al|bis|até|по|до)\b|إلى|الى|حتى|至|到)"
MOST_DIGITS = 5
_RANGE = re.compile(rf"(?<=\d)\s*[段条項项款]?\s*{_TO}\s*(?:第|[p¶§#])?\s*(?=\d)")
_BESIDE = frozenset({
    "paragraph", "paragraphs", "para", "paras", "par", "pars", "pgph", "p", "pp", "no", "nos", "nr", "number",
    "numbers", "n", "paragraphe", "paragraphes", "alinéa", "alinéas", "al", "point", "points", "numéro",
    "numéros", "párrafo", "párrafos", "parrafo", "parrafos", "párr", "párrs", "parr", "parrs", "punto", "puntos",
    "núm", "núms", "num", "parágrafo", "parágrafos", "absatz", "absätze", "abs", "ziffer", "ziff", "randnummer",
    "randnr", "rn", "пункт", "пункты", "пункта", "пунктов", "пункте", "пунктах", "п", "пп", "абзац", "абзацы",
    "абзаца", "абзацев", "абз", "параграф", "параграфы", "параграфа", "الفقرة", "فقرة", "الفقرات", "فقرات",
    "الفقرتان", "الفقرتين", "ف", "رقم", "البند", "بند", "第", "段", "段落", "条", "條", "项", "項", "款", "from",
    "de", "du", "des", "del", "la", "las", "los", "le", "les", "l", "von", "der", "den", "с", "со", "от", "из",
    "من", "从", "and", "et", "y", "e", "u", "und", "и", "в", "و", "和", "与", "與", "及", "the", "in", "of", "nº", "º",
})  # fmt: skip
"""Words that may stand beside a number and say nothing else. A word that is glued behind one is none of them: "3a"."""
_TOKEN = re.compile(
    r"(?P<decimal>\d+[.٫]\d+)|(?P<range>\d+-\d+)|(?P<number>\d+)|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[,;،、؛，；:：.·&+/()#¶§№°’'‘\s]+)|(?P<other>.)"
)


def anchors_in(text: str, edition: Edition) -> list[str]:
    """Anchors of the paragraphs that are named, each once. Digits of any script will do.

    Raises ValidationError naming what is not a paragraph of this edition.
    """
    wanted: list[str] = []
    for first, last in _ranges(text.casefold()):
        if last < first:
            raise ValidationError(_("“%s” is not a range of paragraphs.") % f"{first}-{last}", code="range")
        if last >= first + MOST_TARGETS:
            raise ValidationError(too_many(last - first + 1), code="most")
        wanted += [f"p{each}" for each in range(first, last + 1)]
    known = set(edition.passages.filter(anchor__in=wanted).values_list("anchor", flat=True))
    if missing := [anchor for anchor in wanted if anchor not in known]:
        raise ValidationError(_("This edition has no paragraph %s.") % missing[0][1:], code="missing")
    return list(dict.fromkeys(wanted))


def too_many(found: int) -> str:
    said = _("A comment can name %(most)d places; this names %(found)d. Write a second comment for the others.")
    return said % {"most": MOST_TARGETS, "found": found}


def _ranges(text: str) -> list[tuple[int, int]]:
    """First and last paragraph of each range. Raises ValidationError for what is no number."""
    found: list[tuple[int, int]] = []
    text = _RANGE.sub("-", text)
    for token in _TOKEN.finditer(text):
        kind, said = token.lastgroup, token[0]
        if kind in ("range", "number") and max(map(len, said.split("-"))) <= MOST_DIGITS:
            first, _dash, last = said.partition("-")
            found.append((int(first), int(last or first)))
        elif kind != "sign" and not (kind == "word" and _says_nothing(said, text[: token.start()][-1:])):
            raise ValidationError(_("“%s” is not a paragraph number.") % _around(text, token.start()), code="number")
    return found


def _says_nothing(word: str, before: str) -> bool:
    """before: the sign directly before the word. Chinese is glued to numbers, and the Arabic "and" to words."""
    if word.isascii():
        return word in _BESIDE and not before.isdecimal()
    return word in _BESIDE or word.removeprefix("و") in _BESIDE or all(sign in _BESIDE for sign in word)


def _around(text: str, place: int) -> str:
    """What stands there between two blanks."""
    begin = max((text.rfind(blank, 0, place) for blank in " \t\n"), default=-1) + 1
    return text[begin:].split(maxsplit=1)[0][:40]
