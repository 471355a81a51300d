"""Feeds: one entry an edition, newest first, never what is not public."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from api.feeds.overview import feeds
from editions import services
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, ThemePageFactory, text_block

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def forum():
    """A forum of a year that is not marked as invented, with a theme."""
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098), slug="lamps")
    forum.themes.set([ThemePageFactory(slug="lamps")])
    forum.save()
    return forum


def entries(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/atom+xml")
    tree = ET.fromstring(response.content)
    return [(entry.findtext("a:id", namespaces=ATOM), entry) for entry in tree.iterfind("a:entry", ATOM)]


@pytest.mark.parametrize(
    "address",
    ["/feeds/outcomes.atom", "/feeds/editions.atom", "/feeds/themes/lamps.atom", "/feeds/2098.atom",
     "/feeds/2098/lamps.atom"],
)  # fmt: skip
def test_each_feed__names_the_edition_by_its_lasting_address(client, forum, address):
    edition = publish(parent=forum)
    publish(parent=ForumPageFactory(parent=MeetingPageFactory(year=2097)), stage="comment")
    [(name, entry)] = [found for found in entries(client, address) if edition.permanent_address in found[0]]
    assert name.startswith("http")
    assert name.endswith(edition.permanent_address)
    assert edition.title in entry.findtext("a:title", namespaces=ATOM)


def test_editions_of_one_document__come_newest_first_and_each_once(client, forum):
    first = publish(parent=forum)
    second = publish(revise(first.page.specific, text_block("<p>New.</p>")), at=NOW + timedelta(days=1))
    names = [name for name, _entry in entries(client, "/feeds/2098/lamps.atom")]
    assert [name.split("/editions/")[1] for name in names] == ["2/", "1/"]
    assert names[0].endswith(second.permanent_address)


def test_drafts__are_in_the_feed_of_editions_and_not_among_the_outcomes(client, forum):
    publish(parent=forum, stage="comment")
    assert len(entries(client, "/feeds/editions.atom")) == 1
    assert entries(client, "/feeds/outcomes.atom") == []


def test_what_is_withdrawn_invented_or_unpublished__is_in_no_general_feed(client, forum):
    gone = publish(parent=forum)
    services.withdraw(gone.series, "Fictitious reason.", timezone.now())
    publish()
    OutcomePageFactory(parent=forum, title="Unheard")
    assert entries(client, "/feeds/editions.atom") == []
    for address in ("/feeds/2098/lamps.atom", "/feeds/2098.atom", "/feeds/themes/lamps.atom"):
        assert entries(client, address) == [], "whoever follows it is not told that it is gone"
    assert b"Fictitious forum" in client.get("/feeds/2098/lamps.atom").content
    forum.unpublish()
    assert client.get("/feeds/2098/lamps.atom").status_code == 200, "an edition stood there"


def test_pages__advertise_the_feeds_they_belong_to_and_the_search(client, forum):
    edition = publish(parent=forum)
    for page, feed in {
        "/": "/feeds/outcomes.atom", "/library/": "/feeds/editions.atom", "/library/2098/": "/feeds/2098.atom",
        forum.url: "/feeds/2098/lamps.atom", "/themes/lamps/": "/feeds/themes/lamps.atom",
        edition.address: "/feeds/2098/lamps.atom", edition.permanent_address: f"{edition.address}comments.atom",
    }.items():  # fmt: skip
        html = client.get(page).content.decode()
        assert 'type="application/atom+xml" title="' in html
        assert f'href="{feed}"' in html.partition("</head>")[0], page
        assert client.get(feed).status_code == 200
    assert 'rel="search" type="application/opensearchdescription+xml"' in html
    description = client.get("/opensearch.xml")
    assert description["Content-Type"].startswith("application/opensearchdescription+xml")
    told = ET.fromstring(description.content)
    templates = [url.attrib["template"] for url in told.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")]
    for template in templates[:2]:
        address = "/" + template.replace("{searchTerms}", "lamps").split("/", 3)[3]
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/feeds/2011.atom", "/feeds/2098/none.atom", "/feeds/themes/none.atom"])
def test_a_feed_of_nothing__is_not_found(client, forum, address):
    publish(parent=forum)
    assert client.get(address).status_code == 404


def test_the_page_of_feeds__links_to_feeds_that_open(client, forum):
    publish(parent=forum)
    assert len([feed for feed in feeds() if feed.example]) == 4
    text = client.get("/feeds/").content.decode()
    for feed in feeds():
        assert f'href="{feed.address}"' in text
        assert client.get(feed.address).status_code == 200, feed.address
