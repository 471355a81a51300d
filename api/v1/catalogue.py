"""Forums, documents, editions, passages and themes as answers. Read from editions, and from nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404

from api.v1 import shapes
from api.v1.paging import Rows, cut, page_of
from api.v1.parameters import Asked
from editions.addresses import absolute
from editions.metadata import FICTITIOUS_YEAR
from editions.models import Edition, EditionQuerySet, Relation
from editions.models import Passage as PassageRow

BASE = "/api/v1/"

CITATION_FILES = {
    "apa": "apa.txt", "chicago": "chicago.txt", "bibtex": "bib", "ris": "ris", "csl": "csl.json",
    "datacite": "datacite.json", "dublin_core": "dc.xml",
}  # fmt: skip


class Withdrawn(Exception):
    """What was asked for was public once. `edition` is the one that tells when and why it is not any more."""

    def __init__(self, identifier: str, edition: Edition) -> None:
        super().__init__(identifier)
        self.identifier = identifier
        self.edition = edition


def here(path: str) -> str:
    return absolute(f"{BASE}{path}")


def instant(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def changed() -> datetime | None:
    """When anything public last changed: a withdrawal is a change too, so this never goes back."""
    moment: datetime | None = Edition.objects.aggregate(last=Max("standing_at"))["last"]
    return moment


# --- what is found ------------------------------------------------------------------------------------------------


def selected(editions: EditionQuerySet, values: Any) -> EditionQuerySet:
    """Public editions by the filters of a list. The invented year is left out unless it is asked for."""
    found = editions.public().defer("document")
    columns = {"year": "year", "forum": "forum_slug", "stage": "stage", "language": "language",
               "kind": "metadata__kind", "changed_since": "standing_at__gte"}  # fmt: skip
    for name, column in columns.items():
        if (value := values.get(name)) is not None:
            found = found.filter(**{column: value})
    if (theme := values.get("theme")) is not None:
        found = found.of_theme(theme)
    return found if values.get("year") is not None else found.exclude(year=FICTITIOUS_YEAR)


def edition_of(identifier: str) -> Edition:
    """Raises Http404 and Withdrawn."""
    edition = Edition.objects.filter(identifier=identifier).defer("document").first()
    if edition is None:
        raise Http404
    if not edition.is_public:
        raise Withdrawn(identifier, edition)
    return edition


def newest_of(series: str) -> Edition:
    """The newest public edition of a document. Raises Http404 and Withdrawn."""
    editions = Edition.objects.filter(series=series).defer("document")
    newest = editions.current().first()
    if newest is None:
        last = editions.order_by("-number").first()
        if last is None:
            raise Http404
        raise Withdrawn(series, last)
    return newest


# --- answers ------------------------------------------------------------------------------------------------------


def documents(asked: Asked) -> Rows:
    found = selected(Edition.objects.current(), asked.values)
    return page_of(found, asked, "series", lambda rows: [document_row(row) for row in rows])


def document(asked: Asked) -> shapes.WholeDocument:
    newest = newest_of(asked.place["identifier"])
    editions = Edition.objects.filter(series=newest.series).public().defer("document").order_by("number")
    names = [newest.series, *(edition.identifier for edition in editions)]
    return {
        **document_row(newest),
        "editions": [edition_name(edition) for edition in editions],
        "relations": relations_of(*names),
    }


def edition(asked: Asked) -> shapes.Edition:
    return edition_row(edition_of(asked.place["edition"]))


def passages(asked: Asked) -> Rows:
    found = edition_of(asked.place["edition"])

    def draw(rows: Sequence[PassageRow]) -> list[shapes.Passage]:
        return [passage_row(found, row) for row in rows]

    return page_of(found.passages.all(), asked, "ordinal", draw)


def forums(asked: Asked) -> Rows:
    found = selected(Edition.objects.current(), asked.values)
    rows = found.order_by().values_list("year", "forum_slug").annotate(Max("pk"), Count("pk"))
    counted = {(year, slug): (newest, count) for year, slug, newest, count in rows}
    page = cut(list(counted), asked, lambda place: f"{place[0]}-{place[1]}")
    editions = Edition.objects.defer("document").in_bulk([counted[place][0] for place in page.items])
    items = [forum_row(editions[counted[place][0]], counted[place][1]) for place in page.items]
    return Rows(page.total, items, page.next)


def forum(asked: Asked) -> shapes.Forum:
    """Raises Http404: a forum none of whose documents is public is not known here."""
    current = Edition.objects.current().filter(year=asked.place["year"], forum_slug=asked.place["forum"])
    newest = current.defer("document").order_by("-pk").first()
    if newest is None:
        raise Http404
    return forum_row(newest, current.count())


def themes(asked: Asked) -> Rows:
    lists = selected(Edition.objects.current(), {}).order_by("pk").values_list("metadata__themes", flat=True)
    found = [theme for themes in lists for theme in themes]
    labels = {theme["slug"]: theme["label"] for theme in found}
    counts = Counter(theme["slug"] for theme in found)
    page = cut(list(labels), asked, str)
    return Rows(page.total, [theme_row(slug, labels[slug], counts[slug]) for slug in page.items], page.next)


# --- rows ---------------------------------------------------------------------------------------------------------


def document_row(edition: Edition) -> shapes.Document:
    metadata, series = edition.metadata, edition.series
    return {
        "identifier": series,
        "edition": edition.identifier,
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
        "links": {
            "self": here(f"documents/{series}"),
            "page": absolute(edition.address),
            "edition": here(f"editions/{edition.identifier}"),
            "comments": here(f"documents/{series}/comments"),
            "history": here(f"documents/{series}/history"),
        },
    }


def edition_name(edition: Edition) -> shapes.EditionName:
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


def edition_row(edition: Edition) -> shapes.Edition:
    metadata, page = edition.metadata, absolute(edition.permanent_address)
    return {
        "identifier": edition.identifier,
        "document": edition.series,
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
        "sha256": edition.sha256,
        "relations": relations_of(edition.identifier),
        "links": {
            "self": here(f"editions/{edition.identifier}"),
            "document": here(f"documents/{edition.series}"),
            "passages": here(f"editions/{edition.identifier}/passages"),
            "page": page,
            "pdf": f"{page}document.pdf",
            "json": f"{page}document.json",
            "linkset": f"{page}linkset.json",
            "citations": citations_of(page),
        },
    }


def citations_of(page: str) -> shapes.Citations:
    return {name: f"{page}cite.{ending}" for name, ending in CITATION_FILES.items()}  # type: ignore[return-value]


def passage_row(edition: Edition, row: PassageRow) -> shapes.Passage:
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


def forum_row(edition: Edition, count: int) -> shapes.Forum:
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


def theme_row(slug: str, label: str, count: int) -> shapes.Theme:
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


def themes_of(edition: Edition) -> list[shapes.ThemeName]:
    return [{"slug": theme["slug"], "label": theme["label"]} for theme in edition.metadata["themes"]]


def meeting_of(edition: Edition) -> shapes.MeetingName:
    meeting = edition.metadata["meeting"]
    return {
        "year": meeting["year"],
        "igf_number": meeting.get("igf_number", 0),
        "city": meeting.get("city", ""),
        "country": meeting.get("country", ""),
    }


def relations_of(*names: str) -> list[shapes.Relation]:
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
