"""How an edition, a passage, a forum and a theme are written in an answer: each shape of `shapes` from its row."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from api.v1 import response_types
from core.http.site_urls import absolute
from editions.document.citation_styles import STYLES, kept_since
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition, Relation
from editions.models import Passage as PassageRow

BASE = "/api/v1/"

CITATION_FILES = {
    **{name: f"{name}.txt" for name in STYLES}, "bibtex": "bib", "ris": "ris", "csl": "csl.json",
    "datacite": "datacite.json", "dublin_core": "dc.xml",
}  # fmt: skip


def here(path: str) -> str:
    return absolute(f"{BASE}{path}")


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def original_of(edition: Edition) -> response_types.Original | None:
    metadata = edition.metadata
    if not metadata.get("recorded") or metadata.get("translation_of"):
        return None
    return {
        "date": metadata.get("original_date", ""),
        "address": metadata.get("original_address", ""),
        "kind": metadata.get("original_kind", ""),  # type: ignore[typeddict-item]  # the page's choices
        "remark": metadata.get("original_remark", ""),
        "recorded_on": kept_since(metadata, edition.published_at),
    }


def document_row(edition: Edition) -> response_types.Document:
    metadata, series = edition.metadata, edition.series
    return {
        "identifier": series,
        "edition": edition.identifier,
        "doi": edition.series_doi,
        "title": edition.title,
        "subtitle": metadata.get("subtitle", ""),
        "summary": metadata.get("summary", ""),
        "language": edition.language,
        "year": edition.year,
        "forum": {"slug": edition.forum_slug, "title": metadata["forum"]["title"]},
        "themes": themes_of(edition),
        "authors": list(metadata["authors"]),
        "kind": metadata["kind"],
        "stage": edition.stage,
        "recorded": bool(metadata.get("recorded")),
        "fictitious": edition.year == FICTITIOUS_YEAR,
        "project_summary": bool(metadata.get("project_summary")),
        "published_at": instant(edition.published_at),
        "changed_at": instant(edition.standing_at),
        "original": original_of(edition),
        "translation_of": edition.metadata.get("translation_of", ""),
        "links": {
            "self": here(f"documents/{series}"),
            "page": absolute(edition.address),
            "edition": here(f"editions/{edition.identifier}"),
            "comments": here(f"documents/{series}/comments"),
            "history": here(f"documents/{series}/history"),
        },
    }


def edition_name(edition: Edition) -> response_types.EditionName:
    return {
        "identifier": edition.identifier,
        "number": edition.number,
        "label": edition.metadata.get("label", ""),
        "stage": edition.stage,
        "is_current": edition.is_current,
        "published_at": instant(edition.published_at),
        "sha256": edition.sha256,
        "address": here(f"editions/{edition.identifier}"),
    }


def edition_row(edition: Edition) -> response_types.Edition:
    metadata, page = edition.metadata, absolute(edition.permanent_address)
    return {
        "identifier": edition.identifier,
        "document": edition.series,
        "doi": edition.doi,
        "number": edition.number,
        "label": metadata.get("label", ""),
        "title": edition.title,
        "subtitle": metadata.get("subtitle", ""),
        "summary": metadata.get("summary", ""),
        "language": edition.language,
        "year": edition.year,
        "forum": {"slug": edition.forum_slug, "title": metadata["forum"]["title"]},
        "meeting": meeting_of(edition),
        "themes": themes_of(edition),
        "authors": list(metadata["authors"]),
        "people": [
            {"name": person["name"], "role": person.get("role", ""), "organisation": person.get("organisation", "")}
            for person in metadata.get("people", [])
        ],
        "sources": list(metadata.get("sources", [])),
        "former_titles": list(metadata.get("former_titles", [])),
        "licence": metadata.get("licence", ""),
        "kind": metadata["kind"],
        "stage": edition.stage,
        "is_current": edition.is_current,
        "recorded": bool(metadata.get("recorded")),
        "fictitious": edition.year == FICTITIOUS_YEAR,
        "project_summary": bool(metadata.get("project_summary")),
        "published_at": instant(edition.published_at),
        "changed_at": instant(edition.standing_at),
        "original": original_of(edition),
        "translation_of": edition.metadata.get("translation_of", ""),
        "sha256": edition.sha256,
        "relations": relations_of(edition.identifier),
        "links": {
            "self": here(f"editions/{edition.identifier}"),
            "document": here(f"documents/{edition.series}"),
            "passages": here(f"editions/{edition.identifier}/passages"),
            "page": page,
            "pdf": f"{page}document.pdf",
            "json": f"{page}document.json",
            "docx": f"{page}document.docx",
            "md": f"{page}document.md",
            "txt": f"{page}document.txt",
            "epub": f"{page}document.epub",
            "akn": f"{page}document.akn.xml",
            "linkset": f"{page}linkset.json",
            "citations": citations_of(page),
        },
    }


def citations_of(page: str) -> response_types.Citations:
    return {name: f"{page}cite.{ending}" for name, ending in CITATION_FILES.items()}  # type: ignore[return-value]


def passage_row(edition: Edition, row: PassageRow) -> response_types.Passage:
    return {
        "ordinal": row.ordinal,
        "number": row.number,
        "anchor": row.anchor,
        "kind": row.kind,  # type: ignore[typeddict-item]
        "path": list(row.path),
        "section": row.section,
        "text": row.text,
        "language": row.language,
        "address": absolute(f"{edition.permanent_address}#{row.anchor}"),
    }


def forum_row(edition: Edition, count: int) -> response_types.Forum:
    year, slug = edition.year, edition.forum_slug
    return {
        "year": year,
        "slug": slug,
        "title": edition.metadata["forum"]["title"],
        "former_titles": list(edition.metadata["forum"].get("former_titles", [])),
        "meeting": meeting_of(edition),
        "themes": themes_of(edition),
        "fictitious": year == FICTITIOUS_YEAR,
        "documents": count,
        "links": {
            "self": here(f"forums/{year}/{slug}"),
            "page": absolute(f"/library/{year}/{slug}/"),
            "documents": here(f"documents?year={year}&forum={slug}"),
            "feed": absolute(f"/feeds/{year}/{slug}.atom"),
        },
    }


def theme_row(slug: str, label: str, count: int) -> response_types.Theme:
    return {
        "slug": slug,
        "label": label,
        "documents": count,
        "links": {
            "page": absolute(f"/themes/{slug}/"),
            "documents": here(f"documents?theme={slug}"),
            "feed": absolute(f"/feeds/themes/{slug}.atom"),
        },
    }


def themes_of(edition: Edition) -> list[response_types.ThemeName]:
    return [{"slug": theme["slug"], "label": theme["label"]} for theme in edition.metadata["themes"]]


def meeting_of(edition: Edition) -> response_types.MeetingName:
    meeting = edition.metadata["meeting"]
    return {
        "year": meeting["year"],
        "igf_number": meeting.get("igf_number", 0),
        "city": meeting.get("city", ""),
        "country": meeting.get("country", ""),
    }


def relations_of(*names: str) -> list[response_types.Relation]:
    """Relations of documents and editions to others that are public, or are named here themselves."""
    rows = list(Relation.objects.filter(Q(source__in=names) | Q(target__in=names)).order_by("kind", "source", "target"))
    known = _public(name for row in rows for name in (row.source, row.target))
    return [
        {"kind": row.kind, "source": row.source, "target": row.target, "note": row.note}  # type: ignore[typeddict-item]
        for row in rows
        if {row.source, row.target} <= known
    ]


def _public(names: Iterable[str]) -> set[str]:
    wanted = set(names)
    found = Edition.objects.public().filter(Q(series__in=wanted) | Q(identifier__in=wanted))
    return {name for pair in found.values_list("series", "identifier") for name in pair}
