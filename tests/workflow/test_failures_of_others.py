"""What went wrong in Plone, in the IETF datatracker, in stock Wagtail and beside django-fsm: each has its test here.

failures.py says which test answers which failure. Below it stand the tests that no other file has: those of the
datatracker (dt#) and of Wagtail.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField
from wagtail.models import Page

from consultation import chores as consultation_chores
from consultation.consensus.models import Declaration
from consultation.periods.models import Period
from editions.models import Edition
from tests.admin_forms import outcome_form, text_blocks
from tests.consultation.stories import begun
from tests.factories import OutcomePageFactory, ProcessFactory, UserFactory
from tests.workflow.failures import DATATRACKER, FAILURES, PLONE, TRAPS
from tests.workflow.moves import FILLED, brought_to
from workflow.access.role_holders import CLOCK_NAME
from workflow.clock import chores as clock
from workflow.history import timeline
from workflow.states import TRANSITIONS, State
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import Refused, perform
from workflow.verification import findings

pytestmark = pytest.mark.django_db

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def collected(request) -> dict[str, list[pytest.Item]]:
    """{path: the tests that pytest itself collects from it} of every file the index names."""
    paths = {node.partition("::")[0] for nodes in FAILURES.values() for node in nodes}
    return {path: list(_collect(pytest.Module.from_parent(request.session, path=TESTS / path))) for path in paths}


def _collect(collector):
    for found in collector.collect():
        if isinstance(found, pytest.Item):
            yield found
        else:
            yield from _collect(found)


@pytest.mark.parametrize("failure", FAILURES)
def test_failure__of_the_index__is_answered_by_tests_that_run(failure, collected) -> None:
    assert FAILURES[failure]
    for node in FAILURES[failure]:
        path, name = node.split("::")
        items = [item for item in collected[path] if item.originalname == name]
        assert items, f"{node} is not collected"
        for item in items:
            left_out = {mark.name for mark in item.iter_markers()} & {"skip", "skipif", "xfail"}
            assert not left_out, f"{node} need not pass"


def test_the_index__misses_no_number() -> None:
    def numbers(letter, index) -> list[int]:
        return sorted(int(re.match(rf"{letter}(\d+) ", key)[1]) for key in index)

    assert numbers("T", TRAPS) == list(range(1, 19))
    assert numbers("P", PLONE) == list(range(1, 21))
    named = {int(number) for number in re.findall(r"dt#(\d+)", " ".join(DATATRACKER))}
    assert named == {
        5644, 9493, 8550, 8056, 7383, 4209, 5108, 4809, 6108, 8039, 8310, 11616, 5140, 7960, 4812, 6029, 5933, 6831,
        9232, 11576, 9509, 6339, 7951,
    }  # fmt: skip


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


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
    process = brought_to("final", people)
    declaration = Declaration.objects.get(process=process)
    said = process.current_edition.metadata["declaration"]
    assert declaration.edition == process.current_edition
    assert (said["by"], said["grounds"]) == (declaration.by_name, declaration.grounds)
    assert said["by"] == people["secretariat"].get_full_name()
    assert declaration.at.isoformat() == said["at"]


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
    row = perform(process, "close_comment", None, at=timezone.now() + timedelta(days=31))
    assert (row.by, row.by_name, row.role) == (None, CLOCK_NAME, "clock")


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


def test_dt_8550__a_document__has_one_machine_and_one_state() -> None:
    """datatracker: five machines a document, which contradict each other."""
    machines = [field.name for field in Process._meta.get_fields() if isinstance(field, FSMField)]
    assert machines == ["state"]
    page_fields = {field.name for field in OutcomePageFactory._meta.get_model_class()._meta.get_fields()}
    assert "state" not in page_fields


def test_dt_6108__the_end_of_comment__is_one_instant_on_form_page_calendar_mail_and_clock(people, client) -> None:
    """datatracker: form, event, mail and job each had a date of their own, and midnight was in California."""
    closes = timezone.now().replace(second=0, microsecond=0) + timedelta(days=40)
    consultation = begun(people, closes=closes)
    utc, machine = f"{closes:%H:%M} UTC", f'datetime="{closes:%Y-%m-%dT%H:%M}'
    assert consultation.period.closes == consultation.process.due_at == closes
    assert consultation.process.log.last().data["closes"] == closes.isoformat().replace("+00:00", "Z")
    for address in ("/open-calls/", consultation.address, f"{consultation.address}comments/"):
        page = client.get(address).content.decode()
        assert utc in page, address
        assert machine in page, address
    assert f"DTEND:{closes:%Y%m%dT%H%M%SZ}" in client.get("/open-calls.ics").content.decode()
    foreseen = [item for item in clock.upcoming(timezone.now(), closes) if "Close public comment" in item.what]
    assert [item.when for item in foreseen] == [closes]
    second = timedelta(seconds=1)
    assert consultation_chores.close_periods(closes - second) == 0
    assert Period.objects.open_at(closes - second).exists()
    assert not Period.objects.open_at(closes).exists()
    assert consultation_chores.close_periods(closes) == 1


def test_dt_6831__a_public_document_without_a_row__is_found_by_verification(people) -> None:
    """datatracker: 19 documents had no event at all."""
    ProcessFactory(forum=people.forum, at="final")  # a factory's shortcut: an edition and a state that no move made
    assert any("its log ends at drafting" in fault for fault in findings())


def test_wagtail_10196__the_mail_of_a_step_back__reaches_the_forum_and_carries_the_reason(
    process, people, django_capture_on_commit_callbacks
) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        perform(process, "return_to_draft", people["secretariat"], reason="The wrong file was opened.")
    forum = ("facilitator", "lead_expert", "rapporteur")
    assert {message.to[0] for message in mail.outbox} == {people[role].email for role in forum}
    for message in mail.outbox:
        assert "The wrong file was opened." in message.body
        assert reverse("wagtailadmin_pages:edit", args=[process.page_id]) in message.body


def test_wagtail_13863__autosaves_of_one_sitting__are_one_line_of_the_record(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum)
    process = ProcessFactory(page=page)
    client.force_login(people["rapporteur"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = re.search(r'name="editor_tab" value="(\w+)"', client.get(address).content.decode())
    assert opened

    def autosave(words: str, **more: str) -> str:
        form = outcome_form(page.title, page.slug, text_blocks(f"<p>{words}</p>"), editor_tab=opened[1], **more)
        answer = client.post(address, form, headers={"Accept": "application/json"})
        assert answer.status_code == 200, answer.content
        return str(answer.json()["revision_id"])

    before = len(timeline.whole_history(process, "edits"))
    mine = autosave("One")
    for words in ("One lamp", "One lamp burns", "One lamp burns here"):
        assert autosave(words, overwrite_revision_id=mine) == mine
    assert len(timeline.whole_history(process, "edits")) == before + 1
    assert "One lamp burns here" in str(Page.objects.get(pk=page.pk).get_latest_revision_as_object().body)
