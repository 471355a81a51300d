"""The text that a move would freeze."""

from dataclasses import replace
from typing import Any

from editions.document.model import SectionKind, without_sections
from editions.services import Draft
from workflow.states import State, Transition


def draft_for(text: Any, move: Transition) -> Draft:
    """What a move freezes of a working text (a GovernedPage): an outcome leaves out the notices meant for drafts."""
    draft: Draft = text.to_draft()
    if move.target != State.FINAL:
        return draft
    return replace(draft, document=without_sections(draft.document, SectionKind.DRAFT_NOTICE))
