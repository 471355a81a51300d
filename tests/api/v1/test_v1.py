"""JSON API v1: every declared resource answers in its declared shape, loses no row, and refuses plainly."""

import json
from datetime import timedelta

import jsonschema
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from api.v1.exports import EXPORTS
from api.v1.openapi import openapi
from api.v1.pagination import MOST_ROWS
from api.v1.resources import RESOURCES
from bpf_site.wsgi import application
from editions import services
from editions.models import Edition

pytestmark = pytest.mark.django_db
LISTS = [each for each in RESOURCES if each.is_list]
OF_ONE = [each for each in RESOURCES if each.parts]


def by_name(resource):
    return resource.name


def shape_of(name):
    """The declared schema of an answer, with the parts it refers to."""
    return {"$ref": f"#/components/schemas/{name}", "components": openapi()["components"]}


def hold(answer, name):
    jsonschema.validate(answer, shape_of(name), jsonschema.Draft202012Validator)


@pytest.fixture
def client(client, planted):
    return client


def every_row(client, address, key):
    """The keys of all rows, page after page."""
    seen = []
    while address:
        answer = client.get(address).json()
        seen += [key(row) for row in answer["items"]]
        address = answer["links"]["next"]
    return seen, answer["total"]


# --- shapes -------------------------------------------------------------------------------------------------------


def test_description__is_valid_openapi(client):
    served = client.get("/api/v1/openapi.json").json()
    OpenAPIV31SpecValidator(served).validate()
    assert served == json.loads(json.dumps(openapi()))
    assert set(served["paths"]) == {each.template for each in (*RESOURCES, *EXPORTS)}


@pytest.mark.parametrize("resource", RESOURCES, ids=by_name)
def test_resource__asked_by_its_example__answers_in_its_shape(client, planted, resource):
    name = resource.item.__name__ + ("List" if resource.is_list else "")
    found = 0
    for edition in planted.public:
        response = client.get(resource.example_for(edition))
        assert response.status_code == 200, response.content
        hold(response.json(), name)
        found += len(response.json().get("items", ["one"]))
        assert response["ETag"]
        assert 'rel="service-desc"' in response["Link"]
    assert found, "an example that finds nothing shows nothing"


def test_shape__refuses_what_is_not_declared(client, planted):
    answer = client.get(f"/api/v1/editions/{planted.current.identifier}").json()
    with pytest.raises(jsonschema.ValidationError):
        hold(answer | {"more": 1}, "Edition")
    with pytest.raises(jsonschema.ValidationError):
        hold({name: value for name, value in answer.items() if name != "sha256"}, "Edition")


def test_links__of_an_edition_and_a_document__lead_somewhere(client, planted):
    edition = client.get(f"/api/v1/editions/{planted.current.identifier}").json()["links"]
    document = client.get(f"/api/v1/documents/{planted.current.series}").json()["links"]
    citations = edition.pop("citations")
    for name, address in (edition | document | citations).items():
        if name != "pdf":  # is printed by `tick`
            assert client.get("/" + address.split("/", 3)[3]).status_code == 200, address


def test_document__tells_its_editions_oldest_first_and_the_newest_as_current(client, planted):
    answer = client.get(f"/api/v1/documents/{planted.current.series}").json()
    assert [(row["number"], row["is_current"]) for row in answer["editions"]] == [(1, False), (2, True)]
    assert answer["edition"] == planted.current.identifier
    assert answer["relations"] == []  # the other end was never public


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resource", LISTS, ids=by_name)
def test_list__in_pages_of_one__gives_every_row_once_in_the_order_of_the_whole(client, planted, resource):
    for edition in (planted.current, planted.commented.edition):
        address = resource.example_for(edition).partition("?")[0]
        whole, total = every_row(client, address, lambda row: json.dumps(row, sort_keys=True))
        pages, again = every_row(client, f"{address}?size=1", lambda row: json.dumps(row, sort_keys=True))
        assert pages == whole
        assert len(set(whole)) == len(whole) == total == again


def test_list__leaves_the_invented_year_out_until_it_is_asked_for(client, planted):
    commented = planted.commented.edition.series
    listed, _total = every_row(client, "/api/v1/documents", lambda row: row["identifier"])
    assert commented not in listed
    asked, _total = every_row(client, "/api/v1/documents?year=2099", lambda row: row["identifier"])
    assert asked == [commented]
    assert client.get("/api/v1/forums?year=2099").json()["items"][0]["fictitious"] is True


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("theme=planted-theme", True), ("theme=other", False), ("forum=planted&year=2098", True), ("stage=final", True),
        ("stage=comment", False), ("language=en", True), ("language=fr", False), ("kind=outcome", True),
        ("kind=overview", False), ("changed_since=2099-01-01", False), ("changed_since=2020-01-01", True),
    ],
)  # fmt: skip
def test_filter__of_documents(client, planted, query, finds):
    listed, _total = every_row(client, f"/api/v1/documents?{query}", lambda row: row["identifier"])
    assert (planted.current.series in listed) == finds


def test_list__with_a_further_page__says_so_in_its_header_too(client):
    response = client.get("/api/v1/themes?size=1")
    assert response.json()["links"]["next"] is None
    response = client.get("/api/v1/documents?year=2098&size=1")
    assert 'rel="next"' not in response["Link"]
    response = client.get("/api/v1/editions/BPF-2098-NONE-E1")
    assert "Link" not in response


