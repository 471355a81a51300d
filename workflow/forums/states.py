"""The life of a forum of one year, declared once, in the manner of workflow.states.

Themes were chosen in every year in another way: decided by the MAG, proposed by communities, moved to another track,
dropped for want of budget (guide to the domain, section 2). So a proposal can be declined, deferred or moved elsewhere,
always with a public reason, and come back.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.states import Role, Text


class ForumState(models.TextChoices):
    RECEIVED = "received", _("Received")
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    DEFERRED = "deferred", _("Deferred")
    ELSEWHERE = "elsewhere", _("Moved elsewhere")
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")
    DISCARDED = "discarded", _("Discarded")


SHOWN = frozenset(
    {
        ForumState.PROPOSED, ForumState.APPROVED, ForumState.DECLINED, ForumState.DEFERRED, ForumState.ELSEWHERE,
        ForumState.ACTIVE, ForumState.CLOSED,
    }
)  # fmt: skip
"""What the public sees, named one by one: a state added later is hidden until somebody says otherwise.

What came in by the public form is not shown before a person looked at it.
"""

OPEN_TO_NOMINATIONS = frozenset({ForumState.APPROVED, ForumState.ACTIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumMove:
    """guards: names in forums/services.py FORUM_GUARDS. A reason is public, except where the proposal is hidden."""

    name: str
    label: Text
    explanation: Text
    sources: frozenset[ForumState]
    target: ForumState
    roles: frozenset[Role] = frozenset({Role.SECRETARIAT})
    guards: tuple[str, ...] = ()
    needs_reason: bool = True

    @property
    def reason_is_public(self) -> bool:
        return self.target != ForumState.DISCARDED


_UNDECIDED = frozenset({ForumState.PROPOSED, ForumState.DEFERRED})

_ALL = (
    ForumMove(
        name="admit",
        label=_("Show as a proposal"),
        explanation=_("The proposal is serious: it is shown to the public and waits for a decision."),
        sources=frozenset({ForumState.RECEIVED, ForumState.DISCARDED}),
        target=ForumState.PROPOSED,
        needs_reason=False,
    ),
    ForumMove(
        name="discard",
        label=_("Discard"),
        explanation=_("Not a proposal, or one that was sent twice. It is kept, and never shown."),
        sources=frozenset({ForumState.RECEIVED}),
        target=ForumState.DISCARDED,
    ),
    ForumMove(
        name="approve",
        label=_("Record: approved"),
        explanation=_("The Multistakeholder Advisory Group takes the forum up. The Secretariat records the decision."),
        sources=_UNDECIDED,
        target=ForumState.APPROVED,
    ),
    ForumMove(
        name="decline",
        label=_("Record: declined"),
        explanation=_("The Multistakeholder Advisory Group does not take the forum up."),
        sources=_UNDECIDED,
        target=ForumState.DECLINED,
    ),
    ForumMove(
        name="defer",
        label=_("Record: deferred"),
        explanation=_("The decision is put off, for example to another year."),
        sources=frozenset({ForumState.PROPOSED}),
        target=ForumState.DEFERRED,
    ),
    ForumMove(
        name="move_elsewhere",
        label=_("Record: moved elsewhere"),
        explanation=_("The theme is taken up in another track, such as a policy network. The reason names it."),
        sources=_UNDECIDED,
        target=ForumState.ELSEWHERE,
    ),
    ForumMove(
        name="reconsider",
        label=_("Propose again"),
        explanation=_("A proposal that was settled waits for a decision again."),
        sources=frozenset({ForumState.DECLINED, ForumState.ELSEWHERE, ForumState.DEFERRED}),
        target=ForumState.PROPOSED,
    ),
    ForumMove(
        name="begin",
        label=_("Begin work"),
        explanation=_("The forum has its page and people who lead it."),
        sources=frozenset({ForumState.APPROVED}),
        target=ForumState.ACTIVE,
        guards=("has_page", "has_facilitator"),
        needs_reason=False,
    ),
    ForumMove(
        name="close",
        label=_("Close the forum"),
        explanation=_("The year's work is done, and the three closing questions are answered."),
        sources=frozenset({ForumState.ACTIVE}),
        target=ForumState.CLOSED,
        roles=frozenset({Role.FACILITATOR}),
        guards=("documents_settled", "closing_questions_answered"),
        needs_reason=False,
    ),
    ForumMove(
        name="resume",
        label=_("Resume work"),
        explanation=_("The forum was closed too early, or goes on."),
        sources=frozenset({ForumState.CLOSED}),
        target=ForumState.ACTIVE,
    ),
)

FORUM_MOVES: dict[str, ForumMove] = {move.name: move for move in _ALL}


def forum_moves_from(state: ForumState | str) -> list[ForumMove]:
    return [move for move in _ALL if state in move.sources]
