# ruff: noqa: E501  (the index of tests is easier to read one test a line)
"""What went wrong in Plone, in the IETF datatracker and in stock Wagtail, each as a test of ours.

P numbers: tried on Plone 6.2.2. dt#: issues of ietf-tools/datatracker. wagtail#: issues of wagtail/wagtail. Tests that
stand elsewhere are named in ELSEWHERE, and a test sees to it that they exist.
"""

import ast
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from wagtail.models import Page

from editions.models import Edition
from tests.factories import OutcomePageFactory, ProcessFactory, UserFactory
from tests.workflow.moves import FILLED
from workflow.models import Notice, Process, TransitionLog
from workflow.service import Refused, perform, process_of
from workflow.states import PUBLIC, TRANSITIONS, State
from workflow.verification import findings

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).parents[1]

ELSEWHERE = {
    "P2 nothing happens at a date": "workflow/test_clock.py::test_period__is_closed_at_its_end_and_not_before_by_the_clock",
    "P2 and an outage": "workflow/test_clock.py::test_period__that_ended_during_an_outage__is_closed_late_with_the_moment_of_the_act",
    "P7 bulk skips without a word": "workflow/test_bulk.py::test_bulk_step__moves_what_can_and_reports_what_cannot",
    "P9 parallel moves fail": "load/test_moves.py::test_plone_p9__parallel_moves_of_different_documents__none_fails_and_none_is_lost",
    "P16 review list without person, age, date": "workflow/test_queue.py::test_queue_line__names_person_role_age_due_date_and_forum",
    "dt#4209 a recommended button fails": "workflow/test_editor.py::test_readiness__agrees_with_what_perform_would_refuse",
    "dt#6029 version and event drift apart": "workflow/test_perform.py::test_a_failing_receiver__undoes_the_whole_move",
    "dt#9509 silent mail": "workflow/test_notices.py::test_confirm_page__names_exactly_those_who_will_be_written_to",
    "dt#6339 sent, but it was not": "workflow/test_notices.py::test_mail_server_down__the_move_stands_and_tick_sends_later",
    "dt#7960 help page of a state": "workflow/test_how_it_works.py::test_states_and_roles__on_both_pages__are_all_explained",
    "roadmap#237 drafts for people without an account": "workflow/test_draft_links.py::test_draft_link__shows_the_newest_working_text_with_a_watermark_and_is_noted",
    "wagtail#6995 self-approval": "workflow/test_perform.py::test_the_last_editor__may_not_adopt_unless_the_secretariat_says_why",
    "wagtail#13856 someone else acted meanwhile": "workflow/test_perform.py::test_a_stale_form__is_refused_and_says_who_was_first",
    "wagtail autosave overwrites a revision": "workflow/test_closed_routes.py::test_autosave_over_the_frozen_revision__is_refused_and_the_edition_stays",
    "wagtail publishes past the gate": "workflow/test_closed_routes.py::test_a_closed_road__changes_nothing_for_anybody",
    "roadmap#49 who has it, since when, by when": "workflow/test_queue.py::test_queue__puts_what_is_due_first_on_top_and_leaves_settled_documents_out",
    "coderedcms#153 an exportable trail": "workflow/test_history.py::test_json_of_the_log__lets_anybody_recompute_the_chain",
}  # fmt: skip


