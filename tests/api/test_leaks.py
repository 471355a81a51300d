"""Nothing unpublished gets out: a word planted in everything that is not public is looked for at every door."""

import io
import zipfile

import pytest
from wagtail.images import get_image_model

from tests.api.channels import channels
from tests.api.planted import PUBLIC_WORDS
from tests.journeys.browsing import body_of

pytestmark = pytest.mark.django_db

SAYS = {  # of the channels that tell texts: words that must be there, or the search of the others proves nothing
    "v1 passages": "The lamps of the planted library", "v1 comments": "Words for everybody.",
    "v1 search": "Planted lamps",
    "export passages.jsonl": "The lamps of the planted library", "export documents.csv": "Planted lamps",
    "citation bib": "Planted lamps", "oai oai_dc": "Planted lamps", "feeds": "Planted lamps",
    "files of editions": "Notes for everybody.",
    "calendar": "Please comment.", "consultation files": "Words for everybody.", "sitemap": "/library/2098/planted/",
}  # fmt: skip


def text_of(response):
    """Everything an answer says: its body, unpacked, and its headers."""
    body = body_of(response)
    if response["Content-Type"] == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
    return f"{body.decode(errors='replace')}\n{response.headers}"


@pytest.mark.parametrize("channel", list(channels()), ids=str)
def test_channel__tells_nothing_that_is_not_public(client, planted, channel):
    told = ""
    for address in channel.addresses(planted):
        response = client.get(address)
        assert response.status_code < 500, address
        said = text_of(response)
        asked = address.lower()  # an answer may repeat the question
        assert not [word for word in planted.words if word.lower() in said.lower() and word.lower() not in asked], (
            address
        )
        told += said
    assert SAYS.get(channel.name, "") in told


def test_files__are_open_where_an_edition_shows_them_and_closed_else(client, planted):
    assert [address.split("/")[2] for address in planted.shown] == ["figures", "linked"]
    assert {client.get(address).status_code for address in planted.shown} == {200}
    assert len(planted.closed) == 7
    assert {client.get(address).status_code for address in planted.closed} == {404}


def test_originals__hold_the_words_that_the_copies_do_not(planted):
    """The net holds for images: the word is in the file that was uploaded."""
    with get_image_model().objects.get(title="Zqimagetitle").open_file() as file:
        original = file.read()
    assert b"Zqexif" in original
    assert b"Zqbehindtheend" in original


def test_word_that_slips_out__is_seen(client, planted):
    """The net holds: the same look finds a word that is public."""
    said = text_of(client.get("/api/v1/export/editions.zip"))
    assert PUBLIC_WORDS in said
