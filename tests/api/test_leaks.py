"""Nothing unpublished gets out: a word planted in everything that is not public is looked for at every door."""

import io
import zipfile

import pytest

from tests.api.channels import channels
from tests.api.planted import PUBLIC_WORDS
from tests.journeys.browsing import body_of

pytestmark = pytest.mark.django_db

SAYS = {  # of the channels that tell texts: words that must be there, or the search of the others proves nothing
    "v1 passages": "The lamps of the planted library", "v1 comments": "Words for everybody.",
    "v1 search": "Planted lamps",
    "export passages.jsonl": "The lamps of the planted library", "export documents.csv": "Planted lamps",
    "citation bib": "Planted lamps", "oai oai_dc": "Planted lamps", "feeds": "Planted lamps",
    "calendar": "Please comment.", "consultation files": "Words for everybody.", "sitemap": "/library/2098/planted/",
}  # fmt: skip


def text_of(response):
    """Everything an answer says: its body, unpacked, and its headers."""
    body = body_of(response)
    if response["Content-Type"] == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
    return f"{body.decode()}\n{response.headers}"


@pytest.mark.parametrize("channel", list(channels()), ids=str)
def test_channel__tells_nothing_that_is_not_public(client, planted, channel):
    told = ""
    for address in channel.addresses(planted):
        response = client.get(address)
        assert response.status_code < 500, address
        said = text_of(response)
        asked = address.partition("?q=")[2]  # an answer may repeat the question
        assert not [word for word in planted.words if word.lower() in said.lower() and word != asked], address
        told += said
    assert SAYS.get(channel.name, "") in told


def test_word_that_slips_out__is_seen(client, planted):
    """The net holds: the same look finds a word that is public."""
    said = text_of(client.get("/api/v1/export/editions.zip"))
    assert PUBLIC_WORDS in said
