"""Passwords that a guesser tries first are refused: words of this site, and what every list of guesses begins with.

No list of long common passwords is under a licence that lets us hand it on, so what makes them common is looked for
instead: known words, rows of a keyboard, counting, years, repetition, with digits for letters or without. What is left
must be LEAST_OWN signs. Django's list of 19,646 common passwords is asked beside it, and a list of the operator's.
"""

import re
import unicodedata
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST_OWN = 5
"""Signs that belong to no word of the site, no row and no count."""
LONGEST = 128
"""Signs that are looked at: what is longer has enough of its own, or is all of a kind."""
OF_THIS_SITE = """
bpf igf library libraries forum best practice internet governance outcome document edition comment consultation draft
editor facilitator rapporteur expert secretariat consensus dynamic coalition wagtail django united nations undesa
"""
MEETINGS = """
athens greece rio janeiro brazil brasil hyderabad india sharm sheikh egypt vilnius lithuania nairobi kenya baku
azerbaijan bali indonesia istanbul turkey turkiye joao pessoa guadalajara jalisco mexico geneva geneve genf
switzerland suisse paris france berlin germany deutschland katowice poland polska addis ababa ethiopia kyoto japan
riyadh saudi arabia lillestrom oslo norway norge
"""
"""Where the annual meetings were held: places that everybody here knows."""
COMMON = """
password passwort passwd passe contrasena parol parola senha pass admin administrator root user login welcome willkommen
bienvenue letmein secret master access changeme change default guest test temporary temp super iloveyou ilove love you
sunshine princess monkey dragon football baseball superman batman starwars summer winter autumn spring january february
march april june july august september october november december monday tuesday wednesday thursday friday saturday
sunday hello world google facebook linkedin computer trustno please
"""
ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
)  # fmt: skip
SHORTEST_ROW = 3
YEAR = re.compile(r"(?:19|20)\d\d")
REPEATED = re.compile(r"(.{1,6}?)\1+", re.DOTALL)
SIGNS_FOR_LETTERS = [str.maketrans("0134578@$!", letters) for letters in ("oieastbasi", "oleastbasl")]


class KnownWordsValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if min(_own(form) for form in _forms(password[:LONGEST])) < LEAST_OWN:
            raise ValidationError(
                _(
                    "This password is made of words of this site, common words, years or rows of keys. Add words that "
                    "only you would put together."
                ),
                code="password_of_known_words",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be made of words of this site, common words, years and rows of keys alone.")


class OperatorsListValidator:
    """PASSWORD_LIST: a file of passwords, one a line, such as those that leaked. Without it nothing is refused."""

    def validate(self, password: str, user: Any = None) -> None:
        if settings.PASSWORD_LIST:
            _listed(settings.PASSWORD_LIST).validate(password, user)

    def get_help_text(self) -> str:
        return _("Your password can’t be one that is known to have leaked.")


@cache
def _listed(path: str) -> CommonPasswordValidator:
    return CommonPasswordValidator(Path(path))


def _forms(password: str) -> set[str]:
    plain = YEAR.sub(" ", unicodedata.normalize("NFKC", password).casefold())
    return {plain, *(plain.translate(letters) for letters in SIGNS_FOR_LETTERS)}


def _own(text: str) -> int:
    """How many different signs are left, without what is known. Longer words go first."""
    for word in _known():
        text = text.replace(word, " ")
    left = "".join(sign for sign in REPEATED.sub(r"\1", _known_rows().sub(" ", text)) if sign.isalnum())
    return len(set(left))


@cache
def _known() -> tuple[str, ...]:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    of_host = {part for part in host.split(".") if len(part) > 2 and not part.isdecimal()}
    return tuple(sorted({*OF_THIS_SITE.split(), *MEETINGS.split(), *COMMON.split(), *of_host}, key=len, reverse=True))


@cache
def _known_rows() -> re.Pattern[str]:
    """Every part of a row, forwards and backwards; longer ones first."""
    found = set()
    for row, step in product(ROWS, (1, -1)):
        way = row[::step]
        for start in range(len(way) - SHORTEST_ROW + 1):
            found |= {way[start:end] for end in range(start + SHORTEST_ROW, len(way) + 1)}
    return re.compile("|".join(re.escape(part) for part in sorted(found, key=len, reverse=True)))
