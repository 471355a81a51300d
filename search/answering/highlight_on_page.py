"""Words that a hit showed as found, marked on the page that it opens, by the server. Pure.

A result's link names them: `?marked=spam&marked=exchange+points#p22`. The address without them stays the one that is
cited (the page's canonical link), and whatever keeps answers keeps each by its whole address.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from urllib.parse import urlencode

from search.analysis.analyzer import analyse
from search.answering.highlight import Span, mark, spans
from search.query.marks import Marks

PARAMETER = "marked"
MOST = 6  # marked words or runs of words that a link names
LONGEST = 80  # characters of each
_TAG = re.compile(r"(<[^>]*>)")
_APART = re.compile(r'<(?:a class="(?:passage-number|heading-link)"|(?:button|script|form)\b)')
"""Elements that hold no text of the document."""


def address(url: str, text: str, places: Sequence[Span]) -> str:
    """The address of a passage, naming what is marked in its text."""
    found = dict.fromkeys(text[start:end].casefold() for start, end in places if end - start <= LONGEST)
    if not found:
        return url
    page, _, anchor = url.partition("#")
    return f"{page}?{urlencode([(PARAMETER, words) for words in list(found)[:MOST]])}#{anchor}"


def marks_of(named: Iterable[str]) -> Marks:
    """What an address names, whoever wrote it."""
    terms = [tuple(token.exact for token in analyse(words[:LONGEST], "en")) for words in list(named)[:MOST]]
    return Marks(
        exacts=frozenset(each[0] for each in terms if len(each) == 1),
        phrases=tuple((each, 0) for each in terms if len(each) > 1),
    )


def with_marks(html: str, marks: Marks) -> str:
    """The text of a document, drawn by this library, with the words marked. Its tags hold no bare `>`."""
    return "".join(_pieces(html, marks)) if marks.exacts or marks.phrases else html


def _pieces(html: str, marks: Marks) -> Iterator[str]:
    until = ""
    for at, piece in enumerate(_TAG.split(html)):
        if at % 2 == 0 and piece and not until:
            text = unescape(piece)
            places = spans(text, "en", marks)
            yield mark(text, places) if places else piece
            continue
        if until and piece == until:
            until = ""
        elif at % 2 and not until and _APART.match(piece):
            until = f"</{re.split('[ >]', piece[1:], maxsplit=1)[0]}>"
        yield piece
