"""`{% drawn_from %}`: a part is drawn once for its values and language, and can show nothing else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from core.rendering import template_parts
from core.rendering.template_parts import MOST_KEPT

PART = "parts_of_tests.html"


@pytest.fixture
def drawing(monkeypatch):
    """The page around a part, by what it puts in -> HTML. `drawing.count`: how often the part was drawn."""
    engine = engines["django"].engine
    part = engine.from_string(
        '{% load i18n %}[{{ entries|join:"|" }}{{ request.path }}{{ user }}{{ around }}]{% translate "Search" %}'
    )
    drawn = []
    render = part.render
    monkeypatch.setattr(part, "render", lambda context: drawn.append(1) or render(context))
    found = engine.get_template
    monkeypatch.setattr(engine, "get_template", lambda name: part if name == PART else found(name))
    page = engines["django"].from_string(f'{{% drawn_from "{PART}" entries=entries %}}')
    request = RequestFactory().get("/a-page/")
    request.user = AnonymousUser()

    def draw(entries, around="") -> str:
        return page.render({"entries": entries, "around": around}, request)

    draw.drawn = drawn
    return draw


def test_part__is_drawn_once_for_its_values(drawing) -> None:
    assert drawing(("a", "b")) == drawing(("a", "b")) == "[a|b]Search"
    assert len(drawing.drawn) == 1
    assert drawing(("a", "c")) == "[a|c]Search"
    assert len(drawing.drawn) == 2


def test_part__sees_no_request_no_user_and_nothing_of_the_page(drawing) -> None:
    assert drawing(("a",), around="of one reader") == "[a]Search"
    assert drawing(("a",), around="of another") == "[a]Search"


def test_part__is_another_in_each_language(drawing) -> None:
    drawing(("a",))
    with translation.override("fr"):
        assert drawing(("a",)) == "[a]Rechercher"
    assert drawing(("a",)) == "[a]Search"


def test_text_that_is_put_in__is_escaped(drawing) -> None:
    assert drawing(("<b>",)) == "[&lt;b&gt;]Search"


def test_values_without_end__are_not_all_kept(drawing) -> None:
    for number in range(3 * MOST_KEPT):
        drawing((str(number),))
    assert all(len(kept) <= MOST_KEPT for kept in template_parts._kept.values())


def test_list__is_refused(drawing) -> None:
    """Its entries could change after they were drawn."""
    with pytest.raises(TypeError):
        drawing(["a"])
