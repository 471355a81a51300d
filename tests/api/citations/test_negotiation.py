"""What an address answers to whom: browsers, crawlers and reference managers ask for the same one."""

import pytest

from tests.bpf_pages.published import publish

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
CSL = "application/vnd.citationstyles.csl+json"


@pytest.fixture
def edition():
    return publish()


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("application/ld+json", "ld.json"), (CSL, "csl.json"), ("application/x-bibtex", "bib"),
        ("application/x-research-info-systems", "ris"), ("application/vnd.datacite.datacite+json", "datacite.json"),
        (f"{CSL};q=0.5, application/x-bibtex", "bib"), (f"text/html;q=0.1, {CSL}", "csl.json"),
        ("text/html;q=0, application/x-bibtex;q=0.1", "bib"), ("application/ld+json, */*;q=0.1", "ld.json"),
        ("text/x-bibliography", "apa.txt"), ("text/x-bibliography; style=apa", "apa.txt"),
        ("text/x-bibliography;style=MLA; locale=en-US, text/html;q=0.2", "mla.txt"),
        ("text/html;charset=utf-8;q=0.1, application/x-bibtex;charset=utf-8", "bib"),
    ],
)  # fmt: skip
def test_program__is_sent_to_the_file_it_asks_for__from_document_edition_and_identifier(client, edition, accept, form):
    asked = {"Accept": accept}
    for address in (edition.address, edition.permanent_address):
        response = client.get(address, headers=asked)
        assert (response.status_code, response["Location"]) == (303, f"{address}cite.{form}")
        assert "Accept" in response["Vary"]
        assert response["Access-Control-Allow-Origin"] == "*"
    file = client.get(f"/id/{edition.identifier}", headers=asked, follow=True)
    assert file.redirect_chain[-1] == (f"{edition.permanent_address}cite.{form}", 303)
    assert file.status_code == 200
    assert edition.identifier in file.content.decode()


@pytest.mark.parametrize(
    "accept",
    [
        BROWSER,
        "*/*",
        "",
        None,
        "text/*",
        f"text/html;q=0.5, {CSL};q=0.5",
        "*",
        "*; q=.2",
        ";;;;",
        "text",
        "TEXT/HTML",
        "text/html;charset=utf-8",
        "text/html; level=1, application/x-bibtex;q=0.9",
        ", ,",
        "text/html;q=abc",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "application/x-lamps, */*;q=0.1",
    ],
)
def test_person__gets_the_page(client, edition, accept):
    response = client.get(edition.address, headers={} if accept is None else {"Accept": accept})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize(
    "accept", ["application/x-lamps", "image/png, text", "text/x-bibliography; style=of-nobody", "text/html;q=0"]
)
def test_program__that_asks_for_what_there_is_not__is_told_what_there_is(client, edition, accept):
    response = client.get(edition.permanent_address, headers={"Accept": accept})
    assert response.status_code == 406
    assert "Accept" in response["Vary"]
    assert "application/ld+json" in response.json()["available"]
    assert f'<{edition.permanent_address}cite.bib>; rel="alternate"; type="application/x-bibtex"' in response["Link"]
