"""Pages of a discussion: a comment is found by its number, in a plain form; the way up is in the reader's words."""

import pytest
from bs4 import BeautifulSoup

from bpf_pages.wordings.models import Wording

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


def test_the_way_up__calls_a_forum_as_its_reader_does(client, consultation):
    forum = consultation.process.page.get_parent().specific
    Wording.objects.create(page=forum, language="fr", title="Lampes et tempêtes")
    for place in ("", "comments/", "comments/report/", "history/", "follow/"):
        page = BeautifulSoup(client.get(f"/fr{consultation.edition.address}{place}").content, "html.parser")
        step = page.select_one(f".breadcrumb a[href='/fr{forum.url}']")
        assert (step.text, step.bdi["lang"]) == ("Lampes et tempêtes", "fr"), place
    page = BeautifulSoup(client.get(f"/es{consultation.edition.address}comments/").content, "html.parser")
    assert page.select_one(f".breadcrumb a[href='/es{forum.url}']").bdi["lang"] == "en", "none in Spanish"
    page = BeautifulSoup(client.get(f"{consultation.edition.address}comments/").content, "html.parser")
    assert page.select_one(f".breadcrumb a[href='{forum.url}']").text == forum.title
