"""A comment is found by its number: a plain form on the pages of the discussion, without a script."""

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", ["2", "#2", " 2 ", "# 2"])
def test_a_number__leads_to_its_comment(client, consultation, asked):
    for text in ("First words.", "Second words."):
        consultation.published(text, on=(2,))
    address = f"{consultation.edition.address}comments/"
    for page in (consultation.edition.address, address, f"{address}report/"):
        form = BeautifulSoup(client.get(page).content, "html.parser").select_one("form.go-to-comment")
        assert (form["action"], form.select_one("input")["name"]) == (address, "number"), page
    response = client.get(address, {"number": asked}, follow=True)
    assert response.redirect_chain == [(f"{address}2/", 302)]
    assert "Second words." in response.content.decode()


@pytest.mark.parametrize("asked", ["99", "0", "two", "<b>", "٢٣٤٥٦٧٨", "²"])
def test_a_number__that_no_public_comment_has__is_said_above_the_list(client, consultation, asked):
    consultation.published("First words.", on=(2,))
    response = client.get(f"{consultation.edition.address}comments/", {"number": asked})
    assert response.status_code == 404
    page = BeautifulSoup(response.content, "html.parser")
    assert asked[:6] in page.select_one("[role=alert]").text
    assert page.title.text.startswith("Error:")
    assert "First words." in page.main.text, "the list stands below"


def test_a_document_without_comments__has_no_form_for_their_numbers(client, consultation):
    for page in ("", "comments/"):
        assert b"go-to-comment" not in client.get(f"{consultation.edition.address}{page}").content
