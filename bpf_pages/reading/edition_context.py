"""What a reader of an edition needs around its text: its place among the other editions, its banners, its citation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from api.citations import page_metadata
from api.citations.citable import work_of
from api.citations.formats import NAMES
from api.citations.work import Work
from api.usage.services import uses_of
from bpf_pages.link_rows.models import OutsideLink
from bpf_pages.listings import documents as listings
from bpf_pages.reading.lineage import lineage_of
from bpf_pages.rendering import labels
from core.http.site_urls import absolute
from core.languages.template_tags import tongue
from core.prepared_queries import prepared
from editions.document.citation_styles import STYLES
from editions.models import Edition
from editions.translations import Translated, translated, translations_of
from formats.writing import FORMS as FILE_FORMS
from pdf.printing.services import printing_of, seal_of
from workflow.attachments.services import public_attachments
from workflow.states import DRAFT_STAGES


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The public editions around one: newest is the current one, former and next those with the numbers beside it."""

    public: tuple[Edition, ...]
    newest: Edition | None
    former: Edition | None
    next: Edition | None


def neighbours_of(edition: Edition) -> Neighbours:
    others = tuple(_public_of(edition.series))
    return Neighbours(
        public=others,
        newest=next((other for other in others if other.is_current), None),
        former=next((other for other in reversed(others) if other.number < edition.number), None),
        next=next((other for other in others if other.number > edition.number), None),
    )


@prepared
def _public_of(series: str) -> QuerySet[Edition]:
    return Edition.objects.filter(series=series).public().defer("document").order_by("number")


def in_other_languages(edition: Edition, original: Translated | None, translations: Iterable[Edition]) -> list[Edition]:
    """The editions that say the same in other languages, to be read in place of this one: of an original its
    translations; of a translation the original, where it is public, and the other translations of it."""
    if original is None:
        return list(translations)
    others = [each for each in translations_of(_public_of(original.original.series)) if each.series != edition.series]
    return [original.original, *others] if original.original.is_public else others


def context_of(edition: Edition) -> dict[str, Any]:
    """Everything the template of an edition shows."""
    around = neighbours_of(edition)
    document = edition.content
    lineage = lineage_of(edition)
    original = translated(edition.metadata.get("translation_of", ""))
    translations = () if original else tuple(translations_of(around.public))
    work = work_of(edition, around=around.public, original=original, translations=translations)
    return {
        "edition": edition,
        "document": document,
        "metadata": edition.metadata,
        "public": around.public,
        "newest": around.newest,
        "former": around.former,
        "next": around.next,
        "is_superseded": not edition.is_current,
        "is_draft": edition.stage in DRAFT_STAGES,
        "corrects": lineage.corrected,
        "translated": original,
        "other_languages": in_other_languages(edition, original, translations),
        "kind_label": labels.kind_label(edition.metadata["kind"]),
        **citations_of(work, edition.permanent_address),
        "canonical_path": edition.reading_address,
        "latest_version": absolute(edition.address),
        "predecessor_version": absolute(around.former.permanent_address) if around.former else "",
        "file_forms": list(FILE_FORMS.values()),
        "printing": printing_of(edition),
        "seal": seal_of(edition),
        "lineage": lineage,
        "archived": OutsideLink.objects.archive_of(edition.metadata.get("original_address", "")),
        "attachments": public_attachments(edition.series),
        "highwire": list(page_metadata.highwire(work)),
        "json_ld": page_metadata.json_ld(work),
        "link_header": page_metadata.link_header(work, edition),
        "cite_as": work.named_by,
        "doi": work.doi,
        "uses": uses_of(edition.series),
        "forum_feed": f"/feeds/{edition.year}/{edition.forum_slug}.atom",
        "comments_feed": f"{edition.address}comments.atom",
        "own_address": work.address,
        "breadcrumb": steps_to(edition),
    }


def citations_of(work: Work, place: str) -> dict[str, Any]:
    """The sentence of each style, and the files for programs. place: path below which the files stand."""
    query = f"?paragraph={work.paragraph}" if work.paragraph else ""
    return {
        "citations": [(style.name, style.sentence(work.cited)) for style in STYLES.values()],
        "citation_files": [(f"{place}cite.{form}{query}", name) for form, name in NAMES.items()],
    }


def steps_to(edition: Edition, *more: tuple[str, str]) -> listings.Breadcrumb:
    """The breadcrumb of an edition or of a page below it, from the edition's own words; the template calls the forum as
    the reader does."""
    year, slug = edition.year, edition.forum_slug
    return listings.breadcrumb(
        (_("Library"), "/library/"),
        (str(year), f"/library/{year}/"),
        (tongue(edition.metadata["forum"]["title"]), f"/library/{year}/{slug}/"),
        (tongue(edition.title, edition.language), edition.address),
        *more,
    )
