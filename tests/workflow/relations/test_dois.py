"""DOIs: entered by an editor in any spelling, named by everything that cites, and by nothing that was frozen."""

import re

import pytest

from api.citations.formats import FORMS
from core.http.site_urls import absolute
from editions.document.doi import doi_address, doi_from
from editions.models import Doi, Edition
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import text_block

pytestmark = pytest.mark.django_db
CONCEPT, FIRST, SECOND = "10.1234/bpf.lamps", "10.1234/bpf.lamps.1", "10.1234/bpf.lamps.2"


@pytest.mark.parametrize(
    "text", ["10.1234/BPF.Lamps", " doi:10.1234/bpf.lamps", f"https://doi.org/{CONCEPT}", "DOI: 10.1234/bpf.lamps "]
)
def test_doi__in_any_spelling__is_one(text):
    assert doi_from(text) == CONCEPT


@pytest.mark.parametrize("text", ["", "10.1/x", "10.1234/", "10.1234/a b", "11.1234/a", "https://example.org/10.1234/a",
                                  "10.1234/a\x00", "10.1234/\u0430"])  # fmt: skip
def test_text__that_is_no_doi__is_refused(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        doi_from(text)


def test_address__of_a_doi_with_signs_of_its_own__leads_to_it():
    assert doi_address("10.1234/a<b>#c?d") == "https://doi.org/10.1234/a%3Cb%3E%23c%3Fd"


@pytest.fixture
def registered(people, client):
    """A document with two editions, whose DOIs a facilitator entered."""
    first = publish(parent=people.forum, licence="CC BY 4.0")
    second = publish(revise(first.page.specific, text_block("<p>New.</p>")))
    client.force_login(people["facilitator"])
    answer = client.post(
        f"/admin/workflow/{first.page_id}/dois/",
        {first.series: CONCEPT.upper(), first.identifier: f"https://doi.org/{FIRST}", second.identifier: SECOND},
    )
    assert answer.status_code == 302
    client.logout()
    return Edition.objects.get(pk=second.pk)


def test_everything_that_cites__names_the_doi_of_what_it_cites(client, registered):
    for place, doi in ((registered.permanent_address, SECOND), (registered.address, CONCEPT)):
        for form in FORMS:
            told = client.get(f"{place}cite.{form}").content.decode()
            assert doi in told.replace("\\_", "_"), form
    paragraph = client.get(f"{registered.permanent_address}cite.apa.txt?paragraph=1").content.decode()
    assert f"{absolute(registered.permanent_address)}#p1" in paragraph, "a DOI leads to no paragraph"
    datacite = client.get(f"{registered.permanent_address}cite.datacite.json").json()
    assert datacite["identifiers"][0] == {"identifier": SECOND, "identifierType": "DOI"}
    related = [(each["relationType"], each["relatedIdentifier"]) for each in datacite["relatedIdentifiers"]]
    assert ("IsVersionOf", doi_address(CONCEPT)) in related
    assert datacite["rightsList"][0]["rightsUri"] == "https://creativecommons.org/licenses/by/4.0/"


def test_page__names_it_to_people_and_machines(client, registered):
    page = client.get(registered.address)
    html = page.content.decode()
    assert f'<meta name="citation_doi" content="{SECOND}">' in html
    assert f'<a href="{doi_address(SECOND)}" rel="external">' in html
    header = {relation: target for target, relation in re.findall(r'<([^>]+)>; rel="([^"]+)"', page["Link"])}
    assert header["cite-as"] == doi_address(SECOND)
    assert header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert header["author"] == absolute(f"/library/{registered.year}/{registered.forum_slug}/")
    assert f'data-address="{absolute(registered.permanent_address)}"' in html, (
        "a paragraph is linked at its own address"
    )
    assert client.get(f"/api/v1/documents/{registered.series}").json()["doi"] == CONCEPT
    assert client.get(f"/api/v1/editions/{registered.identifier}").json()["doi"] == SECOND


def test_entered_doi__moves_the_records_for_harvesters_and_leaves_the_edition(registered):
    assert registered.standing_at != registered.published_at == NOW
    assert SECOND not in str(registered.metadata)


def test_wrong_doubled_and_foreign_dois__are_refused_at_their_fields_and_kept_as_typed(people, client, registered):
    other = publish(parent=people.forum)
    client.force_login(people["facilitator"])
    answer = client.post(
        f"/admin/workflow/{other.page_id}/dois/", {other.series: "lamps", other.identifier: SECOND}
    ).content.decode()
    assert "This is no DOI" in answer
    assert f"names {registered.identifier} already" in answer
    assert 'value="lamps"' in answer
    assert not Doi.objects.filter(name__in=[other.series, other.identifier]).exists()
    client.post(f"/admin/workflow/{other.page_id}/dois/", {other.series: FIRST[:-2], other.identifier: ""})
    exchanged = {registered.series: CONCEPT, f"{registered.series}-E1": SECOND, registered.identifier: FIRST}
    assert client.post(f"/admin/workflow/{registered.page_id}/dois/", exchanged).status_code == 302
    assert Doi.objects.of(registered.identifier) == {registered.identifier: FIRST}
