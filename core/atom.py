"""Atom feeds (RFC 4287), written as text: entries at lasting addresses, escaped, newest change first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpResponse

from core.http.site_urls import absolute

MOST = 50
"""Entries in one feed."""
EMPTY_SINCE = datetime(1970, 1, 1, tzinfo=UTC)
"""An empty feed always says the same, so that a reader who has it is told that nothing changed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """address: a path, for ever; it is the entry's id too."""

    address: str
    title: str
    updated: datetime
    text: str
    author: str = ""
    language: str = ""


def xml_text(text: str) -> str:
    """Escaped, and without what XML 1.0 cannot hold at all."""
    kept = "".join(sign if sign in "\t\n\r" or sign >= " " else " " for sign in text)
    return escape("".join(sign for sign in kept if sign not in "\ufffe\uffff"))


def atom(path: str, page: str, title: str, entries: Iterable[Entry]) -> HttpResponse:
    """A feed at `path` about the page at `page`; newest change first."""
    rows = sorted(entries, key=lambda entry: entry.updated, reverse=True)
    updated = rows[0].updated if rows else EMPTY_SINCE
    here = absolute(path)
    body = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{xml_text(title)}</title><id>{escape(here)}</id><updated>{_instant(updated)}</updated>"
        f'<author><name>BPF Library</name></author><link rel="self" href={quoteattr(here)}/>'
        f"<link href={quoteattr(absolute(page))}/>{''.join(map(_entry, rows))}</feed>\n"
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _entry(entry: Entry) -> str:
    address = absolute(entry.address)
    author = f"<author><name>{xml_text(entry.author)}</name></author>" if entry.author else ""
    language = f" xml:lang={quoteattr(entry.language)}" if entry.language else ""
    return (
        f"<entry><title>{xml_text(entry.title)}</title><id>{escape(address)}</id>"
        f"<updated>{_instant(entry.updated)}</updated><link href={quoteattr(address)}/>{author}"
        f'<content type="text"{language}>{xml_text(entry.text)}</content></entry>'
    )
