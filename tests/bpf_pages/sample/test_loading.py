"""The sample library as a reader finds it after `load_library`."""

import json
import time

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from bpf_pages.models.forum import ForumPage
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemePage
from bpf_pages.sample.completeness import library_is_loaded
from bpf_pages.sample.loading import LOADER_NAME, load
from editions.models import Edition, Relation
from workflow.states import State
from workflow.transitions.models import Process, TransitionLog

CATALOGUE = json.loads((settings.LIBRARY_DATA / "library-catalogue.json").read_text("utf-8"))
OUTPUTS = sum(len(record["outcome_documents"]) for record in CATALOGUE["records"])

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seconds(django_db_setup, django_db_blocker):
    """The library, loaded once for this module and rolled back after it; how long that took."""
    with django_db_blocker.unblock(), transaction.atomic():
        begin = time.monotonic()
        load(settings.LIBRARY_DATA, lambda name, place, total: None)
        yield time.monotonic() - begin
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(seconds):
    return seconds


def page(address):
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_library__holds_every_meeting_forum_theme_and_output():
    assert MeetingPage.objects.count() == len(CATALOGUE["meetings"]) == 12
    assert ForumPage.objects.filter(is_joint=False).count() == len(CATALOGUE["records"]) == 38
    assert ThemePage.objects.count() == len(CATALOGUE["theme_families"]) == 11
    assert Edition.objects.current().count() == OUTPUTS + 1 == 58
    assert library_is_loaded()


def test_library__loads_within_a_minute(seconds):
    assert seconds < 60


def test_every_document__was_recorded_by_a_move_and_claims_no_declaration():
    assert set(Process.objects.values_list("state", flat=True)) == {State.FINAL}
    assert set(TransitionLog.objects.values_list("name", flat=True)) == {"record"}
    for edition in Edition.objects.all():
        assert edition.metadata["recorded"]
        assert "declaration" not in edition.metadata
        assert edition.metadata["public_source"]


def test_every_summary_of_the_project__says_so_and_names_its_sources():
    for edition in Edition.objects.exclude(document_slug="overview"):
        assert edition.metadata["project_summary"]
        assert edition.metadata["sources"]
        assert edition.metadata["authors"] == ["BPF Library project"]
        assert "summary by this library's project" in " ".join(edition.passages.values_list("text", flat=True))


def test_names__stand_only_where_the_record_has_them():
    known = {person["name"] for record in CATALOGUE["records"] for person in record["people"]}
    for edition in Edition.objects.exclude(document_slug="overview"):
        assert {person["name"] for person in edition.metadata["people"]} <= known
    unsure = {record["id"] for record in CATALOGUE["records"] if record["confidence"] != "high"}
    assert not [e for e in Edition.objects.filter(metadata__record__in=unsure) if e.metadata["people"]]


def test_every_address_of_the_library__opens():
    for edition in Edition.objects.all():
        assert edition.title in page(edition.address).replace("&#x27;", "'").replace("&quot;", '"').replace(
            "&amp;", "&"
        )
    for tree_page in [*MeetingPage.objects.all(), *ForumPage.objects.all(), *ThemePage.objects.all()]:
        page(tree_page.url)
    for standing in StandardPage.objects.all():
        page(standing.url)


def test_former_title__stands_on_the_page_of_the_outcome():
    assert "unwanted communications" in page("/library/2014/spam/outcome/")


def test_doubts__are_visible():
    assert "Who the lead experts of 2014 were is not certain." in page("/library/2014/spam/outcome/")
    assert "Sources give three titles" in page("/library/2014/multistakeholder/")
    assert "5 to 9 December" in page("/library/2016/")


def test_planned_output__is_not_called_an_outcome():
    text = page("/library/2025/conflict-crises/bpf-2025-output/")
    assert "Recorded plan, output not seen" in text


def test_lineage__leads_from_spam_to_cybersecurity():
    assert "/library/2016/cybersecurity/" in page("/library/2015/spam/")
    assert "/themes/cybersecurity/" in page("/themes/spam/")


def test_outcome__names_the_work_it_continues_and_that_went_on():
    text = page("/library/2015/spam/outcome/")
    assert 'href="/library/2014/spam/outcome/"' in text
    assert 'href="/library/2016/cybersecurity/outcome/"' in text
    assert "The work went on:" in text
    merged = Relation.objects.get(source="BPF-2015-SPAM", kind="merged_into")
    assert merged.target == "BPF-2016-CYBERSECURITY"
    assert Relation.objects.get(source="BPF-2015-SPAM", kind="continues").target == "BPF-2014-SPAM"


def test_every_relation__joins_two_documents_of_the_library():
    series = set(Edition.objects.values_list("series", flat=True))
    for relation in Relation.objects.all():
        assert {relation.source, relation.target} <= series


def test_identifier_of_a_main_document__carries_no_document_code():
    assert Edition.objects.get(year=2014, forum_slug="spam").identifier == "BPF-2014-SPAM-E1"


def test_load_library__again__changes_nothing():
    def counted():
        return Edition.objects.count(), TransitionLog.objects.count(), OutcomePage.objects.count()

    before = counted()
    call_command("load_library", verbosity=0)
    assert counted() == before


def test_load_library__again__leaves_an_editors_words_alone():
    forum = ForumPage.objects.get(slug="spam", url_path__contains="/2014/")
    forum.scope = "An editor's own words."
    forum.save()
    load(settings.LIBRARY_DATA, lambda name, place, total: None)
    forum.refresh_from_db()
    assert forum.scope == "An editor's own words."


def test_loader__is_an_account_nobody_can_sign_in_to():
    assert not get_user_model().objects.get(username=LOADER_NAME).has_usable_password()
