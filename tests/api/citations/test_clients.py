"""An edition read by the programs of those who cite and harvest: none of them was written here."""

import json
import shutil
import subprocess
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from signposting import find_signposting_http, find_signposting_linkset

from core.http.site_urls import absolute
from tests.bpf_pages.published import publish

TITLE = "Lamps & storms: {a} 50% \\guide"
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Fictitious style</title><id>fictitious</id><updated>2099-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=". ">
<names variable="author"><name/></names><date variable="issued"><date-part name="year"/></date>
<text variable="title"/><text variable="number"/><text variable="URL"/>
</group></layout></bibliography></style>"""
VALIDATORS = Path(__file__).parents[2] / "validators"


@pytest.fixture
def edition(db):
    return publish(title=TITLE)


def test_citeproc__writes_forum_year_and_title_from_our_csl(client, edition):
    source = CiteProcJSON(client.get(f"{edition.permanent_address}cite.csl.json").json())
    style = CitationStylesStyle(BytesIO(STYLE.encode()), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(next(iter(source)))]))
    (said,) = bibliography.bibliography()
    said = unescape(str(said))
    assert said.startswith(f"{edition.metadata['authors'][0]}. {edition.published_at.year}. {TITLE}")
    assert said.endswith(absolute(edition.permanent_address))


@pytest.mark.skipif(not (shutil.which("node") and shutil.which("npm")), reason="no Node.js here")
def test_translators_of_web_pages_and_reference_managers__find_the_same_work_in_each_form(client, edition):
    given = {"page": client.get(edition.permanent_address).content.decode()}
    for name, file in (("csl", "cite.csl.json"), ("bibtex", "cite.bib"), ("ris", "cite.ris")):
        given[name] = client.get(f"{edition.permanent_address}{file}").content.decode()
    fetched = subprocess.run([VALIDATORS / "fetched", "translators"], capture_output=True, text=True, check=False)
    if fetched.returncode:
        pytest.skip(f"the registry of npm does not answer: {fetched.stderr[-200:]}")
    read = subprocess.run(
        ["node", VALIDATORS / "translators" / "read.mjs", fetched.stdout.strip()],
        input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found = json.loads(read.stdout)
    author = edition.metadata["authors"][0]
    assert found["page"]["highwirePress"]["title"] == TITLE
    assert author in found["page"]["highwirePress"]["author"]
    assert found["page"]["highwirePress"]["pdf_url"] == absolute(f"{edition.permanent_address}document.pdf")
    for name in ("csl", "bibtex", "ris"):
        (work,) = found[name]["data"]
        assert (name, work["title"], work["type"]) == (name, TITLE, "report")
        assert work["author"][0] in ({"literal": author}, {"family": author}), name
        assert work["URL"] == absolute(edition.permanent_address)
        assert found[name]["apa"].startswith(f"{author}. ({edition.published_at.year}"), name


@pytest.mark.django_db(transaction=True)
def test_signposting__finds_the_same_in_header_and_linkset(live_server, edition):
    address = f"{live_server.url}{edition.permanent_address}"
    header = find_signposting_http(address)
    assert str(header.citeAs.target) == absolute(edition.permanent_address)
    assert {str(item.target).rpartition("/")[2] for item in header.items} >= {"document.pdf"}
    linkset = find_signposting_linkset(f"{address}linkset.json")
    told = linkset.for_context(absolute(edition.permanent_address))
    for relation in ("authors", "describedBy", "items", "types"):
        ours, theirs = ({str(link.target) for link in getattr(each, relation)} for each in (header, told))
        assert ours == theirs, relation
        assert ours, relation
