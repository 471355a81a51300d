"""From an edition to a work that can be cited."""

from collections.abc import Iterable
from dataclasses import replace

from api.citations.work import OtherLanguage, Work
from core.http.site_urls import absolute
from editions.document import citation_styles
from editions.document.doi import doi_address
from editions.models import Edition
from editions.translations import Translated, translated, translations_of
from workflow.states import DRAFT_STAGES

GENRES = {
    "outcome": "Outcome document", "draft": "Draft", "part": "Part of an outcome", "summary": "Summary",
    "overview": "Overview", "interim": "Interim report", "planned": "Plan",
    "working": "Working document", "translation": "Translation",
}  # fmt: skip


def work_of(
    edition: Edition, paragraph: int = 0, *, around: Iterable[Edition] | None = None,
    original: Translated | None = None, translations: Iterable[Edition] | None = None,
) -> Work:  # fmt: skip
    """An edition, or one of its paragraphs by number. The versions around it are related works, and so are what it
    translates and its translations.

    around, original, translations: from whoever has them already; see `editions.translations`.
    """
    if around is None:
        around = Edition.objects.public().filter(series=edition.series).defer("document").order_by("number")
    original = original or translated(edition.metadata.get("translation_of", ""))
    if translations is None:
        translations = () if original else translations_of([edition])
    work = _work(edition, edition.identifier, edition.permanent_address, str(edition.number), paragraph)
    source = _as_translated(original.original) if original else None
    same = tuple(_as_translated(each) for each in translations if each.metadata["translation_of"] == edition.identifier)
    return replace(
        work, others=tuple(_others(edition, around)), doi=edition.doi, translation_of=source, translations=same
    )


def _as_translated(edition: Edition) -> OtherLanguage:
    named = doi_address(edition.doi) if edition.doi else absolute(edition.permanent_address)
    return OtherLanguage(edition.identifier, edition.title, edition.language, named)


def paragraph_named(edition: Edition, text: str) -> int | None:
    """The number of a paragraph as an address names it: 0 for none, None where the edition has no such paragraph."""
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        return None
    number = int(text)
    return number if number and edition.passages.filter(number=number).exists() else None


def document_of(edition: Edition) -> Work:
    """The document whose newest public edition this is."""
    work = _work(edition, edition.series, edition.address, "", 0)
    return replace(work, doi=edition.series_doi)


def _work(edition: Edition, identifier: str, path: str, version: str, paragraph: int) -> Work:
    metadata = edition.metadata
    anchor = f"#p{paragraph}" if paragraph else ""
    return Work(
        identifier=identifier,
        authors=citation_styles.authors_of(metadata),
        title=edition.title,
        subtitle=metadata.get("subtitle", ""),
        issued=citation_styles.issued(metadata, edition.published_at),
        available=citation_styles.kept_since(metadata, edition.published_at),
        language=edition.language,
        address=f"{absolute(path)}{anchor}",
        version=version,
        note=citation_styles.note_on(metadata, edition.published_at, draft=edition.stage in DRAFT_STAGES),
        paragraph=paragraph,
        genre="Draft" if edition.stage in DRAFT_STAGES else GENRES.get(metadata["kind"], "Report"),
        abstract=metadata.get("summary", ""),
        keywords=tuple(theme["label"] for theme in metadata["themes"]),
        licence=metadata.get("licence", ""),
        original=metadata.get("original_address", ""),
    )


def _others(edition: Edition, around: Iterable[Edition]) -> list[tuple[str, str]]:
    """The document over all versions, by its DOI if it has one, and the public editions beside it."""
    found = [("IsVersionOf", doi_address(edition.series_doi) if edition.series_doi else absolute(edition.address))]
    for other in around:
        if other.number == edition.number - 1:
            found.append(("IsNewVersionOf", absolute(other.permanent_address)))
        elif other.number == edition.number + 1:
            found.append(("IsPreviousVersionOf", absolute(other.permanent_address)))
    return found
