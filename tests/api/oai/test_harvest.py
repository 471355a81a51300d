"""OAI-PMH over HTTP, by harvesters that were not written here."""

from datetime import timedelta

import pytest
from oaipmh_scythe import Scythe
from sickle import Sickle

from api.oai import pagination
from api.oai import records as oai
from editions import services
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import ForumPageFactory, MeetingPageFactory, ThemePageFactory, text_block


@pytest.mark.django_db(transaction=True)
def test_sickle_and_scythe__harvest_every_page_every_deletion_and_what_changes_midway(live_server, monkeypatch):
    monkeypatch.setattr(pagination, "PAGE_SIZE", 2)
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098))
    forum.themes.set([ThemePageFactory(slug="lamps", title="Lamps & oil")])
    forum.save()
    editions = [publish(parent=forum) for _ in range(5)]
    services.withdraw(editions[0].series, "Fictitious reason.", NOW)
    harvester = Sickle(f"{live_server.url}/oai")
    assert harvester.Identify().deletedRecord == "persistent"
    assert {each.metadataPrefix for each in harvester.ListMetadataFormats()} == set(oai.FORMATS)
    assert {each.setSpec for each in harvester.ListSets()} == {"year", "year:2098", "theme", "theme:lamps"}
    records = harvester.ListRecords(metadataPrefix="oai_dc")
    seen = [next(records)]
    publish(revise(editions[1].page.specific, text_block("<p>New.</p>")), at=NOW + timedelta(days=1))
    seen += list(records)
    named = [record.header.identifier for record in seen]
    assert set(named) >= {oai.record_id(edition) for edition in editions}
    assert f"oai:{oai.repository_name()}:{editions[1].series}-E2" in named
    gone = {record.header.identifier for record in seen if record.deleted}
    assert gone == {oai.record_id(editions[0])}
    (kept,) = [record for record in seen if record.header.identifier == oai.record_id(editions[2])]
    assert kept.metadata["title"][0].startswith(editions[2].title)
    assert list(harvester.ListIdentifiers(metadataPrefix="oai_dc", ignore_deleted=True, set="theme:lamps"))
    with Scythe(f"{live_server.url}/oai") as other:
        assert other.identify().deletedRecord == "persistent"
        theirs = list(other.list_records(metadata_prefix="oai_dc"))
    ours = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert [(each.header.identifier, each.deleted) for each in theirs] == [
        (each.header.identifier, each.deleted) for each in ours
    ]
