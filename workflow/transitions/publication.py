"""What a move does to the editions of a document: freeze a new one, show the current one in another stage, withdraw."""

from typing import Any

from editions import services as editions
from editions.models import Edition, Relation, RelationKind
from workflow.access.role_holders import name_of
from workflow.states import PUBLIC, State
from workflow.transitions.guards import Attempt
from workflow.transitions.revisions import add_revision


def change_editions(attempt: Attempt, reason: str) -> Edition | None:
    """As the declaration of the move says; within its transaction. Answers the edition the log row points to.

    Raises editions.document.validation.CannotFreeze for a text that is not complete.
    """
    process, move, at = attempt.process, attempt.move, attempt.at
    if move.freezes:
        return _freeze(attempt)
    current = process.current_edition
    if move.name == "return_to_draft" and current:
        editions.withdraw_edition(current, reason, at)
    elif move.target == State.WITHDRAWN:
        editions.withdraw(process.series, reason, at)
    elif move.target in PUBLIC and current:
        editions.set_stage(current, move.target, at)
    return current


def _freeze(attempt: Attempt) -> Edition:
    move, page, draft = attempt.move, attempt.process.page, attempt.draft
    if page is None or draft is None:
        raise ValueError(f"{attempt.process}: a move that freezes needs a page")  # its state and guards asked for one
    # A new revision of its own, of the very text that the guards judged: an editor's tab that autosaves over the old
    # one is refused by Wagtail from now on.
    add_revision(page, attempt.text, attempt.user, attempt.taken_over)
    draft.metadata.update(_claims(attempt))
    label = str(attempt.data.get("label") or "")
    edition = editions.freeze(draft, page=page, stage=str(move.target), at=attempt.at, label=label)
    if edition.former:
        kind = RelationKind.CORRECTS if move.name == "correct" else RelationKind.SUPERSEDES
        Relation.objects.create(kind=kind, source=edition.identifier, target=edition.former.identifier)
    return edition


def _claims(attempt: Attempt) -> dict[str, Any]:
    """What the edition says about how it came to be: recorded from elsewhere, or declared here and by whom.

    A correction changes words, not the standing of the outcome: it keeps what the corrected edition said.
    """
    if attempt.move.name == "correct" and (current := attempt.process.current_edition):
        kept = ("recorded", "recorded_on", "public_source", "declaration")
        return {name: current.metadata[name] for name in kept if name in current.metadata}
    if attempt.move.name == "record":
        source = attempt.data.get("public_source", "")
        return {"recorded": True, "recorded_on": attempt.at.date().isoformat(), "public_source": source}
    if attempt.move.name == "adopt":
        grounds = attempt.data.get("grounds", "")
        declared = {"by": name_of(attempt.user), "role": str(attempt.role), "grounds": grounds}
        return {"recorded": False, "declaration": declared | {"at": attempt.at.isoformat()}}
    return {"recorded": False}