def test_sessions__name_the_documents_of_which_an_edition_is_public_and_no_other(client, planted):
    (row,) = client.get("/api/v1/sessions?year=2098").json()["items"]
    assert row["title"] == "Session on lamps"
    assert row["documents"] == [planted.current.series]
    assert row["panel"] == [{"name": "Openly Named", "role": "moderator", "organisation": ""}]
    assert client.get("/api/v1/meetings/2098").json()["documents"] == 1
    assert client.get("/api/v1/meetings/2097").status_code == 404


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("nosuch=1", {"nosuch"}), ("year=x", {"year"}), ("year=2098&year=2099", {"year"}), ("size=0", {"size"}),
        (f"size={MOST_ROWS + 1}", {"size"}), ("stage=drafting", {"stage"}),
        ("changed_since=2026-02-30", {"changed_since"}), ("after=bpf", {"after"}),
        ("year=&kind=x&%00", {"year", "kind"}), ("theme=%F0%28", {"theme"}),
    ],
)  # fmt: skip
def test_question__that_does_not_hold__is_refused_with_every_reason(client, query, names):
    response = client.get(f"/api/v1/documents?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    hold(response.json(), "Problem")
    assert names <= {fault["parameter"] for fault in response.json()["errors"]}
    assert all(fault["reason"] for fault in response.json()["errors"])


def test_reason__is_in_the_language_that_was_asked_for(client):
    refused = client.get("/api/v1/documents?year=x", headers={"Accept-Language": "fr"})
    assert refused["Content-Language"] == "fr"
    assert "Accept-Language" in refused["Vary"]
    assert refused.json()["errors"][0]["reason"] == "Doit être un nombre de 0 à 9999."


@pytest.mark.parametrize("address", ["/api/v1/nosuch", "/api/v1/documents/BPF-2098-NONE", "/api/v1/editions/nosuch",
                                     "/api/v1/forums/2098/none", "/api/v1/forums/99999999999999999999/x",
                                     "/api/v1/documents/BPF-2098-NONE/history"])  # fmt: skip
def test_address__of_nothing_public__is_a_problem_and_no_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    hold(response.json(), "Problem")


@pytest.mark.parametrize("resource", [each for each in OF_ONE if each.gone], ids=by_name)
def test_withdrawn__is_gone_with_the_reason_and_no_word_of_it(client, planted, resource):
    response = client.get(resource.example_for(planted.withdrawn))
    assert response.status_code == 410
    hold(response.json(), "Problem")
    assert response.json()["reason"] == "Fictitious reason."
    assert response.json()["identifier"] in (planted.withdrawn.series, planted.withdrawn.identifier)
    assert "Zq" not in response.content.decode()


def test_withdrawn__document_json_and_linkset__are_gone_in_json_too(client, planted):
    for name in ("document.json", "linkset.json", "cite.bib"):
        response = client.get(f"{planted.withdrawn.permanent_address}{name}")
        assert response.status_code == 410
        hold(response.json(), "Problem")


# --- the door -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resource", RESOURCES, ids=by_name)
def test_door__is_open_to_scripts_and_closed_to_writing(client, planted, resource):
    address = resource.example_for(planted.current)
    asked = client.get(address)
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert asked["X-Content-Type-Options"] == "nosniff"
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == asked["ETag"]
    before = client.options(
        address, headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    )
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    for method in (client.post, client.put, client.patch, client.delete):
        refused = method(address)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
        hold(refused.json(), "Problem")


@pytest.mark.parametrize("resource", RESOURCES, ids=by_name)
def test_answer__that_did_not_change__is_not_sent_again(client, planted, resource):
    address = resource.example_for(planted.current)
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_list__after_a_withdrawal__is_sent_again_to_whoever_asks_by_its_date(client, planted):
    Edition.objects.update(standing_at=timezone.now() - timedelta(hours=1))
    first = client.get("/api/v1/documents")
    asked = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/api/v1/documents", headers=asked).status_code == 304
    services.withdraw(planted.current.series, "Fictitious reason.", timezone.now() - timedelta(minutes=1))
    again = client.get("/api/v1/documents", headers=asked)
    assert again.status_code == 200
    assert planted.current.series not in again.content.decode()


MOST_QUERIES = {"comments": 12, "documents": 3, "forums": 4, "history": 4, "meetings": 3, "open_calls": 4,
                "passages": 4, "sessions": 6, "themes": 2, "uses": 3}  # fmt: skip


@pytest.mark.parametrize("resource", LISTS, ids=by_name)
def test_list__whatever_its_length__asks_the_database_so_often(
    client, planted, resource, django_assert_max_num_queries
):
    address = resource.example_for(planted.commented.edition).partition("?")[0]
    query = "?year=2099" if resource.name in ("documents", "forums", "meetings") else ""
    with django_assert_max_num_queries(MOST_QUERIES[resource.name]):
        assert client.get(f"{address}{query}").json()["items"]


def test_door__beyond_the_limit__says_when_to_come_back(settings):
    cache.clear()
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [Client().get("/api/v1/themes") for _ in range(4)]
    cache.clear()
    assert {answer.status_code for answer in answers[:2]} == {200}  # a minute may end between two requests
    refused = answers[-1]
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    hold(refused.json(), "Problem")


# --- chance -------------------------------------------------------------------------------------------------------


def served(environ, start_response):
    """The site, as it is served; but it leaves the connection open, and with it the transaction around all tests."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    answer = application(environ | {"HTTP_ACCEPT_ENCODING": "identity"}, start_response)  # whoever asks unpacks nothing
    body = b"".join(answer)
    answer.close()
    for signal in signals:
        signal.connect(close_old_connections)
    return [body]


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)  # asks no database
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
          negative_data_rejection, positive_data_acceptance]  # fmt: skip


@schema.parametrize()
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None
)
def test_chance_questions__get_a_declared_answer(planted, case):
    checks = set(CHECKS)
    if case.path.endswith("/search"):
        # Which values a facet has, the library decides; and a value left empty, as a form sends it, is one not given.
        checks -= {positive_data_acceptance, negative_data_rejection}
    case.call_and_validate(checks=list(checks))
