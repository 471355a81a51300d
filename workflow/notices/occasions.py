"""Occasions that are told by mail, declared once: who is told, and in which words as shipped.

The Secretariat may word each anew. The confirm page of a step, the page on how documents move and the list of wordings
read this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, Words, register
from workflow.access.role_holders import roles_of
from workflow.states import FORUM_ROLES, TRANSITIONS, Role, State
from workflow.transitions.models import Process

ABOUT = "process:"
"""How a mail names the document it is about, before the number of its process."""

PLACES: Mapping[str, Any] = {
    "title": _("Lamps in storms"),
    "identifier": "BPF-2099-LAMPS",
    "state": State.COMMENT.label,
    "step": TRANSITIONS["open_comment"].label,
    "role": Role.FACILITATOR.label,
    "reason": _("The fictitious forum asked for it."),
    "due": datetime(2099, 6, 1, 12, 0, tzinfo=UTC),
    "address": "/library/2099/lamps/lamps/",
}
"""The places of every event, each with the example that a preview shows."""

ASKED: Mapping[str, Any] = {
    "label": _("Draft II"),
    "announcement": _("Please comment on this fictitious draft, above all on its second part."),
    "opens": datetime(2099, 5, 1, 12, 0, tzinfo=UTC),
    "soft_deadline": datetime(2099, 5, 20, 12, 0, tzinfo=UTC),
    "closes": datetime(2099, 6, 1, 12, 0, tzinfo=UTC),
    "session_date": date(2099, 6, 15),
    "session_place": _("Room 1, Port Fiction"),
    "public_source": "https://example.org/lamps",
    "original_date": "2098-05-09",
    "grounds": _("Every objection was answered; none is maintained."),
    "reopening": _("New facts on lamps."),
    "tasks": _("2 comments wait for moderation."),
    "place": "¶ 3",
    "person": "Ficta Editor",
    "note": _("Please look at the year."),
}
"""Examples of what the form of a step asks for, and of what rooms above add. A place without one shows its name."""


def example(place: str) -> Any:
    return PLACES.get(place, ASKED.get(place, place))


def examples(*more: str) -> dict[str, Any]:
    """more: places of an event beside those of every event."""
    return {place: example(place) for place in (*PLACES, *more)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Occasion):
    """An occasion that is told to people in roles. roles: of the document's forum; the Secretariat everywhere.

    It is tried until it is sent: a role is held for years.
    """

    roles: frozenset[Role]
    attempts: int | None = None
    first_pause: timedelta = timedelta(minutes=2)

    def still_reaches(self, user: Any, about: str) -> bool:
        """Who lost the role meanwhile reads no more of the document."""
        process = Process.objects.select_related("page").filter(pk=about.removeprefix(ABOUT)).first()
        if process is None or process.page is None:
            return bool(user.is_active)
        return bool(roles_of(user, process.page) & self.roles)

    @property
    def role_labels(self) -> list[str]:
        return [str(role.label) for role in Role if role in self.roles]


_FORUM = frozenset(FORUM_ROLES)
_LEADING = frozenset({Role.FACILITATOR, Role.LEAD_EXPERT})
_ALL = _FORUM | {Role.SECRETARIAT}

_STEP = Words(
    _("$title: $step"),
    _("“$title” ($identifier) is now at “$state”.\n\nStep: $step, taken as $role.\nReason: $reason\n\n$address"),
)

_OPENED = Words(
    _("Open for comment: $title"),
    _(
        "“$title” ($identifier) is open for public comment.\n\n$announcement\n\n"
        "Opens: $opens\nCloses: $closes\n\n$address"
    ),
)
_CLOSED = Words(
    _("Comment closed: $title"),
    _(
        "Public comment on “$title” ($identifier) is closed. The comments are being answered; each answer will stand "
        "beside its comment.\n\n$address"
    ),
)
_PRESENTED = Words(
    _("Revised draft: $title"),
    _(
        "A revised draft of “$title” ($identifier) is public. It will be discussed in a session.\n\n"
        "$session_date, $session_place\n\n$address"
    ),
)
_ADOPTED = Words(
    _("Outcome: $title"),
    _(
        "“$title” ($identifier) reflects the rough consensus of the forum's lead experts and contributors. "
        "The grounds, and what is not agreed, stand beside the text.\n\n$address"
    ),
)
_CORRECTED = Words(
    _("Correction: $title"), _("A correction of “$title” ($identifier) is public.\n\nReason: $reason\n\n$address")
)
_RETURNED = Words(
    _("Taken back: $title"),
    _(
        "The draft of “$title” ($identifier) that was open for comment was taken back before anybody had commented.\n\n"
        "Reason: $reason\n\n$address"
    ),
)
_WITHDRAWN = Words(_("Withdrawn: $title"), _("“$title” ($identifier) was withdrawn.\n\nReason: $reason\n\n$address"))

_TOLD: dict[str, tuple[frozenset[Role], Words | None]] = {
    "open_comment": (_FORUM, _OPENED),
    "close_comment": (_FORUM, _CLOSED),
    "present": (_FORUM, _PRESENTED),
    "incorporate": (_FORUM, None),
    "adopt": (_ALL, _ADOPTED),
    "return_to_draft": (_FORUM, _RETURNED),
    "revise": (_FORUM, None),
    "correct": (_ALL, _CORRECTED),
    "record": (_LEADING, None),
    "withdraw": (_ALL, _WITHDRAWN),
    "reinstate": (_FORUM, None),
}
"""Step -> (roles, words for the mailing list). The list hears of what changed for the public. It does not hear of work
that goes on behind a public text, nor of an output of past years that is recorded long after its forum."""

EVENTS: dict[str, Event] = {
    name: Event(name, move.label, "", _STEP, _TOLD[name][1], examples(*move.asks), roles=_TOLD[name][0])
    for name, move in TRANSITIONS.items()
} | {
    "due_soon": Event(
        "due_soon",
        _("A due date comes near"),
        words=Words(
            _("$title: due $due"), _("“$title” ($identifier) is at “$state” and should move on by $due.\n\n$address")
        ),
        examples=examples(),
        roles=_FORUM,
    ),
    "overdue": Event(
        "overdue",
        _("A due date has passed"),
        words=Words(
            _("$title: overdue since $due"),
            _("“$title” ($identifier) is still at “$state”; it should have moved on by $due.\n\n$address"),
        ),
        examples=examples(),
        roles=_LEADING | {Role.SECRETARIAT},
    ),
    "lock_asked": Event(
        "lock_asked",
        _("Somebody waits for a text that you have locked"),
        words=Words(
            _("$title: $person waits for the text"),
            _(
                "You have locked “$title” ($identifier), and $person would like to go on with it:\n\n$note\n\n"
                "The lock is taken off in the side panel of the editor.\n\n$address"
            ),
        ),
        examples=examples("person", "note"),
        roles=_ALL,
    ),
    "lock_taken": Event(
        "lock_taken",
        _("A text that you had locked was taken over"),
        words=Words(
            _("$title: $person took the text over"),
            _(
                "$person took over “$title” ($identifier), which you had locked. What you saved is in it. What you "
                "have typed and not saved is merged when you save.\n\n$address"
            ),
        ),
        examples=examples("person"),
        roles=_ALL,
    ),
}
"""Rooms above add their own when they start."""
for event in EVENTS.values():
    register(event)
