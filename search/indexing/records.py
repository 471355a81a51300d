"""An edition as the records an engine holds: one for the whole, one for each passage."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from editions.document.citation_styles import issued
from editions.document.model import SectionKind
from editions.document.passages import PassageKind
from editions.models import Edition, Passage
from search.analysis.analyzer import Token, analyse, primary
from search.analysis.links import is_link
from search.analysis.significant_terms import telling
from search.attached_files.services import PublicPage, public_pages
from search.engines.base import PASSAGE, WHOLE, Record
from search.facets.labels import forum_value, meeting_value
from search.facets.stakeholder_groups import groups_named
from search.query import fictitious
from workflow.states import standing

STAGE_ORDER = ("withdrawn", "drafting", "comment", "incorporating", "wrap_up", "final")
"""The value of `stage_order` is the place in this list: settled texts first when sorted by stage."""
BREAK = "¶"
"""Stands between passages and fields of one text, so that no phrase reaches over; no question holds it."""
TEXT, STUB = "text", "stub"  # values of the field `form` of a passage
WORDS_OF_A_TEXT = 6
AFTER_PASSAGES = 1_000_000  # equals: passages of the text before pages of files
LEAD_SECTIONS = {SectionKind.SUMMARY, SectionKind.FINDING, SectionKind.PRACTICE, SectionKind.RECOMMENDATION}
"""Typed blocks in which a document says what it comes to; with the headings they are the field `lead`."""


def records_of(edition: Edition) -> Iterator[Record]:
    """The whole first, then its passages in reading order, then the pages of its document's public files."""
    passages = list(edition.passages.order_by("ordinal"))
    analysed = [analyse(passage.text, passage.language) for passage in passages]
    pages = list(public_pages(edition))
    read = [analyse(page.text, page.language) for page in pages]
    raw = _raw(edition, passages)
    numbers = _numbers(edition)
    yield _whole(edition, passages, analysed, read, raw, numbers)
    for passage, tokens in zip(passages, analysed, strict=True):
        if tokens:
            yield _passage(edition, passage, tokens, raw, numbers)
    for page, tokens in zip(pages, read, strict=True):
        if tokens:
            yield _page(edition, page, tokens, raw, numbers)


def _whole(
    edition: Edition,
    passages: list[Passage],
    analysed: list[list[Token]],
    pages: list[list[Token]],
    raw: dict[str, tuple[str, ...]],
    numbers: dict[str, int],
) -> Record:
    title = analyse(f"{edition.title}. {edition.metadata['subtitle']}", edition.language)
    summary = analyse(edition.metadata["summary"], edition.language)
    about = [analyse(text, edition.language) for text in _about(edition)]
    lead = [summary] + [
        tokens
        for passage, tokens in zip(passages, analysed, strict=True)
        if passage.kind == "heading" or passage.section in LEAD_SECTIONS
    ]
    terms = {
        "title": stems([title]),
        "about": stems(about),
        "lead": stems(lead),
        "body": stems([title, summary, *analysed, *pages]),
        "exact": exacts([title, summary, *about, *analysed, *pages]),
    }
    key = edition.identifier
    return Record(
        key=key,
        edition=edition.identifier,
        terms=terms,
        raw=raw | {"level": (WHOLE,)},
        numbers=numbers | {"tie": tie(key)},
        title_order=f"{edition.title.casefold()} {key}",
        card=card_of(edition) | {"telling": telling([title, summary, *analysed])},
    )


def _passage(
    edition: Edition, passage: Passage, tokens: list[Token], raw: dict[str, tuple[str, ...]], numbers: dict[str, int]
) -> Record:
    key = f"{edition.identifier}#{passage.anchor}"
    return Record(
        key=key,
        edition=edition.identifier,
        terms={"body": stems([tokens]), "exact": exacts([tokens])},
        raw=raw
        | {
            "level": (PASSAGE,),
            "kind": (passage.section,) if passage.section else (),
            "form": (_form(passage, tokens),),
        },
        numbers=numbers | {"tie": passage.ordinal},
        title_order="",
        card={
            "key": key,
            "edition": edition.identifier,
            "anchor": passage.anchor,
            "number": passage.number,
            "kind": passage.kind,
            "section": passage.section,
            "path": passage.path,
            "text": passage.text,
            "language": passage.language,
        },
    )


