"""One step for many documents: the preview tells, each moves alone, the report leaves nothing out (Plone: P7)."""

import pytest

from bpf_pages.models.outcome import OutcomePage
from editions.models import Edition
from tests.factories import OutcomePageFactory, ProcessFactory
from tests.workflow.moves import FILLED
from workflow.editor import bulk_transitions
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import perform

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/workflow/bulk/"


def ids(*processes: Process) -> list[int]:
    return [process.page_id for process in processes]


def filled(move: str, *processes: Process, **more: object) -> dict[str, object]:
    seen = {f"seen-{process.pk}": process.moves for process in processes}
    return {"move": move, "id": ids(*processes), **seen, **more}


def sources(*processes: Process) -> dict[str, str]:
    return {f"own-{process.pk}-public_source": f"Fictitious source {process.pk} of 2099" for process in processes}


@pytest.fixture
def ready(people) -> list[Process]:
    return ProcessFactory.create_batch(3, forum=people.forum)


@pytest.fixture
def empty(people) -> Process:
    from workflow.transitions.services import process_of

    return process_of(OutcomePageFactory(parent=people.forum, body=[], title="Empty draft"))


def test_explorer__offers_the_bulk_step_and_leads_to_the_choice(people, ready, client) -> None:
    client.force_login(people["facilitator"])
    response = client.get("/admin/bulk/wagtailcore/page/take_step/", {"id": ids(*ready), "next": "/admin/"})
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert all(process.title in page for process in ready)
    assert 'value="open_comment"' in page
    assert 'value="withdraw"' not in page


def test_preview__says_how_many_will_move_and_why_others_cannot(people, ready, empty, client) -> None:
    client.force_login(people["facilitator"])
    response = client.get(ADDRESS, {"id": ids(*ready, empty), "move": "open_comment"})
    text = " ".join(response.content.decode().split())
    assert "3 documents will move, 1 cannot." in text
    assert "The document has no text yet." in text
    assert not TransitionLog.objects.exists()


def test_bulk_step__moves_what_can_and_reports_what_cannot(people, ready, empty, client) -> None:
    client.force_login(people["secretariat"])
    form = filled("record", *ready, empty, **sources(*ready))
    text = " ".join(client.post(ADDRESS, form).content.decode().split())
    assert "3 documents moved, 1 did not." in text
    assert "The document has no text yet." in text
    assert Edition.objects.count() == 3
    assert [row.reason for row in TransitionLog.objects.all()] == [""] * 3
    assert Process.objects.get(pk=empty.pk).state == "drafting"


def test_bulk_record__takes_source_and_date_of_each_document(people, ready, client) -> None:
    """One source for fifty outputs would be wrong for forty-nine."""
    client.force_login(people["secretariat"])
    first, second, third = ready
    dates = {f"own-{first.pk}-original_date": "2098-11-20", f"own-{second.pk}-original_date": "2098"}
    client.post(ADDRESS, filled("record", *ready, **sources(*ready), **dates))
    said = {edition.series: edition.metadata for edition in Edition.objects.all()}
    assert [said[process.series]["original_date"] for process in ready] == ["2098-11-20", "2098", ""]
    assert said[third.series]["public_source"] == f"Fictitious source {third.pk} of 2099"
    text = OutcomePage.objects.get(pk=first.page_id).get_latest_revision_as_object()
    assert text.original_date == "2098-11-20"  # so that a correction cites it too


def test_bulk_record__begins_with_what_each_text_knows_and_keeps_what_was_typed(people, ready, client) -> None:
    client.force_login(people["secretariat"])
    page = OutcomePage.objects.get(pk=ready[0].page_id)
    page.original_date, page.sources = "2098-05", "https://example.org/lamps\nA shelf"
    page.save_revision()
    text = client.get(ADDRESS, {"id": ids(*ready), "move": "record"}).content.decode()
    assert 'value="https://example.org/lamps"' in text
    assert 'value="2098-05"' in text
    sent = {f"own-{ready[0].pk}-public_source": "Typed", f"own-{ready[0].pk}-original_date": "2098-02-30"}
    answer = client.post(ADDRESS, filled("record", *ready, **sent))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "The calendar has no such day." in text
    assert 'value="Typed"' in text
    assert not TransitionLog.objects.exists()


