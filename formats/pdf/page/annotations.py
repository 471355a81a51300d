"""Annotations of a PDF: where its links lead, and the remarks of reviewers. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pikepdf

from formats.pdf.page.model import Page, Style, Word
from formats.pdf.page.pieces import Box

MOST = 5000  # annotations on a page
DEEPEST_FIELD = 10  # fields in fields
LEAST_SIGN = 0.12  # of the size of type, by which a sign stands out of a link that ends before it
_SIGNS = ".,;:!?)]»”’"
HIDDEN_FIELD, PASSWORD_FIELD = 2, 1 << 13
_NO_REMARK = frozenset({
    "/Link", "/Popup", "/Widget", "/Screen", "/PrinterMark", "/TrapNet", "/Watermark", "/Sound", "/Movie",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    page: int
    text: str
    author: str
    at: datetime | None
    y: float


def text_of(value: Any) -> str:
    """A text string of a PDF; "" for anything else."""
    try:
        return str(value) if isinstance(value, pikepdf.String) else ""
    except Exception:  # a string that is no text in any of its encodings
        return ""


def annotations(document: pikepdf.Pdf, number: int) -> Iterator[Any]:
    try:
        found = document.pages[number].obj.get("/Annots")
        for place, one in enumerate(found if isinstance(found, pikepdf.Array) else ()):
            if place >= MOST:
                return
            if isinstance(one, pikepdf.Dictionary):
                yield one
    except (pikepdf.PdfError, ValueError, KeyError, IndexError, TypeError):
        return


def rectangle(one: Any) -> tuple[float, float, float, float] | None:
    try:
        x0, y0, x1, y1 = (float(number) for number in one.get("/Rect", ()))
    except (TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def address_of(one: Any) -> str:
    try:
        action = one.get("/A")
        return text_of(action.get("/URI")) if isinstance(action, pikepdf.Dictionary) else ""
    except (ValueError, TypeError):
        return ""


def give_links(document: pikepdf.Pdf, page: Page) -> None:
    """Words inside the rectangle of a link get its address."""
    links = [
        (page.placed(box), href)
        for one in annotations(document, page.number)
        if (href := address_of(one)) and (box := rectangle(one))
    ]
    if not links:
        return
    told: list[Word] = []
    for word in page.words:
        told.append(word)
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        for (x0, y0, x1, y1), href in links:
            if x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1:
                word.href = href
                told += _signs_behind(word, x1)
                break
    page.words = told


def _signs_behind(word: Word, end: float) -> list[Word]:
    """The signs at the end of a word that stand behind its link, taken off it. end: of the link."""
    text = word.text.rstrip(_SIGNS)
    if not text or text == word.text or word.x1 - end < LEAST_SIGN * word.style.size:
        return []
    behind = replace(word, text=word.text[len(text) :], x0=end, href="", space=False, line_break=False)
    word.text, word.x1 = text, end
    return [behind]


def fields(document: pikepdf.Pdf, number: int) -> Iterator[tuple[str, Box]]:
    """What was typed into the form on a page, or chosen, and where it stands. Not what is hidden or a password."""
    for one in annotations(document, number):
        box = rectangle(one)
        if box is None or str(one.get("/Subtype")) != "/Widget" or _number(one, "/F") & HIDDEN_FIELD:
            continue
        if str(_inherited(one, "/FT")) not in ("/Tx", "/Ch") or _number(one, "/Ff") & PASSWORD_FIELD:
            continue
        value = _inherited(one, "/V")
        said = [text_of(each) for each in value] if isinstance(value, pikepdf.Array) else [text_of(value)]
        if text := " ".join(" ".join(said).split()):
            yield text, box


def give_fields(document: pikepdf.Pdf, page: Page) -> None:
    """Words of the page's form where they are shown, each field a line of its own."""
    style = Counter(word.style for word in page.words).most_common(1)
    shown = style[0][0] if style else Style(10.0)
    for text, box in fields(document, page.number):
        x0, y0, x1, y1 = page.placed(box)
        beside = [word for word in page.words if y0 - 1 <= (word.y0 + word.y1) / 2 <= y1 + 1 and word.style == shown]
        y0 = beside[0].y0 if beside else (y0 + y1 - shown.size) / 2
        said = text.split()
        step = min((x1 - x0) / len(said), shown.size * 4)
        for place, word in enumerate(said):
            left = x0 + place * step
            page.words.append(Word(word, left, y0, left + 0.8 * step, y0 + shown.size, shown, line_break=place == 0))


def _inherited(one: Any, name: str) -> Any:
    """Of a field or those it belongs to."""
    for _step in range(DEEPEST_FIELD):
        if not isinstance(one, pikepdf.Dictionary):
            return None
        if name in one:
            return one.get(name)
        one = one.get("/Parent")
    return None


def _number(one: Any, name: str) -> int:
    try:
        return int(_inherited(one, name) or 0)
    except (TypeError, ValueError):
        return 0


def remarks(document: pikepdf.Pdf, number: int) -> Iterator[Remark]:
    for one in annotations(document, number):
        if str(one.get("/Subtype")) in _NO_REMARK:
            continue
        if text := " ".join(text_of(one.get("/Contents")).split()):
            box = rectangle(one)
            yield Remark(
                number,
                text,
                " ".join(text_of(one.get("/T")).split()),
                pdf_date(text_of(one.get("/M"))),
                box[3] if box else 0.0,
            )


def pdf_date(text: str) -> datetime | None:
    """Of `D:20250131120500+02'00'`; without a zone it is taken as UTC."""
    match = re.match(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?)?", text)
    if not match:
        return None
    numbers = [
        int(part) if part else default for part, default in zip(match.groups()[:6], (1, 1, 1, 0, 0, 0), strict=True)
    ]
    zone = (
        timezone((1 if match[7] == "+" else -1) * timedelta(hours=int(match[8]), minutes=int(match[9] or 0)))
        if match[7] and int(match[8]) < 24
        else UTC
    )
    try:
        return datetime(*numbers, tzinfo=zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None
