"""robots.txt, sitemap.xml, images, error pages and the switch of language."""

import xml.etree.ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.models import PageViewRestriction

from bpf_pages.tree import robots_and_sitemap
from editions import services
from files import shown
from tests.bpf_pages.importing import office
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, text_block

pytestmark = pytest.mark.django_db
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def located(client, address):
    tree = ET.fromstring(client.get(address).content)
    return [loc.text.split("/", 3)[3] for loc in tree.findall(".//s:loc", NAMESPACE)]


def addresses(client):
    """Of all files that the index names."""
    return [address for part in located(client, "/sitemap.xml") for address in located(client, f"/{part}")]


@pytest.fixture
def forum():
    """A forum of a year that is not marked as invented: crawlers may know of it."""
    return ForumPageFactory(parent=MeetingPageFactory(year=2098))


def test_sitemap__knows_nothing_of_the_fictitious_year(client):
    publish()
    assert "2099" not in str(addresses(client)) + client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-2099.xml").status_code == 404


def test_sitemap__names_the_newest_public_editions_and_live_pages_only(client, forum):
    first = publish(parent=forum)
    publish(revise(first.page.specific, text_block("<p>New.</p>")))
    withdrawn = publish(parent=forum)
    services.withdraw(withdrawn.series, "Fictitious reason.", NOW)
    draft = OutcomePageFactory(parent=forum, slug="secret-draft")
    hidden = ForumPageFactory(parent=forum.get_parent(), slug="hidden-forum", live=False)
    found = addresses(client)
    assert first.address[1:] in found
    assert first.permanent_address[1:] not in found
    assert withdrawn.address[1:] not in found
    assert "library/2098/" in found
    assert not [address for address in found if draft.slug in address or hidden.slug in address]


def test_sitemap__leaves_out_pages_behind_a_password(client, forum):
    assert forum.slug in str(addresses(client))
    PageViewRestriction.objects.create(page=forum, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert forum.slug not in str(addresses(client))


def test_sitemap__names_only_addresses_that_open(client, forum):
    publish(parent=forum)
    for address in addresses(client):
        assert client.get(f"/{address}").status_code == 200, address


def test_sitemap__too_long_for_one_file__is_cut_into_parts(client, monkeypatch, forum):
    for _ in range(3):
        publish(parent=forum)
    whole = addresses(client)
    monkeypatch.setattr(robots_and_sitemap, "PER_FILE", 2)
    parts = located(client, "/sitemap.xml")
    assert {"sitemap-pages.xml?part=1", "sitemap-2098.xml?part=1", "sitemap-2098.xml?part=2"} <= set(parts)
    assert addresses(client) == whole
    for wrong in ("99", "0", "x", "²"):
        assert client.get(f"/sitemap-2098.xml?part={wrong}").status_code == 404


def test_sitemap__of_a_year__says_when_anything_in_it_last_moved(client, forum):
    edition = publish(parent=forum)
    assert f"sitemap-2098.xml</loc><lastmod>{edition.standing_at.isoformat()}" in (
        client.get("/sitemap.xml").content.decode()
    )


def test_robots__keeps_crawlers_out_of_admin_and_results(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /search/" in text
    assert "Sitemap: http" in text


@pytest.mark.parametrize("name", ["documents/x.pdf", "figures/../bpf.sqlite3", "figures/x.svg", "figures/none.png"])
def test_media__that_is_no_image_of_ours__is_unknown(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_media__of_a_figure__is_served_once_something_public_shows_it(client):
    content = office.PIXEL
    name = default_storage.save("figures/test.png", ContentFile(content))
    assert client.get(f"/media/{name}").status_code == 404
    shown.show("edition BPF-2099-TEST-E1", [name])
    response = client.get(f"/media/{name}")
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert client.get(f"/media/{name}", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_unknown_address__is_our_own_page(client):
    response = client.get("/no/such/address/")
    assert response.status_code == 404
    assert b"There is nothing at this address" in response.content


def test_failure__is_a_static_page_of_ours(settings, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("bpf_pages.listings.identifiers.by_identifier", fail)
    response = Client(raise_request_exception=False).get("/id/BPF-2014-SPAM")
    assert response.status_code == 500
    assert b"Something went wrong here" in response.content


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("ru", "ltr")])
def test_language__that_was_chosen__holds_for_the_next_page(client, language, direction):
    publish()
    response = client.post("/i18n/setlang/", {"language": language, "next": "/library/"})
    assert response["Location"] == f"/{language}/library/"
    assert f'<html lang="{language}" dir="{direction}">' in client.get("/library/").content.decode()


def test_language__with_a_foreign_address_to_return_to__stays_here(client):
    response = client.post("/i18n/setlang/", {"language": "fr", "next": "https://evil.example/"})
    assert "evil" not in response["Location"]
