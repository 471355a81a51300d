"""State x transition x role. The combinations come from the declaration, what to expect is written by hand from
docs/architecture.md and the forums' own practice, so that the two can disagree."""

import pytest

from tests.factories import ProcessFactory
from workflow.states import TRANSITIONS, Role, State
from workflow.transitions.models import Process
from workflow.transitions.services import blockers

pytestmark = pytest.mark.django_db

WHERE = {
    "open_comment": "drafting incorporating wrap_up",
    "close_comment": "comment",
    "present": "comment incorporating",
    "incorporate": "wrap_up",
    "adopt": "wrap_up incorporating",
    "return_to_draft": "comment",
    "revise": "final",
    "correct": "final",
    "record": "drafting",
    "withdraw": "drafting comment incorporating wrap_up final",
    "reinstate": "withdrawn",
}

# The Secretariat may act in any role's place; a rapporteur drafts and moves nothing.
WHO = {
    "open_comment": "facilitator secretariat",
    "close_comment": "facilitator secretariat clock",
    "present": "facilitator secretariat",
    "incorporate": "facilitator secretariat",
    "adopt": "facilitator lead_expert secretariat",
    "return_to_draft": "secretariat",
    "revise": "facilitator secretariat",
    "correct": "secretariat",
    "record": "secretariat",
    "withdraw": "secretariat",
    "reinstate": "secretariat",
}

TARGET = {
    "open_comment": "comment",
    "close_comment": "incorporating",
    "present": "wrap_up",
    "incorporate": "incorporating",
    "adopt": "final",
    "return_to_draft": "drafting",
    "revise": "drafting",
    "correct": "final",
    "record": "final",
    "withdraw": "withdrawn",
    "reinstate": "drafting",
}

OUTSIDERS = ("other_facilitator", "other_lead_expert", "nobody")


def test_every_transition__has_a_line_in_each_table() -> None:
    assert set(TRANSITIONS) == set(WHERE) == set(WHO) == set(TARGET)


@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_transition__leads_where_the_page_says(name: str) -> None:
    assert TRANSITIONS[name].target == TARGET[name]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_a_move__is_open_to_the_right_roles_in_the_right_states(name, state, people) -> None:
    process = ProcessFactory(forum=people.forum, at=state)
    for role in Role:
        codes = {item.code for item in blockers(process, TRANSITIONS[name], people[role])}
        assert ("wrong_state" in codes) is (state not in WHERE[name].split()), role
        assert ("wrong_role" in codes) is (role not in WHO[name].split()), role
    for who in OUTSIDERS:
        assert "wrong_role" in {item.code for item in blockers(process, TRANSITIONS[name], people[who])}, who


@pytest.mark.parametrize("name", TRANSITIONS)
def test_the_machine_itself__knows_the_same_moves(name) -> None:
    transitions = {found.name: found for found in Process().get_all_state_transitions()}
    sources = {found.source for found in Process().get_all_state_transitions() if found.name == name}
    assert sources == set(WHERE[name].split())
    assert transitions[name].target == TARGET[name]
