"""A list of many pages: the page that an address asks for, and the links to the others."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from core.pagination import page_of


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("page=2", 2), ("page=99", 3), ("page=0", 3), ("page=x", 1), ("page=123456789x", 3)]
)
def test_page__is_the_one_asked_for_or_the_nearest_there_is(asked, number):
    assert page_of(QueryDict(asked), range(5), 2).number == number


def test_links__keep_what_else_was_asked_and_lead_to_the_list(rf):
    request = rf.post("/desk/answer/?other=1")
    asked = QueryDict("show=open&page=2")
    context = {"rows": page_of(asked, range(5), 2), "list_address": "/desk/", "list_query": asked}
    drawn = render_to_string("components/pagination.html", context, request)
    assert 'rel="prev" href="/desk/?show=open&amp;page=1"' in drawn
    assert 'rel="next" href="/desk/?show=open&amp;page=3"' in drawn
