"""Feeds read by a program that was not written here."""

import feedparser
import pytest

FEEDS = ("/feeds/outcomes.atom", "/feeds/editions.atom", "/feeds/2098.atom", "/feeds/2098/planted.atom",
         "/feeds/themes/planted-theme.atom", "/open-calls.atom")  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", FEEDS)
def test_feedparser__reads_every_feed_without_a_complaint(client, planted, address):
    response = client.get(address)
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id.endswith(address)
    assert feed.entries
    for entry in feed.entries:
        assert entry.id.startswith("http")
        assert entry.title
        assert entry.updated_parsed
        assert entry.link.startswith("http")
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
