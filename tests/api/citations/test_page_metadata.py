"""What machines find in the head of an edition's page, and that no text breaks out of it."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core.http.site_urls import absolute
from editions import services
from tests.bpf_pages.published import publish

pytestmark = pytest.mark.django_db
HOSTILE = '</script><script>alert(1)</script> & "quoted" <b>'


@pytest.fixture
def edition():
    return publish(title=HOSTILE)


@pytest.fixture
def page(client, edition):
    return client.get(edition.permanent_address)


def test_highwire__tags_name_title_authors_and_the_pdf(page, edition):
    soup = BeautifulSoup(page.content, "html.parser")
    tags = [(tag["name"], tag["content"]) for tag in soup.find_all("meta", attrs={"name": re.compile("^citation_")})]
    assert ("citation_title", HOSTILE) in tags
    assert ("citation_technical_report_number", edition.identifier) in tags
    assert [content for name, content in tags if name == "citation_author"] == edition.metadata["authors"]
    assert dict(tags)["citation_pdf_url"].endswith(f"{edition.permanent_address}document.pdf")


def test_json_ld__is_one_report_whatever_the_title_holds(page, edition):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert len(found) == 1
    report = json.loads(found[0])
    assert (report["@type"], report["name"], report["reportNumber"]) == ("Report", HOSTILE, edition.identifier)
    assert "<" not in found[0]


def test_links__of_header_and_linkset__agree(client, page, edition):
    header = re.findall(r'<([^>]+)>; rel="([^"]+)"', page["Link"])
    linkset = client.get(f"{edition.permanent_address}linkset.json")
    assert linkset["Content-Type"] == "application/linkset+json"
    first = linkset.json()["linkset"][0]
    told = {(link["href"], relation) for relation, rows in first.items() if relation != "anchor" for link in rows}
    assert told == {link for link in header if link[1] != "linkset"}
    assert {"author", "cite-as", "describedby", "item", "type", "linkset"} == {relation for _target, relation in header}


def test_pdf__points_back_to_its_page__in_its_header_and_in_the_linkset(client, edition):
    page = absolute(edition.permanent_address)
    header = client.get(f"{edition.permanent_address}document.pdf")["Link"]
    assert f'<{page}>; rel="collection"; type="text/html"' in header
    rows = client.get(f"{edition.permanent_address}linkset.json").json()["linkset"]
    (row,) = [row for row in rows if row["anchor"] == f"{page}document.pdf"]
    assert row["collection"] == [{"href": page, "type": "text/html"}]


def test_every_link_within_the_site__opens(client, page, edition):
    for target in re.findall(r'<([^>]+)>; rel="(?:cite-as|describedby|linkset)"', page["Link"]):
        assert client.get("/" + target.split("/", 3)[3]).status_code == 200, target


def test_a_withdrawn_edition__tells_machines_nothing(client, edition):
    services.withdraw(edition.series, "Fictitious reason.", timezone.now())
    page = client.get(edition.permanent_address)
    assert page.status_code == 410
    assert "Link" not in page
    assert b"citation_title" not in page.content
    assert client.get(f"{edition.permanent_address}linkset.json").status_code == 410
