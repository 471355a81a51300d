"""A stranger follows every link of the demonstration library; nothing breaks, and nothing unpublished is found."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_site.demo.cycle import play
from bpf_site.demo.forum_and_people import assemble
from core.languages.addresses import split
from tests.factories import _root
from tests.journeys.browsing import body_of

pytestmark = pytest.mark.django_db

LIMIT = 1500
OURS = {"testserver", "127.0.0.1:8000"}
STARTS = ("/", "/search/", "/open-calls/", "/how-it-works/", "/sitemap.xml", "/robots.txt", "/library/2099/")


@pytest.fixture
def demonstration(settings, tmp_path) -> None:
    # Of its own: the index that tests share still holds what a test before wrote and the database no longer has.
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    _root()
    ensure_tree()
    play(assemble(), timezone.now(), lambda line: None)
    call_command("tick", verbosity=0)


def links(address: str, html: bytes) -> Iterator[str]:
    page = lxml.html.document_fromstring(html)
    gets = "//form[not(translate(@method, 'POST', 'post') = 'post')]/@action"
    for target in page.xpath(f"//a/@href | //link/@href | //img/@src | {gets}"):
        yield urldefrag(urljoin(f"http://testserver{address}", target))[0]


def _is_followed(path: str) -> bool:
    """Of another language the first page alone: tests/site/test_languages.py walks all of them in each."""
    language, inside = split(path)
    return not path.startswith(("/admin", "/static")) and (not language or inside == "/")


def crawl(client: Client) -> dict[str, tuple[int, str, bytes]]:
    """Address -> (status, content type, body) of everything that can be reached by links, without the admin."""
    seen: dict[str, tuple[int, str, bytes]] = {}
    waiting = deque((start, "") for start in STARTS)
    while waiting and len(seen) < LIMIT:
        address, linked_from = waiting.popleft()
        if address in seen:
            continue
        response = client.get(address)
        assert not response.cookies, f"{address} sets a cookie for a stranger who only reads"
        body = body_of(response)
        assert response.status_code < 400 or response.status_code == 410, f"{linked_from} leads to {address}"
        seen[address] = (response.status_code, response.headers.get("Content-Type", ""), body)
        if body and "text/html" in seen[address][1]:
            for link in links(address, body):
                parts = urlsplit(link)
                if parts.netloc in OURS and _is_followed(parts.path):
                    waiting.append((parts.path + (f"?{parts.query}" if parts.query else ""), address))
    return seen


@pytest.mark.usefixtures("demonstration")
def test_a_stranger_who_follows_every_link__meets_nothing_broken_and_nothing_that_is_not_public(client) -> None:
    """Plants a word in every place that is not public, then reads all that a stranger can reach."""
    forum = Page.objects.get(slug="lighthouse-networks").specific
    planted = _plant(forum)
    call_command("tick", verbosity=0)
    seen = crawl(client)
    assert len(seen) < LIMIT, "the crawl was cut short: some page makes new addresses without end"
    assert len(seen) > 100
    for word in planted:
        answer = client.get(f"/api/v1/search?q={word}").json()
        assert (answer["total"], answer["hits"], answer["did_you_mean"]) == (0, [], None), word
        assert word not in body_of(client.get(f"/search/suggest?q={word[:6]}")).decode()
        leaks = [address for address, (_status, _type, body) in seen.items() if word.encode() in body]
        assert not leaks, f"{word} leaked"


def _plant(forum) -> list[str]:
    from bpf_pages.models.outcome import OutcomePage

    never = OutcomePage(title="zqdraftword", slug="never", summary="zqdraftword", live=False)
    never.body = [("text", "<p>zqdraftword in a draft</p>")]
    forum.add_child(instance=never)
    never.save_revision()
    live = OutcomePage(title="zqliveword", slug="slipped", summary="zqliveword", live=True)
    live.body = [("text", "<p>zqliveword in a page that slipped to live</p>")]
    forum.add_child(instance=live)
    revised = OutcomePage.objects.get(slug="outcome", path__startswith=forum.path)
    draft = revised.get_latest_revision_as_object()
    draft.body = [("text", "<p>zqrevisedword written after the final edition</p>")]
    draft.title = "zqrevisedword"
    draft.save_revision()
    return ["zqdraftword", "zqliveword", "zqrevisedword"]
