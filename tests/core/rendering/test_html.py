"""The quick format_html answers as Django's does."""

import pytest
from django.utils import html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from core.rendering.html import format_html

VALUES = st.one_of(st.text(), st.text().map(mark_safe), st.integers(), st.none(), st.floats(), st.booleans())


@given(st.lists(VALUES, min_size=2, max_size=2), VALUES)
def test_any_values__are_escaped_as_by_django(values: list[object], named: object) -> None:
    pattern = '<p class="{}">{} & {name}</p>'
    made = format_html(pattern, *values, name=named)
    assert made == html.format_html(pattern, *values, name=named)
    assert isinstance(made, SafeString)


@pytest.mark.parametrize("value", [gettext_lazy("Page"), gettext_lazy("<b>"), html.format_html("<b>{}</b>", "<")])
def test_words_of_the_library__are_told_and_escaped_too(value: object) -> None:
    assert format_html("<p>{}</p>", value) == html.format_html("<p>{}</p>", value)


@pytest.mark.parametrize("hostile", ["<script>", "\" onclick='", "&amp;", "{0.__class__}"])
def test_hostile_text__is_text(hostile: str) -> None:
    made = format_html("<p title='{}'>{}</p>", hostile, hostile)
    assert made == html.format_html("<p title='{}'>{}</p>", hostile, hostile)
    assert "<script" not in made
