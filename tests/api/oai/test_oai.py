"""OAI-PMH: every verb, every error, and the failures that other servers are known for (guide of the room)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from api.oai import pagination
from api.oai import records as oai
from editions import services
from editions.models import Edition
from tests.bpf_pages.published import publish, revise
from tests.factories import ForumPageFactory, MeetingPageFactory, ThemePageFactory, text_block

pytestmark = pytest.mark.django_db
SPACES = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
NEVER = "oai:localhost:BPF-2014-NEVER-E1"


@pytest.fixture
def forum():
    """A forum of a year that is not marked as invented, with a theme."""
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098))
    forum.themes.set([ThemePageFactory(slug="lamps", title="Lamps & oil")])
    forum.save()
    return forum


def ask(client, method="get", **arguments):
    """The answer as XML. Arguments may be lists; from_ is from."""
    arguments = {name.rstrip("_"): value for name, value in arguments.items()}
    response = getattr(client, method)("/oai", arguments)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    return etree.fromstring(response.content)


def found(tree, path):
    return [element.text for element in tree.iterfind(f".//{path}", SPACES)]


def error(tree):
    return tree.find("o:error", SPACES).get("code")


def identifiers(tree):
    return found(tree, "o:header/o:identifier")


def harvest(client, verb="ListIdentifiers", **arguments):
    """Every identifier of a list, page after page, and how many pages there were."""
    tree, seen, pages = ask(client, verb=verb, metadataPrefix="oai_dc", **arguments), [], 1
    seen += identifiers(tree)
    while token := (found(tree, "o:resumptionToken") or [None])[0]:
        tree = ask(client, verb=verb, resumptionToken=token)
        seen += identifiers(tree)
        pages += 1
    return seen, pages, tree


def moved_to(edition, moment):
    """The standing of an edition is the one thing about it that changes."""
    edition.standing_at = moment
    edition.save(update_fields=["standing_at"])


# --- the verbs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_identify__by_either_method_says_what_the_protocol_asks(client, forum, method):
    edition = publish(parent=forum)
    tree = ask(client, method, verb="Identify")
    assert found(tree, "o:protocolVersion") == ["2.0"]
    assert found(tree, "o:baseURL")[0].endswith("/oai")
    assert found(tree, "o:deletedRecord") == ["persistent"]
    assert found(tree, "o:granularity") == ["YYYY-MM-DDThh:mm:ssZ"]
    assert found(tree, "o:earliestDatestamp") == [oai.stamp(edition.standing_at)]
    assert tree.find("o:request", SPACES).get("verb") == "Identify"


def test_formats_and_sets__are_listed(client, forum):
    edition = publish(parent=forum)
    assert found(ask(client, verb="ListMetadataFormats"), "o:metadataPrefix") == ["oai_dc", "oai_datacite"]
    assert len(found(ask(client, verb="ListMetadataFormats", identifier=oai.record_id(edition)), "o:schema")) == 2
    sets = ask(client, verb="ListSets")
    assert found(sets, "o:setSpec") == ["year", "year:2098", "theme", "theme:lamps"]
    assert found(sets, "o:setName")[-1] == "Lamps & oil"


def test_a_record__is_plain_dublin_core_with_an_absolute_address(client, forum):
    edition = publish(parent=forum)
    tree = ask(client, verb="GetRecord", identifier=oai.record_id(edition), metadataPrefix="oai_dc")
    assert identifiers(tree) == [f"oai:{oai.repository_name()}:{edition.identifier}"]
    assert found(tree, "o:setSpec") == ["year:2098", "theme:lamps"]
    assert edition.title in found(tree, "dc:title")[0]
    assert any(text.startswith("http") and edition.identifier not in text for text in found(tree, "dc:identifier"))
    assert not [text for text in found(tree, "dc:description") if "<" in (text or "")]


def test_a_record__is_datacite_too(client, forum):
    edition = publish(parent=forum)
    tree = ask(client, verb="GetRecord", identifier=oai.record_id(edition), metadataPrefix="oai_datacite")
    spaces = {"d": "http://datacite.org/schema/kernel-4"}
    (record,) = tree.find(".//o:metadata", SPACES)
    assert record.tag == f"{{{spaces['d']}}}resource"
    assert tree.findtext(".//d:publicationYear", namespaces=spaces)
    assert edition.title in tree.findtext(".//d:title", namespaces=spaces)


# --- the errors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Nonsense"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "more": "x"}, "badArgument"),
        ({"verb": "Identify", "\x00<b>": "x"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2098"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2098-02-30"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2014-01-01", "until": "2014-01-02T00:00:00Z"},
            "badArgument",
        ),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2014-01-02", "until": "2014-01-01"},
            "badArgument",
        ),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": NEVER}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "\x00"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": NEVER}, "idDoesNotExist"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "year:x"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "theme:%"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "made-up"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "made-up"}, "badResumptionToken"),
    ],
)
def test_a_question_that_does_not_hold__gets_the_protocols_error(client, arguments, code):
    tree = ask(client, **arguments)
    assert error(tree) == code
    assert len(tree) == 3
    assert bool(tree.find("o:request", SPACES).attrib) == (code not in ("badVerb", "badArgument"))


# --- what others got wrong ----------------------------------------------------------------------------------------


def test_from_and_until_of_one_day__hold_that_day_whole(client, forum):
    edition = publish(parent=forum)
    moved_to(edition, datetime(2098, 3, 4, 23, 59, 59, 999_000, tzinfo=UTC))
    for start, end in [("2098-03-04", "2098-03-04"), ("2098-03-04T23:59:59Z", "2098-03-04T23:59:59Z")]:
        assert harvest(client, from_=start, until=end)[0] == [oai.record_id(edition)]
    for start, end in [("2098-03-03", "2098-03-03"), ("2098-03-05", "2098-03-05")]:
        assert error(ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", from_=start, until=end))


def test_a_long_list__is_given_in_pages_and_ends_with_an_empty_token(client, forum, monkeypatch):
    monkeypatch.setattr(pagination, "PAGE_SIZE", 2)
    editions = [publish(parent=forum) for _ in range(4)]
    seen, pages, last = harvest(client, "ListRecords", set="year:2098")
    assert sorted(seen) == sorted(map(oai.record_id, editions))
    assert pages == 2
    assert found(last, "o:resumptionToken") == [None]


def test_a_list_of_one_page__has_no_token(client, forum):
    publish(parent=forum)
    assert found(harvest(client)[2], "o:resumptionToken") == []


def test_a_record_that_changes_midway__is_given_again_and_none_is_lost(client, forum, monkeypatch):
    monkeypatch.setattr(pagination, "PAGE_SIZE", 2)
    editions = [publish(parent=forum) for _ in range(5)]
    start = timezone.now() - timedelta(hours=1)
    for place, edition in enumerate(editions):
        moved_to(edition, start + timedelta(minutes=place // 2))  # pairs share a datestamp
    tree = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    seen = identifiers(tree)
    services.withdraw(editions[0].series, "Fictitious reason.", timezone.now())
    while token := (found(tree, "o:resumptionToken") or [None])[0]:
        tree = ask(client, verb="ListIdentifiers", resumptionToken=token)
        seen += identifiers(tree)
    assert sorted(seen) == sorted([*map(oai.record_id, editions), oai.record_id(editions[0])])
    assert tree.findall(".//o:header", SPACES)[-1].get("status") == "deleted"


def test_a_withdrawn_edition__stays_as_a_deleted_record_without_its_text(client, forum):
    edition = publish(parent=forum)
    services.withdraw(edition.series, "Fictitious reason.", timezone.now())
    record = ask(client, verb="GetRecord", identifier=oai.record_id(edition), metadataPrefix="oai_dc")
    assert record.find(".//o:header", SPACES).get("status") == "deleted"
    assert record.find(".//o:metadata", SPACES) is None
    assert edition.title not in etree.tostring(record, encoding="unicode")


def test_each_change_of_standing__moves_the_datestamp(client, forum):
    first = publish(parent=forum)
    before = Edition.objects.get(pk=first.pk).standing_at
    publish(revise(first.page.specific, text_block("<p>New.</p>")), at=before + timedelta(days=1))
    assert Edition.objects.get(pk=first.pk).standing_at > before
    assert len(harvest(client, set="theme:lamps")[0]) == 2


def test_invented_documents_and_drafts__are_never_harvested(client, forum):
    publish()
    assert error(ask(client, verb="ListRecords", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_a_withdrawn_titles_theme_and_year__stay_sets_of_the_deleted_record(client, forum):
    edition = publish(parent=forum)
    services.withdraw(edition.series, "Fictitious reason.", timezone.now())
    assert harvest(client, set="theme:lamps")[0] == [oai.record_id(edition)]


def test_record__keeps_its_identifier_when_the_library_moves_and_is_found_by_the_former_one(client, settings):
    edition = publish(parent=ForumPageFactory(parent=MeetingPageFactory(year=2098)))
    settings.REPOSITORY_NAME, settings.FORMER_REPOSITORY_NAMES = "lamps.example.org", ["old.example.org"]
    settings.WAGTAILADMIN_BASE_URL = "https://moved.example.net"
    for name in ("lamps.example.org", "old.example.org", "moved.example.net"):
        asked = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:{name}:{edition.identifier}"}
        assert f"<identifier>oai:lamps.example.org:{edition.identifier}<" in client.get("/oai", asked).content.decode()
    asked["identifier"] = f"oai:other.example:{edition.identifier}"
    assert "idDoesNotExist" in client.get("/oai", asked).content.decode()
    assert b"<repositoryIdentifier>lamps.example.org<" in client.get("/oai", {"verb": "Identify"}).content