def test_record_of_one__begins_with_what_the_text_knows(people, ready, client) -> None:
    client.force_login(people["secretariat"])
    page = OutcomePage.objects.get(pk=ready[0].page_id)
    page.original_date, page.original_address = "2098-05", "https://example.org/lamps"
    page.save_revision()
    address = f"/admin/workflow/{page.pk}/record/"
    text = client.get(address).content.decode()
    assert 'value="https://example.org/lamps"' in text
    assert 'value="2098-05"' in text
    client.post(address, {"seen": 0, "public_source": "A shelf", "original_date": "2098-05-09"})
    assert Edition.objects.get().metadata["original_date"] == "2098-05-09"


@pytest.mark.parametrize(
    ("source", "address"), [("https://example.org/lamps", "https://example.org/lamps"), ("A shelf", "")]
)
def test_record__with_an_address_as_its_source__leads_readers_there(people, ready, client, source, address) -> None:
    client.force_login(people["secretariat"])
    client.post(
        f"/admin/workflow/{ready[0].page_id}/record/", {"seen": 0, "public_source": source, "original_date": ""}
    )
    assert Edition.objects.get().metadata["original_address"] == address
    text = OutcomePage.objects.get(pk=ready[0].page_id).get_latest_revision_as_object()
    assert text.original_address == address  # so that a correction leads there too


def test_bulk_step__sent_twice__moves_nothing_twice_and_says_so(people, ready, client) -> None:
    client.force_login(people["secretariat"])
    form = filled("record", *ready, **sources(*ready))
    client.post(ADDRESS, form)
    text = " ".join(client.post(ADDRESS, form).content.decode().split())
    assert "0 documents moved, 3 did not." in text
    assert TransitionLog.objects.count() == 3


def test_bulk_step__with_one_moved_meanwhile__refuses_that_one_by_name(people, ready, client) -> None:
    client.force_login(people["facilitator"])
    form = filled("open_comment", *ready, **{k: _text(v) for k, v in FILLED["open_comment"]().items()})
    perform(ready[1], "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    text = " ".join(client.post(ADDRESS, form).content.decode().split())
    assert "2 documents moved, 1 did not." in text
    assert "already" in text
    assert TransitionLog.objects.filter(process=ready[1]).count() == 1


def _text(value: object) -> object:
    return value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "strftime") else value


def test_bulk_step__without_the_reason_it_needs__keeps_what_was_written(people, client) -> None:
    finals = ProcessFactory.create_batch(2, forum=people.forum, at="final")
    client.force_login(people["secretariat"])
    response = client.post(ADDRESS, filled("withdraw", *finals, reason=""))
    assert response.status_code == 422
    assert not TransitionLog.objects.exists()
    response = client.post(ADDRESS, filled("withdraw", *finals, reason="Fictitious error of 2099."))
    assert {row.reason for row in TransitionLog.objects.all()} == {"Fictitious error of 2099."}


def test_bulk_step__of_another_forums_documents__leaves_them_out(people, ready, client) -> None:
    theirs = ProcessFactory(forum=people.other_forum)
    client.force_login(people["facilitator"])
    response = client.get(ADDRESS, {"id": ids(*ready, theirs), "move": "open_comment"})
    text = " ".join(response.content.decode().split())
    assert "3 documents will move." in text
    assert "Left out" in text


def test_perform_all__keeps_every_move_done_before_a_failure(people, ready, monkeypatch) -> None:
    """Each item is its own transaction: what broke the third does not take back the first two."""
    from workflow.editor import bulk_transitions as module

    stock, calls = module.perform, []

    def breaking(process, *args, **kwargs):
        calls.append(process)
        if len(calls) == 3:
            raise OSError("disk full")
        return stock(process, *args, **kwargs)

    monkeypatch.setattr(module, "perform", breaking)
    with pytest.raises(OSError, match="disk full"):
        bulk_transitions.perform_all(
            [(process, 0, {}) for process in ready],
            TRANSITIONS["record"],
            people["secretariat"],
            data=FILLED["record"](),
        )
    assert TransitionLog.objects.count() == 2


@pytest.mark.parametrize("query", [{}, {"id": "x"}, {"id": "9" * 30}, {"id": "999999", "move": "record"}])
def test_bulk_address__with_nonsense__answers_with_a_page(people, client, query) -> None:
    client.force_login(people["secretariat"])
    assert client.get(ADDRESS, query).status_code == 200


def test_bulk_address__with_an_unknown_step__is_not_found(people, ready, client) -> None:
    client.force_login(people["secretariat"])
    assert client.get(ADDRESS, {"id": ids(*ready), "move": "explode"}).status_code == 404
