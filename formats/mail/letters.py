"""What each mail of a file says, and to which quoted words: for comments that were sent by mail. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr

from formats.draft import Reason
from formats.mail.messages import Mail, TextPart, mails_with_bytes
from formats.mail.quotations import parted_plain

FEW_WORDS = 5
"""A stretch of fewer words, such as a greeting between two quotations, is no remark of its own: it stays with the next
one, or with the one before where nothing follows."""


@dataclass(frozen=True, slots=True)
class Said:
    """quote: the paragraph above these words that the mail quotes, "" for none."""

    quote: str
    words: str


@dataclass(frozen=True, slots=True)
class Letter:
    """at: ISO 8601 with its zone, "" where the mail names no date that can be read. content: the mail as it lay."""

    name: str
    address: str
    at: str
    subject: str
    said: tuple[Said, ...]
    content: bytes


def letters(content: bytes) -> Iterator[Letter]:
    """Raises formats.draft.UnreadableFile."""
    for mail, raw in mails_with_bytes(content):
        name, address = parseaddr(mail.headers.get("From", ""))
        at = mail.written_at
        subject = " ".join(mail.headers.get("Subject", "").split())
        said = tuple(_merged(_remarks(mail)))
        yield Letter(" ".join(name.split()), address, at.isoformat() if at else "", subject, said, raw)


def _remarks(mail: Mail) -> Iterator[Said]:
    for forms in mail.texts:
        quote = ""
        for reason, stretch in parted_plain(_plain(forms)):
            if reason == Reason.QUOTED_MAIL:
                quote = _nearest_paragraph(stretch)
            elif reason is None and (words := stretch.strip()):
                yield Said(quote, words)
                quote = ""


def _plain(forms: list[TextPart]) -> str:
    """The words of a mail as plain text, also where it came as a page only."""
    plain = next((form.text.text for form in forms if not form.is_html and form.text.text.strip()), None)
    if plain is not None:
        return plain
    from formats.mail.pages import as_plain  # here: most mails need no reader of web pages

    page = next((form for form in reversed(forms) if form.is_html), None)
    return as_plain(page.text.text) if page is not None else ""


def _nearest_paragraph(quoted: str) -> str:
    """Of what is quoted, the last paragraph that holds words: the one that is answered below it."""
    lines = [line.lstrip("> \t").rstrip() for line in quoted.split("\n") if line.startswith(">")]
    found = [" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(lines))]
    return next((part for part in reversed(found) if re.search(r"\w", part)), "")


def _merged(remarks: Iterator[Said]) -> Iterator[Said]:
    kept: list[Said] = []
    waiting = ""
    for each in remarks:
        if len(each.words.split()) < FEW_WORDS:
            waiting = f"{waiting}\n\n{each.words}".strip()
        else:
            kept.append(Said(each.quote, f"{waiting}\n\n{each.words}".strip()))
            waiting = ""
    if waiting and kept:
        kept[-1] = Said(kept[-1].quote, f"{kept[-1].words}\n\n{waiting}")
    elif waiting:
        kept.append(Said("", waiting))
    yield from kept
