"""Editions for tests of the public pages, frozen from pages without the moves that need people."""

from datetime import UTC, datetime

from editions import services
from tests.factories import OutcomePageFactory
from workflow.transitions.services import process_of

NOW = datetime(2099, 5, 1, 12, tzinfo=UTC)


def publish(page=None, *, stage="final", at=NOW, label="", **fields):
    """The next edition of a page, of a new one where none is given."""
    page = page or OutcomePageFactory(**fields)
    process_of(page)
    draft = page.get_latest_revision_as_object().to_draft()
    return services.freeze(draft, page=page, stage=stage, at=at, label=label)


def revise(page, *blocks):
    """Another text for a page, saved as its latest revision."""
    page.body = list(blocks)
    page.save_revision()
    return page
