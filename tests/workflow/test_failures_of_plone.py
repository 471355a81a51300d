"""What went wrong in Plone 6.2.2 when it was tried, each as a test of ours. The whole list: failures.py."""

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone
from wagtail.models import Page

from consultation.comments.models import Comment
from editions.models import Edition
from mail.models import Message
from search.indexing import services as indexing
from search.indexing.models import IndexChange
from tests.bpf_pages.published import publish
from tests.consultation.stories import begun
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, ProcessFactory, UserFactory
from tests.search.conftest import index, index_folder
from tests.workflow.moves import FILLED, brought_to
from workflow.access import grants
from workflow.access.models import RoleGroup
from workflow.states import PUBLIC, State
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import Refused, perform, process_of
from workflow.verification import findings

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def document_address(process: Process) -> str:
    page = process.page.specific
    return f"/library/2099/{page.get_parent().slug}/{page.slug}/"


@pytest.mark.parametrize("state", State)
def test_plone_p1__a_document__stands_at_its_address_exactly_while_its_state_is_public(people, client, state) -> None:
    """Plone: an expired item answers 200 by address and is hidden only in the search."""
    process = ProcessFactory(forum=people.forum, at=state)
    expected = 200 if state in PUBLIC else (410 if state == State.WITHDRAWN else 404)
    assert client.get(document_address(process)).status_code == expected


def test_plone_p5_p6__the_log_of_a_document__is_one_and_outlives_its_page(process, people) -> None:
    """Plone: the note of a working copy's step vanishes at check-in, and the log dies with the object."""
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason="Too early.")
    with connection.cursor() as cursor:  # as a faulty tool would: no road of ours deletes such a page
        cursor.execute("UPDATE workflow_process SET page_id = NULL WHERE id = %s", [process.pk])
    rows = TransitionLog.objects.filter(series=process.series)
    assert [row.name for row in rows] == ["open_comment", "return_to_draft"]
    assert list(findings()) == []


def test_plone_p6__deleting_a_draft_that_never_was_public__keeps_its_process(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum)
    process = process_of(page)
    Page.objects.get(pk=page.pk).delete()
    assert Process.objects.get(pk=process.pk).page is None


@pytest.mark.parametrize("name", ["open_comment", "record"])
def test_plone_p8__the_same_step_twice__says_already_there_and_leaves_no_trace(people, client, name) -> None:
    """Plone: publishing twice answers 200, without a word."""
    process = ProcessFactory(forum=people.forum)
    perform(process, name, people["secretariat"], data=FILLED[name]())
    rows, told = TransitionLog.objects.count(), Message.objects.count()
    with pytest.raises(Refused) as refusal:
        perform(process, name, people["secretariat"], data=FILLED[name](), seen=0)
    assert refusal.value.codes == {"already_there"}
    assert "already" in refusal.value.unmet[0].message
    assert (TransitionLog.objects.count(), Message.objects.count()) == (rows, told)


