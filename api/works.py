"""From an edition to a work that can be cited."""

from api.citations import Work
from editions.addresses import absolute
from editions.citing import PROJECT_SUMMARY, WORK_IN_PROGRESS
from editions.models import Edition
from workflow.states import DRAFT_STAGES

GENRES = {
    "outcome": "Outcome document", "draft": "Draft", "part": "Part of an outcome", "summary": "Summary",
    "overview": "Overview", "interim": "Interim report", "planned": "Plan",
}  # fmt: skip


def issued(edition: Edition) -> str:
    """The day of publication here; of an output that was adopted elsewhere only the year of its meeting is known."""
    metadata = edition.metadata
    if metadata.get("recorded") and not metadata.get("project_summary"):
        return str(metadata["meeting"]["year"])
    return edition.published_at.date().isoformat()


def note_on(edition: Edition) -> str:
    if edition.stage in DRAFT_STAGES:
        return WORK_IN_PROGRESS
    return PROJECT_SUMMARY if edition.metadata.get("project_summary") else ""


def work_of(edition: Edition, paragraph: int = 0) -> Work:
    """An edition, or one of its paragraphs by number. The versions around it are related works."""
    return _work(edition, edition.identifier, edition.permanent_address, str(edition.number), paragraph)


def document_of(edition: Edition) -> Work:
    """The document whose newest public edition this is."""
    return _work(edition, edition.series, edition.address, "", 0)


def _work(edition: Edition, identifier: str, path: str, version: str, paragraph: int) -> Work:
    metadata = edition.metadata
    anchor = f"#p{paragraph}" if paragraph else ""
    return Work(
        identifier=identifier,
        authors=tuple(metadata["authors"]) or (metadata["forum"]["title"],),
        title=edition.title,
        subtitle=metadata.get("subtitle", ""),
        issued=issued(edition),
        language=edition.language,
        address=f"{absolute(path)}{anchor}",
        version=version,
        note=note_on(edition),
        paragraph=paragraph,
        genre="Draft" if edition.stage in DRAFT_STAGES else GENRES.get(metadata["kind"], "Report"),
        abstract=metadata.get("summary", ""),
        keywords=tuple(theme["label"] for theme in metadata["themes"]),
        licence=metadata.get("licence", ""),
        others=tuple(_others(edition)) if version else (),
    )


def _others(edition: Edition) -> list[tuple[str, str]]:
    """The document over all versions, and the public editions beside it."""
    around = Edition.objects.public().filter(series=edition.series).defer("document").order_by("number")
    found = [("IsVersionOf", absolute(edition.address))]
    for other in around:
        if other.number == edition.number - 1:
            found.append(("IsNewVersionOf", absolute(other.permanent_address)))
        elif other.number == edition.number + 1:
            found.append(("IsPreviousVersionOf", absolute(other.permanent_address)))
    return found