@pytest.mark.parametrize("failure", ELSEWHERE)
def test_failure__answered_elsewhere__has_its_test(failure) -> None:
    path, name = ELSEWHERE[failure].split("::")
    tree = ast.parse((TESTS / path).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


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
    rows, told = TransitionLog.objects.count(), Notice.objects.count()
    with pytest.raises(Refused) as refusal:
        perform(process, name, people["secretariat"], data=FILLED[name](), seen=0)
    assert refusal.value.codes == {"already_there"}
    assert "already" in refusal.value.unmet[0].message
    assert (TransitionLog.objects.count(), Notice.objects.count()) == (rows, told)


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


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", TRANSITIONS)
def test_dt_5644__a_posted_step_that_is_not_legal__is_refused(people, client, state, name) -> None:
    """datatracker: next states were only advice, and the form took any state."""
    process = ProcessFactory(forum=people.forum, at=state)
    if state in TRANSITIONS[name].sources:
        return
    client.force_login(people["secretariat"])
    form = {"seen": process.moves, "reason": "Because.", "public_source": "x", "grounds": "x"}
    form |= {"announcement": "x", "opens": "2099-01-01T00:00", "closes": "2099-03-01T00:00"}
    form |= {"session_date": "2099-01-01", "session_place": "x"}
    response = client.post(f"/admin/workflow/{process.page_id}/{name}/", form)
    assert response.status_code == 409
    assert Process.objects.get(pk=process.pk).state == state
    assert not TransitionLog.objects.exists()


def test_dt_5644__the_editor__has_no_field_that_sets_a_state(process, people, client) -> None:
    client.force_login(people["secretariat"])
    page = BeautifulSoup(client.get(f"/admin/pages/{process.page_id}/edit/").content, "html.parser")
    names = {tag.get("name") for tag in page.find_all(["input", "select", "textarea"])}
    assert not names & {"state", "process", "process-state", "live"}


def test_dt_5108__consensus__is_a_dated_declaration_of_a_named_person_and_no_flag(people) -> None:
    """datatracker: a consensus flag chose boilerplate and rotted."""
    fields = {field.name for model in (Process, Edition, TransitionLog) for field in model._meta.get_fields()}
    assert not {name for name in fields if "consensus" in name}


def test_dt_5140__an_undone_step__stays_in_the_record_with_its_reason(process, people) -> None:
    """datatracker: a wrong state could be undone only by deleting its event."""
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason="Opened by mistake.")
    assert [row.name for row in process.log.all()] == ["open_comment", "return_to_draft"]
    with pytest.raises(Exception, match="frozen"):
        process.log.first().delete()


def test_dt_7960__a_row_of_a_step_and_states_that_are_gone__can_still_be_read(process) -> None:
    row = TransitionLog(process=process, series=process.series, name="old_step", source="old", target="older", role="x")
    assert (row.label, row.source_label, row.target_label) == ("old_step", "old", "older")


def test_dt_expiry__the_clock__never_acts_as_a_person(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    for move in TRANSITIONS.values():
        if move.name == "close_comment":
            continue
        with pytest.raises(Refused):
            perform(process, move.name, None, reason="x", data=FILLED.get(move.name, dict)())


def test_wagtail_13563__saving_without_a_change__moves_nothing(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    before = Process.objects.values().get(pk=process.pk)
    page = Page.objects.get(pk=process.page_id).specific
    page.save_revision(user=people["rapporteur"])
    page.save()
    assert Process.objects.values().get(pk=process.pk) == before


def test_wagtail_10663__the_steps_in_the_page_menu__do_not_leak_to_the_next_request(people, client) -> None:
    """Wagtail: registered menu items are shared by the whole process."""
    drafting, final = ProcessFactory(forum=people.forum), ProcessFactory(forum=people.forum, at="final")
    client.force_login(people["facilitator"])
    for _again in range(2):
        first = client.get(f"/admin/pages/{drafting.page_id}/edit/").content.decode()
        second = client.get(f"/admin/pages/{final.page_id}/edit/").content.decode()
        assert "/open_comment/" in first
        assert f"/admin/workflow/{final.page_id}/revise/" in second
        assert f"/admin/workflow/{final.page_id}/open_comment/" not in second
        assert "action-publish" not in first + second


def test_wagtail_cves_of_2026__admin_addresses_of_a_document__ask_for_permission_on_it(people, client) -> None:
    process = ProcessFactory(forum=people.forum)
    addresses = [
        "",
        "due/",
        "links/",
        "history/",
        "history/log.json",
        "history/log.csv",
        *(f"{n}/" for n in TRANSITIONS),
    ]
    for user in (people["other_facilitator"], people["nobody"], UserFactory()):
        client.force_login(user)
        for address in addresses[1:]:
            response = client.get(f"/admin/workflow/{process.page_id}/{address}")
            assert response.status_code in {302, 403}, address
            assert process.title not in response.content.decode()
