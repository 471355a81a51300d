"""The page for programs: it names every door, and every address on it answers."""

import json
import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from api.citations.formats import FORMS
from api.v1.exports import EXPORTS
from api.v1.filters import FILTERS
from api.v1.pagination import MOST_ROWS
from api.v1.resources import RESOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def manual(client, planted):
    return BeautifulSoup(client.get("/developers/").content, "html.parser")


def addresses(manual):
    return {link["href"] for link in manual.main.find_all("a", href=True)}


def test_every_address_on_the_page__answers(client, manual):
    found = {address for address in addresses(manual) if address.startswith("/")}
    assert len(found) > len(RESOURCES) + len(EXPORTS) + len(FORMS)
    for address in found:
        response = client.get(address)
        assert response.status_code in (200, 302), address
    assert not {address for address in addresses(manual) if not address.startswith(("/", "#"))}


def test_every_anchor_on_the_page__has_its_place(manual):
    places = {tag["id"] for tag in manual.find_all(id=True)}
    assert {address[1:] for address in addresses(manual) if address.startswith("#")} <= places


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.name)
def test_resource__is_told_with_its_parameters_and_an_example_that_finds_something(client, manual, resource):
    told = manual.find(id=f"r-{resource.name}")
    text = told.get_text(" ")
    assert resource.template in text
    assert resource.about in text
    named = {code.get_text() for code in told.select(".lines code")}
    assert {each.name for each in resource.parameters} <= named
    answer = client.get(told.select_one(".try a")["href"])
    assert answer.status_code == 200
    assert set(answer.json()["items"][0] if resource.is_list else answer.json()) <= named


def test_files_filters_and_limits__are_those_of_the_code(manual, settings):
    text = manual.main.get_text(" ")
    for name in [*(each.template for each in EXPORTS), *(each.name for each in FILTERS)]:
        assert name in text
    assert f"at most {MOST_ROWS}" in text
    assert f"{settings.API_REQUESTS_A_MINUTE} requests a minute" in text


def test_sample__is_what_the_address_above_it_answers(client, manual):
    command = manual.select_one(".sample figcaption").get_text()
    address = urlsplit(re.search(r"http\S+", command)[0]).path
    shown = json.loads(manual.select_one(".sample pre").get_text())
    answer = client.get(address).json()
    assert shown == {name: answer[name] for name in shown}


def test_empty_library__has_the_page_without_examples(client, db):
    manual = BeautifulSoup(client.get("/developers/").content, "html.parser")
    assert manual.find(id="r-documents")


def test_foot_of_every_page__leads_there(client, planted):
    assert 'href="/developers/"' in client.get(planted.current.address).content.decode()
