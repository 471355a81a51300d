"""Comments that somebody asked the search for by their number: "what became of comment 12"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consultation.comments.models import Comment
from editions.models import Edition

MOST = 5
"""Documents whose comment is offered: each numbers its own."""

_WORDS = r"comments?|commentaires?|comentarios?|комментар\w{1,3}|замечани\w{1,2}|(?:\w{0,2}ال|و?لل)?تعليق\w{0,2}"
_NUMBERED = r"(?:number|no\.?|numéro|numero|n\.?\s?[°º]|número|núm\.?|номер\w?|№|رقم|第)?"
_SPOKEN = re.compile(
    rf"(?:(?<![^\W_])(?:{_WORDS})|评论|意见)\s*{_NUMBERED}\s*[#＃]?\s*(\d{{1,6}})(?!\d)"
    r"|(?<!\d)(\d{1,6})\s*[号条份]\s*(?:公众)?(?:评论|意见)"
    r"|^\s*[#＃]\s*(\d{1,6})\s*$",
    re.IGNORECASE,
)
"""The words for a comment in six languages, then its number; in Chinese the number may come first."""


@dataclass(frozen=True, slots=True)
class Named:
    """A number, and the newest editions of the documents on which a public comment has it."""

    number: int
    editions: Sequence[Edition] = ()


def comments_named(question: str) -> Named | None:
    """The comments whose number a question names, newest document first; those on invented documents only where no
    other has it. None where it names no number, which asks the database nothing."""
    spoken = _SPOKEN.search(question)
    if spoken is None:
        return None
    number = int(next(group for group in spoken.groups() if group))
    discussed = Comment.objects.public().filter(number=number).values("series")
    editions = Edition.objects.public().current().filter(series__in=discussed).defer("document")
    newest = editions.order_by("-year", "series")
    return Named(number, list(newest.real()[:MOST]) or list(newest[:MOST]))
