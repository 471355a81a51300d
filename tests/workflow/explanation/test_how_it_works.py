"""The public page, the admin's help and the picture say what workflow.states declares, and nothing else."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from tests.browser.chromium import chromium
from workflow.explanation import context as explanation
from workflow.explanation.diagram import ARROW, BADGE_RADIUS, BOX_HEIGHT, BOX_WIDTH, Diagram, Step, draw
from workflow.notices.occasions import EVENTS
from workflow.states import TRANSITIONS, Role, State
from workflow.transitions.guards import GUARDS

DECLARED_EDGES = {
    (move.name, str(source), str(move.target)) for move in TRANSITIONS.values() for source in move.sources
}


WORDS_OUTSIDE = """() => [...document.querySelectorAll(".life-state")].flatMap((state) => {
  const box = state.querySelector("rect").getBBox();
  return [...state.querySelectorAll("text")].map((text) => [text.textContent, text.getBBox()])
    .filter(([, words]) => words.x < box.x || words.x + words.width > box.x + box.width
      || words.y < box.y || words.y + words.height > box.y + box.height)
    .map(([text]) => text);
})"""


def public_page() -> str:
    response = Client().get("/how-it-works/")
    assert response.status_code == 200
    return response.content.decode()


def help_page() -> str:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "secret"))
    response = client.get("/admin/workflow/help/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(params=[public_page, help_page])
def shown(request: pytest.FixtureRequest, db: None) -> BeautifulSoup:
    return BeautifulSoup(request.param(), "html.parser")


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_table_of_steps__on_both_pages__holds_exactly_the_declared_edges_and_roles(shown):
    said = set()
    state_of = {str(state.label): str(state) for state in State}
    for row in shown.select("tr[data-step]"):
        number, step, sources, target, roles, told = (words(cell) for cell in row.find_all(["td", "th"]))
        move = TRANSITIONS[row["data-step"]]
        assert step == move.label
        assert number == str(list(TRANSITIONS).index(move.name) + 1)
        assert set(roles.split(", ")) == {str(role.label) for role in move.roles}
        event = EVENTS[move.name]
        written_to = [*event.role_labels, *["mailing list of the forum"] * (event.list_words is not None)]
        assert told.split(", ") == written_to
        said |= {(move.name, state_of[source], state_of[target]) for source in sources.split(", ")}
    assert said == DECLARED_EDGES


def test_conditions__of_every_step__are_those_of_the_declared_guards(shown):
    for move in TRANSITIONS.values():
        article = shown.find("h3", id=f"step-{move.name}").find_parent("article")
        expected = [str(GUARDS[name].summary) for name in move.guards if name in GUARDS]
        listed = [words(item) for item in article.find_all("li")]
        assert [text for text in expected if text not in listed] == []
        assert len(listed) == len(move.guards) + move.needs_reason


def test_states_and_roles__on_both_pages__are_all_explained(shown):
    assert [tag["id"] for tag in shown.select("dt[id^=state-]")] == [f"state-{state}" for state in State]
    assert [tag["id"] for tag in shown.select("dt[id^=role-]")] == [f"role-{role}" for role in Role]


def test_picture__on_both_pages__has_a_name_and_points_to_the_table_of_steps(shown):
    svg = shown.find("svg", class_="life-diagram")
    assert svg["role"] == "img"
    named = [shown.find(id=identifier) for identifier in svg["aria-labelledby"].split()]
    assert [tag.name for tag in named] == ["title", "desc"]
    assert all(words(tag) for tag in named)
    assert not svg.find_all(style=True)


def test_picture__as_drawn__has_exactly_the_declared_edges():
    diagram = explanation.picture()
    assert diagram.edges() == DECLARED_EDGES
    assert [box.name for box in diagram.boxes] == [str(state) for state in State]


def segments(path: str) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a path made of M, H and V."""
    found, x, y = [], 0.0, 0.0
    for letter, numbers in re.findall(r"([MHV])([-\d. ]+)", path):
        values = [float(number) for number in numbers.split()]
        new = {"M": (values[0], values[-1]), "H": (values[0], y), "V": (x, values[0])}[letter]
        if letter != "M":
            found.append((x, y, *new))
        x, y = new
    return found


def test_picture__as_drawn__stays_inside_its_frame_and_no_number_covers_another():
    diagram = explanation.picture()
    for line in diagram.lines:
        for x1, y1, x2, y2 in segments(line.path):
            assert 0 < min(x1, x2) <= max(x1, x2) < diagram.width
            assert 0 < min(y1, y2) <= max(y1, y2) < diagram.height
    badges = [line.badge for line in diagram.lines]
    for index, (x, y) in enumerate(badges):
        assert BADGE_RADIUS < x < diagram.width - BADGE_RADIUS
        for other_x, other_y in badges[index + 1 :]:
            assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (2 * BADGE_RADIUS) ** 2


def test_picture__as_drawn__lets_no_two_moves_share_a_piece_of_line():
    pieces = [(line.step.name, piece) for line in explanation.picture().lines for piece in segments(line.path)]
    for index, (name, (x1, y1, x2, y2)) in enumerate(pieces):
        for other, (u1, v1, u2, v2) in pieces[index + 1 :]:
            if name == other:
                continue
            both_upright = x1 == x2 == u1 == u2
            both_level = y1 == y2 == v1 == v2
            assert not (both_upright and max(min(y1, y2), min(v1, v2)) < min(max(y1, y2), max(v1, v2)))
            assert not (both_level and max(min(x1, x2), min(u1, u2)) < min(max(x1, x2), max(u1, u2)))


def test_picture__of_a_narrow_screen__keeps_its_words_readable():
    """At 360 CSS pixels and a gutter of 16 the 15 units of a state's name must stay at 12 pixels or more."""
    assert 15 * (360 - 2 * 16) / explanation.picture().width >= 12


@pytest.mark.browser
def test_picture__in_every_language__keeps_its_words_inside_their_boxes():
    style = find("css/pages/how-it-works.css")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for language, _name in settings.LANGUAGES:
            with override(language):
                drawn = render_to_string("workflow/explanation/diagram.html", explanation.context())
            page.set_content(f"<body style='font-family: system-ui, sans-serif'>{drawn}")
            page.add_style_tag(path=style)
            assert page.evaluate(WORDS_OUTSIDE) == [], language


def test_draw__of_another_machine__draws_what_it_is_given():
    steps = [
        Step(1, "go", "Go", frozenset({"a"}), "b"),
        Step(2, "back", "Back", frozenset({"b", "c"}), "a"),
        Step(3, "again", "Again", frozenset({"c"}), "c"),
    ]
    diagram = draw([("a", "A"), ("b", "B"), ("c", "A name of several words")], steps)
    assert isinstance(diagram, Diagram)
    assert diagram.edges() == {("go", "a", "b"), ("back", "b", "a"), ("back", "c", "a"), ("again", "c", "c")}
    assert len(diagram.boxes[2].lines) == 2
    straight = next(line for line in diagram.lines if line.step.name == "go")
    assert straight.path.endswith(f"V{diagram.boxes[1].y - ARROW:g}")
    assert diagram.boxes[1].y - diagram.boxes[0].y > BOX_HEIGHT
    assert diagram.width > BOX_WIDTH
