"""The glossary: every term has its place, and a word leads there where it first stands on a page."""

import re
from collections import Counter

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from bpf_pages.glossary.terms import GROUPS, OF_STAGE, RECORDED, TERMS
from tests.bpf_pages.published import publish
from tests.factories import ForumPageFactory
from workflow.states import PUBLIC, State


def drawn(source, request):
    return Template("{% load glossary %}" + source).render(Context({"request": request, "said": "<edition>"}))


def test_terms__have_a_slug_each_and_explain_every_stage_that_readers_see():
    assert len(TERMS) == sum(len(group.terms) for group in GROUPS) > 20
    assert set(OF_STAGE) == {*PUBLIC, State.WITHDRAWN}
    assert {*OF_STAGE.values(), RECORDED} <= set(TERMS)


def test_term__is_linked_at_its_first_use_on_a_page_only():
    request = RequestFactory().get("/")
    source = '{% term "edition" %} {% term "edition" said %}'
    assert drawn(source, request) == '<a class="term" href="/glossary/#edition">Edition</a> &lt;edition&gt;'
    assert "<a" in drawn(source, RequestFactory().get("/"))
    assert "<a" not in drawn(source, None)


def test_term__that_the_glossary_does_not_hold__is_a_fault_of_the_template():
    with pytest.raises(KeyError):
        drawn('{% term "edtion" %}', RequestFactory().get("/"))


@pytest.mark.django_db
def test_pages__of_forum_and_document__lead_to_terms_that_the_glossary_has(client):
    forum = ForumPageFactory()
    edition = publish(parent=forum)
    publish(parent=forum)
    anchors = set(re.findall(r'<div id="([\w-]+)"><dt>', client.get("/glossary/").content.decode()))
    assert anchors == set(TERMS)
    for address, wanted in (
        (forum.url, {"rough-consensus", "best-practice-forum"}),
        (edition.address, {"rough-consensus", "edition", "identifier"}),
    ):
        linked = Counter(re.findall(r'href="/glossary/#([\w-]+)"', client.get(address).content.decode()))
        assert wanted <= set(linked) <= anchors, address
        assert set(linked.values()) == {1}, address
