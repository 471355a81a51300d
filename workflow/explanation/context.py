"""The life of a document in words, table rows and a picture, all made from workflow.states and the guard registry."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflow.explanation.diagram import BADGE_RADIUS, BOX_HEIGHT, BOX_WIDTH, Diagram, Step, draw
from workflow.notices.occasions import EVENTS
from workflow.states import MEANINGS, PUBLIC, ROLE_MEANINGS, TRANSITIONS, Role, State, Transition
from workflow.transitions.guards import guard_summary


@dataclass(frozen=True, slots=True)
class StateRow:
    state: State
    meaning: str
    is_public: bool
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveRow:
    """must: hard guards. should: soft ones, which the Secretariat may set aside with a public reason.

    advised: what the mover is told, and which stops nobody. told: roles that are written to; tells_list: whether the
    forum's mailing list is too.
    """

    number: int
    move: Transition
    sources: tuple[State, ...]
    target: State
    roles: tuple[str, ...]
    must: tuple[str, ...]
    should: tuple[str, ...]
    advised: tuple[str, ...]
    told: tuple[str, ...]
    tells_list: bool


@dataclass(frozen=True, slots=True)
class RoleRow:
    role: Role
    meaning: str
    moves: tuple[str, ...]


def state_rows() -> list[StateRow]:
    return [StateRow(state, str(MEANINGS[state]), state in PUBLIC, _leads_to(state)) for state in State]


def move_rows() -> list[MoveRow]:
    """In the order of the declaration; the number is the one in the picture."""
    return [
        MoveRow(
            number=number,
            move=move,
            sources=tuple(state for state in State if state in move.sources),
            target=move.target,
            roles=tuple(str(role.label) for role in Role if role in move.roles),
            must=tuple(map(guard_summary, move.hard))
            + ((_("The reason is given; it is public."),) * move.needs_reason),
            should=tuple(map(guard_summary, move.soft)),
            advised=tuple(map(guard_summary, move.advised)),
            told=tuple(EVENTS[move.name].role_labels),
            tells_list=EVENTS[move.name].list_words is not None,
        )
        for number, move in enumerate(TRANSITIONS.values(), start=1)
    ]


def role_rows() -> list[RoleRow]:
    return [
        RoleRow(role, str(ROLE_MEANINGS[role]), tuple(str(m.label) for m in TRANSITIONS.values() if role in m.roles))
        for role in Role
    ]


def picture() -> Diagram:
    steps = [
        Step(row.number, row.move.name, str(row.move.label), frozenset(map(str, row.sources)), str(row.target))
        for row in move_rows()
    ]
    return draw([(str(state), str(state.label)) for state in State], steps)


def _leads_to(state: State) -> tuple[str, ...]:
    return tuple(str(move.label) for move in TRANSITIONS.values() if state in move.sources)


def context() -> dict[str, object]:
    """What templates/workflow/explanation.html shows."""
    return {
        "states": state_rows(),
        "moves": move_rows(),
        "roles": role_rows(),
        "diagram": picture(),
        "diagram_title": _("The states of an outcome document and the steps between them"),
        "box_width": BOX_WIDTH,
        "box_height": BOX_HEIGHT,
        "badge_radius": BADGE_RADIUS,
    }
