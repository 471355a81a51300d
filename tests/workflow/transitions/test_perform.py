"""perform(): what a move writes, what a refusal leaves alone, and who wins a race."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Page

from editions.models import Edition, Frozen, Relation
from tests.factories import OutcomePageFactory, ProcessFactory, text_block
from tests.workflow.moves import FILLED, brought_to
from workflow.states import TRANSITIONS, State
from workflow.transitions import services as service
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import Refused, UnknownTransition, blockers, perform, process_of
from workflow.verification import findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def test_open_comment__freezes_the_draft_and_logs_the_role(process, people) -> None:
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    fresh = Process.objects.get(pk=process.pk)
    edition = Edition.objects.get(series=process.series)
    assert (fresh.state, fresh.moves) == (State.COMMENT, 1)
    assert (edition.number, edition.stage, edition.is_current) == (1, "comment", True)
    assert (row.source, row.target, row.role, row.in_stead) == ("drafting", "comment", "facilitator", False)
    assert row.edition == edition
    assert list(findings()) == []


def test_a_move_by_the_secretariat__names_that_it_acted_in_anothers_place(process, people) -> None:
    row = perform(process, "open_comment", people["secretariat"], data=FILLED["open_comment"]())
    assert (row.role, row.in_stead) == ("secretariat", True)


def test_a_refused_move__names_every_reason_and_changes_nothing(process, people) -> None:
    with pytest.raises(Refused) as refusal:
        perform(process, "open_comment", people["facilitator"], data={})
    assert refusal.value.codes == {"announced", "period_in_order"}
    assert Process.objects.get(pk=process.pk).state == State.DRAFTING
    assert not TransitionLog.objects.exists()
    assert not Edition.objects.exists()


def test_an_empty_draft__is_refused_with_a_link_to_the_editor(people) -> None:
    page = OutcomePageFactory(parent=people.forum, body=[])
    with pytest.raises(Refused) as refusal:
        perform(process_of(page), "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    unmet = refusal.value.unmet[0]
    assert unmet.code == "text_complete"
    assert f"/admin/pages/{page.pk}/edit/" in unmet.mend


def test_a_short_period__can_be_set_aside_by_the_secretariat_with_a_reason_only(process, people) -> None:
    now = timezone.now()
    short = FILLED["open_comment"]() | {"opens": now, "closes": now + timedelta(days=5)}
    with pytest.raises(Refused) as refusal:
        perform(
            process, "open_comment", people["facilitator"], data=short, overrides=["period_long_enough"], reason="x"
        )
    assert refusal.value.codes == {"period_long_enough"}
    with pytest.raises(Refused) as refusal:
        perform(process, "open_comment", people["secretariat"], data=short, overrides=["period_long_enough"])
    assert "reason" in refusal.value.codes
    row = perform(
        process, "open_comment", people["secretariat"], data=short, overrides=["period_long_enough"], reason="Mid-year."
    )
    assert [item["guard"] for item in row.overridden] == ["period_long_enough"]
    assert row.reason == "Mid-year."


def test_a_hard_guard__cannot_be_set_aside_by_anybody(process, people) -> None:
    with pytest.raises(Refused) as refusal:
        perform(process, "open_comment", people["secretariat"], data={}, overrides=["announced"], reason="Because.")
    assert "announced" in refusal.value.codes


@pytest.mark.parametrize("name", ["withdraw", "return_to_draft", "correct"])
def test_a_backward_move__needs_a_reason(name, people) -> None:
    at = State.FINAL if name == "correct" else State.COMMENT
    process = ProcessFactory(forum=people.forum, at=at)
    with pytest.raises(Refused) as refusal:
        perform(process, name, people["secretariat"], reason="   ")
    assert "reason" in refusal.value.codes


def test_a_stale_form__is_refused_and_says_who_was_first(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], seen=0, data=FILLED["open_comment"]())
    with pytest.raises(Refused) as refusal:
        perform(process, "open_comment", people["secretariat"], seen=0, data=FILLED["open_comment"]())
    assert refusal.value.codes == {"already_there"}
    assert people["facilitator"].get_full_name() in refusal.value.unmet[0].message
    assert TransitionLog.objects.count() == 1


def test_an_old_form__after_a_move_there_and_back__is_refused(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason="Wrong file.")
    with pytest.raises(Refused) as refusal:
        perform(process, "open_comment", people["facilitator"], seen=0, data=FILLED["open_comment"]())
    assert refusal.value.codes == {"stale"}


def test_return_to_draft__takes_the_edition_back_with_its_reason(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    perform(process, "return_to_draft", people["secretariat"], reason="Wrong file.")
    edition = Edition.objects.get(series=process.series)
    assert not edition.is_public
    assert edition.withdrawn_reason == "Wrong file."


def test_correct__makes_an_edition_that_says_which_one_it_corrects(people) -> None:
    process = brought_to("final", people)
    page = process.page.specific.get_latest_revision_as_object()
    page.title = "Fictitious outcome, corrected"
    page.save_revision()
    perform(process, "correct", people["secretariat"], reason="A wrong year in the title.")
    newest, former = Edition.objects.filter(series=process.series).order_by("-number")[:2]
    assert Relation.objects.filter(kind="corrects", source=newest.identifier, target=former.identifier).exists()
    assert newest.title == "Fictitious outcome, corrected"
    assert newest.metadata["declaration"] == former.metadata["declaration"]


def test_correct__without_a_change__is_refused(people) -> None:
    process = ProcessFactory(forum=people.forum, at=State.FINAL)
    with pytest.raises(Refused) as refusal:
        perform(process, "correct", people["secretariat"], reason="Nothing.")
    assert "text_changed" in refusal.value.codes


def test_the_last_editor__may_not_adopt_unless_the_secretariat_says_why(people) -> None:
    process = ProcessFactory(forum=people.forum, at=State.WRAP_UP)
    process.page.specific.get_latest_revision_as_object().save_revision(user=people["lead_expert"])
    with pytest.raises(Refused) as refusal:
        perform(process, "adopt", people["lead_expert"], data=FILLED["adopt"]())
    assert "not_last_editor" in refusal.value.codes


def test_a_page_that_was_never_kept_as_a_revision__has_no_last_editor(people) -> None:
    process = ProcessFactory(forum=people.forum, at=State.WRAP_UP)
    type(process.page).objects.filter(pk=process.page.pk).update(latest_revision=None)
    found = blockers(Process.objects.get(pk=process.pk), TRANSITIONS["adopt"], people["lead_expert"], FILLED["adopt"]())
    assert "not_last_editor" not in {item.code for item in found}


def test_who_only_took_the_step_that_froze_the_text__is_not_its_last_editor(people) -> None:
    """The facilitator who presented was refused, and the lead expert who wrote was not."""
    process = ProcessFactory(forum=people.forum, at=State.INCORPORATING)
    process.page.specific.get_latest_revision_as_object().save_revision(user=people["lead_expert"])
    perform(process, "present", people["facilitator"], data=FILLED["present"]())
    moved = Process.objects.get(pk=process.pk)
    assert moved.page.latest_revision.user == people["lead_expert"]
    assert moved.log.order_by("-ordinal").first().by == people["facilitator"]
    codes = {
        name: {item.code for item in blockers(moved, TRANSITIONS["adopt"], people[name], FILLED["adopt"]())}
        for name in ("facilitator", "lead_expert")
    }
    assert "not_last_editor" not in codes["facilitator"]
    assert "not_last_editor" in codes["lead_expert"]


def test_revise__leaves_the_final_edition_public_until_the_next_one(people) -> None:
    process = ProcessFactory(forum=people.forum, at=State.FINAL)
    final = process.current_edition
    perform(process, "revise", people["facilitator"])
    final.refresh_from_db()
    assert final.is_current
    assert final.stage == State.FINAL
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    final.refresh_from_db()
    assert not final.is_current
    assert final.is_public


def test_an_unknown_transition__is_an_error_of_its_own(process, people) -> None:
    with pytest.raises(UnknownTransition):
        perform(process, "publish", people["secretariat"])


def test_a_failing_receiver__undoes_the_whole_move(process, people) -> None:
    from workflow.signals import moved

    def fail(**kwargs) -> None:
        raise RuntimeError("no room")

    moved.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    finally:
        moved.disconnect(fail)
    assert Process.objects.get(pk=process.pk).state == State.DRAFTING
    assert not Edition.objects.exists()


def test_a_failing_follower__does_not_undo_the_move(process, people, django_capture_on_commit_callbacks) -> None:
    from workflow.signals import moved_for_good

    def fail(**kwargs) -> None:
        raise RuntimeError("mail server down")

    moved_for_good.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    finally:
        moved_for_good.disconnect(fail)
    assert Process.objects.get(pk=process.pk).state == State.COMMENT


def test_the_log__refuses_change_through_model_and_sql(process, people) -> None:
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        TransitionLog.objects.update(reason="Another")
    for statement in (
        "UPDATE workflow_transitionlog SET reason = 'Another'",
        "UPDATE workflow_transitionlog SET at = '2000-01-01'",
        "DELETE FROM workflow_transitionlog",
    ):
        with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(findings()) == []


def test_a_deleted_account__leaves_the_recorded_name_and_the_chain(process, people) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    name = people["facilitator"].get_full_name()
    people["facilitator"].delete()
    row = TransitionLog.objects.get()
    assert (row.by, row.by_name) == (None, name)
    assert list(findings()) == []


def test_assigning_the_state__raises(process) -> None:
    with pytest.raises(AttributeError):
        process.state = State.FINAL


@pytest.mark.django_db(transaction=True)
def test_two_people_who_correct_at_once__end_in_one_edition_and_one_clear_refusal(people) -> None:
    process = brought_to("final", people)
    page = process.page.specific.get_latest_revision_as_object()
    page.title = "Fictitious outcome, corrected"
    page.save_revision()
    seen, outcomes, start = process.moves, [], threading.Barrier(2)

    def correct() -> None:
        start.wait()
        try:
            perform(process, "correct", people["secretariat"], reason="A wrong year.", seen=seen)
            outcomes.append("moved")
        except Refused as refusal:
            outcomes.extend(refusal.codes)
        finally:
            connection.close()

    threads = [threading.Thread(target=correct) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_there", "moved"]
    assert Edition.objects.filter(series=process.series, stage="final").count() == 2
    assert list(findings()) == []


@pytest.mark.django_db(transaction=True)
def test_text_saved_while_the_guards_look__is_not_what_is_published_and_is_not_lost(people, monkeypatch) -> None:
    """The edition holds exactly the text that was judged; the editor's save waits and becomes the draft after it."""
    process = ProcessFactory(forum=people.forum)
    judged, saved = service.unmet_guards, threading.Event()

    def save() -> None:
        page = Page.objects.get(pk=process.page_id).specific.get_latest_revision_as_object()
        page.title = "Typed meanwhile"
        page.save_revision(user=people["rapporteur"])
        saved.set()
        connection.close()

    editor = threading.Thread(target=save)

    def judge_while_somebody_types(attempt, **options):
        found = list(judged(attempt, **options))
        editor.start()
        assert not saved.wait(0.5), "the save came between the look and the freeze"
        return found

    monkeypatch.setattr(service, "unmet_guards", judge_while_somebody_types)
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    editor.join()
    assert row.edition.title == process.title
    page = Page.objects.get(pk=process.page_id)
    assert page.get_latest_revision_as_object().title == "Typed meanwhile"
    assert page.revisions.count() == 3  # the first draft, what was frozen, what was typed


def test_notices_for_readers_of_drafts__are_frozen_with_drafts_and_left_out_of_the_outcome(people) -> None:
    notice = {"type": "draft_notice", "value": {"title": "", "body": [text_block("<p>Please comment by May.</p>")]}}
    page = OutcomePageFactory(parent=people.forum, body=[notice, text_block("<p>Lamps help.</p>")])
    process = brought_to("final", people, process_of(page))
    draft, *_, outcome = Edition.objects.filter(series=process.series).order_by("number")
    assert "Please comment by May." in str(draft.document)
    assert (outcome.stage, "Please comment by May." in str(outcome.document)) == ("final", False)
    assert "Lamps help." in str(outcome.document)
