"""The text that a move would freeze."""

from dataclasses import replace

from wagtail.models import Page

from editions.document import SectionKind, without_sections
from editions.services import Draft
from workflow.states import State, Transition


def draft_for(page: Page, move: Transition) -> Draft:
    """The newest working text of a governed page. An outcome leaves out what only asks for comment on a draft."""
    draft: Draft = page.specific.get_latest_revision_as_object().to_draft()
    if move.target != State.FINAL:
        return draft
    return replace(draft, document=without_sections(draft.document, SectionKind.DRAFT_NOTICE))