def _page(
    edition: Edition, page: PublicPage, tokens: list[Token], raw: dict[str, tuple[str, ...]], numbers: dict[str, int]
) -> Record:
    key = f"{edition.identifier}#file{page.file}-page{page.number}"
    return Record(
        key=key,
        edition=edition.identifier,
        terms={"body": stems([tokens]), "exact": exacts([tokens])},
        raw=raw | {"level": (PASSAGE,), "kind": (), "form": (TEXT,)},
        numbers=numbers | {"tie": AFTER_PASSAGES * page.file + page.number},
        title_order="",
        card={
            "key": key,
            "edition": edition.identifier,
            "anchor": f"page={page.number}",
            "number": page.number,
            "kind": "page",
            "section": "",
            "path": [page.title],
            "text": page.text,
            "language": page.language,
            "url": page.url,
            "file": page.title,
            "original": page.is_original,
        },
    )


def _form(passage: Passage, tokens: list[Token]) -> str:
    """TEXT, or STUB: a heading, an entry of a list or a link, which names a thing and says nothing of it."""
    stub = passage.kind == PassageKind.HEADING or len(tokens) < WORDS_OF_A_TEXT or is_link(passage.text)
    return STUB if stub else TEXT


def stems(texts: Iterable[list[Token]]) -> str:
    return f" {BREAK} ".join(" ".join(token.stem for token in tokens) for tokens in texts if tokens)


def exacts(texts: Iterable[list[Token]]) -> str:
    return f" {BREAK} ".join(" ".join(token.exact for token in tokens) for tokens in texts if tokens)


def tie(key: str) -> int:
    """63 bits of a hash: equals are put in an order that favours no name, the same in every index."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) >> 1


def _about(edition: Edition) -> list[str]:
    """What is known of a document and not said in its text: forum, theme, meeting, people."""
    metadata = edition.metadata
    meeting, forum = metadata["meeting"], metadata["forum"]
    return [
        forum["title"],
        *forum["former_titles"],
        *metadata["former_titles"],
        *(theme["label"] for theme in metadata["themes"]),
        f"Best Practice Forum BPF IGF {edition.year} {meeting['city']} {meeting['country']}",
        edition.identifier.replace("-", " "),
        *metadata["authors"],
        *(f"{person['name']} {person['role']} {person['organisation']}" for person in metadata["people"]),
    ]


def _raw(edition: Edition, passages: list[Passage]) -> dict[str, tuple[str, ...]]:
    metadata = edition.metadata
    return {
        "document": (edition.series,),
        "current": ("yes" if edition.is_current else "no",),
        fictitious.FIELD: (fictitious.YES if metadata["fictitious"] else fictitious.NO,),
        "forum": (forum_value(edition),),
        "year": (str(edition.year),),
        "theme": tuple(theme["slug"] for theme in metadata["themes"]),
        "stage": (_standing(edition),),
        "kind": tuple(sorted({passage.section for passage in passages if passage.section})),
        "language": (primary(edition.language),),
        "spoken": tuple(
            sorted({primary(language) for language in (edition.language, *(p.language for p in passages))})
        ),
        "meeting": (meeting_value(metadata),),
        "stakeholder": groups_named(
            passage.text for passage in passages if passage.section == SectionKind.CONTRIBUTORS
        ),
    }


def _standing(edition: Edition) -> str:
    return standing(edition.stage, edition.metadata["recorded"], edition.metadata["kind"])


def _numbers(edition: Edition) -> dict[str, int]:
    days = (_published(edition) - date(2000, 1, 1)).days
    return {
        "year_number": edition.year,
        "newest": edition.year * 1_000_000 + days,  # by the year it belongs to, then by the day of publication
        "owner": tie(edition.identifier),
        "stage_order": STAGE_ORDER.index(edition.stage) if edition.stage in STAGE_ORDER else 0,
    }


def _published(edition: Edition) -> date:
    """The day of publication, wherever that was; the first one possible where only a month or a year is known."""
    year, month, day = (f"{issued(edition.metadata, edition.published_at)}-01-01".split("-"))[:3]
    return date(int(year), int(month), int(day))


def card_of(edition: Edition) -> dict[str, Any]:
    metadata = edition.metadata
    return {
        "key": edition.identifier,
        "edition": edition.identifier,
        "document": edition.series,
        "title": edition.title,
        "subtitle": metadata["subtitle"],
        "summary": metadata["summary"],
        "label": metadata["label"],
        "language": edition.language,
        "year": edition.year,
        "forum": metadata["forum"]["title"],
        "forum_slug": edition.forum_slug,
        "stage": _standing(edition),
        "current": edition.is_current,
        "recorded": metadata["recorded"],
        "translation_of": metadata.get("translation_of", ""),
        "fictitious": metadata["fictitious"],
        "project_summary": metadata["project_summary"],
        "record": metadata["record"],
        "meeting": f"{metadata['meeting']['city']} {edition.year}".strip(),
        "url": edition.reading_address,
        "permanent_url": edition.permanent_address,
    }