def test_plone_p10__a_final__is_closed_to_its_creator_until_a_revision_begins(people, client) -> None:
    """Plone: the creator edits on after publication."""
    process = ProcessFactory(forum=people.forum, at="final")
    client.force_login(people["facilitator"])
    address = f"/admin/pages/{process.page_id}/edit/"
    before = Edition.objects.get(series=process.series).sha256
    assert process.page.specific.get_lock().for_user(people["facilitator"])
    form = {"title": "Changed", "body-count": "0", "people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}
    form |= {"slug": process.page.slug, "language": "en", "kind": "outcome", "comments-TOTAL_FORMS": "0"}
    client.post(address, form | {"comments-INITIAL_FORMS": "0"})
    assert Page.objects.get(pk=process.page_id).get_latest_revision_as_object().title == process.title
    perform(process, "revise", people["facilitator"])
    page = Page.objects.get(pk=process.page_id).specific
    assert page.get_lock() is None
    assert Edition.objects.get(series=process.series).sha256 == before
    assert client.get(document_address(process)).status_code == 200


def test_plone_p11__a_withdrawn_document__answers_gone_with_its_reason_for_ever(process, people, client) -> None:
    """Plone: deleting destroys the redirects, and the cited address is a bare 404."""
    perform(process, "record", people["secretariat"], data=FILLED["record"]())
    edition = Edition.objects.get(series=process.series)
    perform(process, "withdraw", people["secretariat"], reason="Fictitious error of 2099.")
    for address in (document_address(process), edition.permanent_address):
        response = client.get(address)
        assert response.status_code == 410
        assert "Fictitious error of 2099." in response.content.decode()
    perform(process, "reinstate", people["secretariat"], reason="Mended.")
    assert client.get(edition.permanent_address).status_code == 410


def test_plone_p14__the_date_of_publication__is_that_of_the_log_row(process, people) -> None:
    """Plone: a step sets the publication date even when it does not publish."""
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    assert row.edition.published_at == row.at
    perform(process, "return_to_draft", people["secretariat"], reason="Too early.")
    assert Edition.objects.get(pk=row.edition_id).published_at == row.at


def test_plone_p15__a_lock__is_read_from_the_state_and_cannot_be_left_behind(people) -> None:
    """Plone: a deleted working copy leaves its lock."""
    process = ProcessFactory(forum=people.forum, at="withdrawn")
    page = process.page.specific
    assert page.get_lock() is not None
    perform(process, "reinstate", people["secretariat"], reason="Mended.")
    fresh = Page.objects.get(pk=page.pk).specific
    assert fresh.get_lock() is None
    assert not fresh.locked


def test_plone_p3__comments__survive_every_move(people, client) -> None:
    """Plone: checking a working copy in leaves a document of one comment with none."""
    consultation = begun(people)
    comment = consultation.published("Please name the villages.", on=(1,))
    address = f"{consultation.address}comments/{comment.number}/"
    consultation.rewrite("three villages", "four villages")
    steps = ("close_comment", "present", "incorporate", "present", "adopt", "revise", "open_comment")
    for name in steps:
        before = set(Comment.objects.values_list("pk", "number", "body", "moderation"))
        if name == "adopt":
            from tests.consultation.answers.test_dispositions import answered

            answered(consultation, comment)
        consultation.move(name, **FILLED[name]())
        assert set(Comment.objects.values_list("pk", "number", "body", "moderation")) == before, name
        page = client.get(address)
        assert page.status_code == 200, name
        assert "Please name the villages." in page.content.decode(), name
    target = Comment.objects.get().targets.get()
    assert target.passage.edition.number == 1  # at the words that were read, whatever came after them


def test_plone_p4__a_stale_row_of_the_index__costs_one_hit_and_never_a_page(client, index) -> None:
    """Plone: after P3 every search that matches the lost comment answers 503."""
    kept = [publish(title=f"Lamps {number}") for number in range(2)]
    stale = publish(title="Lamps that are gone")
    indexing.drain()
    assert client.get("/api/v1/search?q=lamps").json()["total"] == 3
    Edition.objects.filter(pk=stale.pk).update(withdrawn_at=timezone.now(), is_current=False)  # the index is not told
    answer = client.get("/api/v1/search?q=lamps")
    assert answer.status_code == 200
    assert {hit["id"] for hit in answer.json()["hits"]} == {edition.identifier for edition in kept}
    page = client.get("/search/?q=lamps")
    assert page.status_code == 200
    assert stale.title not in page.content.decode()


def test_plone_p17__a_change_of_roles__touches_no_index_and_a_move_only_its_own_document(people) -> None:
    """Plone: sharing re-indexes the whole folder within the request."""
    processes = [brought_to("comment", people) for _number in range(3)]
    IndexChange.objects.all().delete()
    group = RoleGroup.objects.get(page=people.forum, role="rapporteur")
    person = UserFactory()
    grants.grant(group, person, by=people["secretariat"], at=timezone.now())
    grants.revoke(group, person, at=timezone.now())
    assert not IndexChange.objects.exists()
    moved = processes[1]
    perform(moved, "present", people["facilitator"], data=FILLED["present"]())
    touched = set(IndexChange.objects.values_list("edition", flat=True))
    assert touched == {f"{moved.series}-E1", f"{moved.series}-E2"}


FEW, MANY = 20, 2000


def many_documents(forum: Page, count: int) -> None:
    """Editions of documents that only exist as editions, as in a library of many years; made in one go."""
    have = Edition.objects.count()
    example = Edition.objects.first()
    now = timezone.now()
    Edition.objects.bulk_create(
        Edition(
            identifier=f"BPF-2099-LAMPS-DOC{number:05}-E1", series=f"BPF-2099-LAMPS-DOC{number:05}", number=1,
            year=2099, forum_slug=forum.slug, document_slug=f"doc-{number:05}", language="en",
            title=f"Fictitious document {number:05}", metadata=example.metadata,
            document=example.document, sha256=example.sha256,
            published_at=now, stage="final", is_current=True, standing_at=now,
        )
        for number in range(have, count)
    )  # fmt: skip


def test_plone_p18__no_page__grows_by_more_than_a_twentieth_from_20_to_2000_documents(client) -> None:
    """Plone: the stock navigation lists every document, 552 KiB a page."""
    forum = ForumPageFactory(slug="lamps", code="LAMPS")
    edition = publish(OutcomePageFactory(parent=forum, slug="first"))
    addresses = ("/", "/library/", "/library/2099/", "/library/2099/lamps/", edition.address, "/open-calls/")
    sizes: dict[int, dict[str, int]] = {}
    for count in (FEW, MANY):
        many_documents(forum, count)
        assert Edition.objects.count() == count
        sizes[count] = {address: len(client.get(address).content) for address in addresses}
    for address in addresses:
        assert sizes[MANY][address] <= 1.05 * sizes[FEW][address], address


def test_plone_p19__an_edit_or_move_of_another_document__leaves_a_cached_page_good(people, client) -> None:
    """Plone: any edit anywhere empties the page cache."""
    one, other = brought_to("comment", people), brought_to("comment", people)
    edition = one.current_edition
    addresses = (edition.address, edition.permanent_address, f"{edition.permanent_address}document.json")
    marks = {address: client.get(address)["ETag"] for address in addresses}
    page = one.page.specific.get_latest_revision_as_object()
    page.title = "A draft of what comes next"
    page.save_revision(user=people["rapporteur"])
    perform(other, "present", people["facilitator"], data=FILLED["present"]())
    perform(process_of(OutcomePageFactory(parent=people.forum)), "record", people["secretariat"],
            data=FILLED["record"]())  # fmt: skip
    for address, mark in marks.items():
        assert client.get(address, headers={"If-None-Match": mark}).status_code == 304, address
    perform(one, "present", people["facilitator"], data=FILLED["present"]())
    assert client.get(edition.address, headers={"If-None-Match": marks[edition.address]}).status_code == 200


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_plone_p20__every_feed__is_atom_as_its_specification_asks(client) -> None:
    """Plone: the title of its feed reads b'RSS 1.0'. RFC 4287, sections 4.1.1 and 4.1.2: what must be there, once."""
    publish(parent=ForumPageFactory(parent=MeetingPageFactory(year=2098), slug="lamps"), title="Lamps & <oil>")
    for address in ("/feeds/editions.atom", "/feeds/outcomes.atom", "/feeds/2098.atom", "/feeds/2098/lamps.atom",
                    "/open-calls.atom", "/search/feed?q=lamps"):  # fmt: skip
        answer = client.get(address)
        assert answer["Content-Type"].startswith("application/atom+xml"), address
        feed = ET.fromstring(answer.content)
        assert feed.tag == f"{{{ATOM['a']}}}feed"
        for element in (feed, *feed.iterfind("a:entry", ATOM)):
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"a:{name}", ATOM)
                assert (found.text or "").strip(), (address, name)
                assert not (found.text or "").startswith("b'"), address
        for entry in feed.iterfind("a:entry", ATOM):
            assert entry.findall("a:link", ATOM), address
            assert entry.findall("a:author", ATOM) or feed.findall("a:author", ATOM), address
        names = [entry.findtext("a:id", namespaces=ATOM) for entry in feed.iterfind("a:entry", ATOM)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("who", ["secretariat", "facilitator", "lead_expert", "rapporteur"])
def test_plone_p20__editors__see_everything_of_their_forum_with_its_state(people, client, who) -> None:
    """Plone: an item of the future is hidden from its own editors."""
    for state in State:
        ProcessFactory(page=OutcomePageFactory(parent=people.forum, title=f"Document at {state}"), at=state)
    client.force_login(people[who])
    page = BeautifulSoup(client.get(f"/admin/pages/{people.forum.pk}/").content, "html.parser")
    rows = [" ".join(row.get_text(" ").split()) for row in page.find_all("tr")]
    for state in State:
        (row,) = [row for row in rows if row.startswith(f"Document at {state} ") or f" Document at {state} " in row]
        assert str(state.label) in row


def test_plone_p13__every_printed_file__belongs_to_an_edition_and_its_standing() -> None:
    """Plone: uploaded files have neither state nor versions."""
    from pdf.printing.models import Printing
    from workflow.attachments.models import AttachmentVersion

    assert not Printing._meta.get_field("edition").null
    assert not AttachmentVersion._meta.get_field("attachment").null
    assert {"number", "sha256"} <= {field.name for field in AttachmentVersion._meta.fields}
