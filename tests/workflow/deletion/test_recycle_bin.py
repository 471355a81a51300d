"""The recycle bin: by whatever road a draft is deleted it can be had back, by its own people, for a time."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from bpf_pages.models.outcome import OutcomePage, OutcomePerson
from editions.models import Relation
from tests.factories import OutcomePageFactory, ProcessFactory, text_block
from tests.workflow.moves import FILLED
from workflow.access.models import RoleGroup
from workflow.attachments.models import AttachmentVersion
from workflow.attachments.services import attach
from workflow.clock import chores as clock
from workflow.deletion import recycle_bin
from workflow.deletion.models import RecycledDraft
from workflow.history import timeline
from workflow.queue import waiting_tasks as queue
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of
from workflow.verification import findings

pytestmark = pytest.mark.django_db

BIN = "/admin/workflow/bin/"


@pytest.fixture
def process(people) -> Process:
    page = OutcomePageFactory(parent=people.forum, title="Sluices", slug="sluices", summary="On sluices.")
    page.people.add(OutcomePerson(name="Ficta Author"))
    page.save_revision(user=people["rapporteur"])
    return process_of(page)


ROADS = {
    "editor": lambda page: (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
    "bulk": lambda page: (f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}", {}),
    "interface for programs": lambda page: (f"/admin/api/main/pages/{page.pk}/action/delete/", {}),
}


def deleted(process: Process, client, user, road: str = "editor") -> RecycledDraft:
    client.force_login(user)
    address, posted = ROADS[road](process.page)
    assert client.post(address, posted).status_code < 400
    assert not Page.objects.filter(pk=process.page_id).exists()
    return RecycledDraft.objects.lying().get(process=process)


@pytest.mark.parametrize("road", ROADS)
def test_deleted_draft__by_any_road__lies_in_the_bin_with_who_when_and_its_text(process, people, client, road) -> None:
    row = deleted(process, client, people["secretariat"], road)
    assert (row.title, row.forum_id, row.by) == ("Sluices", people.forum.pk, people["secretariat"])
    assert row.by_name == people["secretariat"].get_full_name()
    assert timezone.now() - row.at < timedelta(minutes=1)
    assert "The lamp rooms of 2099 are fictitious." in recycle_bin.words_of(row)
    assert list(findings()) == []


def test_explorer__after_a_deletion__says_where_the_draft_lies(process, people, client) -> None:
    client.force_login(people["facilitator"])
    answer = client.post(reverse("wagtailadmin_pages:delete", args=[process.page_id]), follow=True)
    page = BeautifulSoup(answer.content, "html.parser")
    assert f"It lies in the recycle bin for {settings.RECYCLE_DAYS} days." in page.get_text(" ")
    assert page.find("a", href=BIN)


def test_deleted_draft__is_in_no_queue_and_has_no_address(process, people, client) -> None:
    deleted(process, client, people["facilitator"])
    assert not queue.visible_processes(people["secretariat"]).exists()
    assert client.get(f"/admin/pages/{process.page_id}/edit/").status_code == 404


def test_restored_draft__has_its_text_its_people_its_process_and_a_line_in_both_histories(
    process, people, client, settings, tmp_path
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    row = deleted(process, client, people["rapporteur"])
    client.force_login(people["facilitator"])
    answer = client.post(f"{BIN}{row.pk}/restore/", {"forum": people.forum.pk})
    page = OutcomePage.objects.get(slug="sluices")
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.summary, page.live) == ("Sluices", "On sluices.", False)
    assert "The lamp rooms of 2099 are fictitious." in str(draft.body)
    assert [person.name for person in draft.people.all()] == ["Ficta Author"]
    again = process_of(page)
    assert (again.pk, again.state, again.series) == (process.pk, "drafting", process.series)
    told = [(entry.source, entry.who) for entry in timeline.whole_history(again, "bin")]
    names = [people[role].get_full_name() for role in ("facilitator", "rapporteur")]
    assert told == [("bin", names[0]), ("bin", names[1])]
    assert PageLogEntry.objects.filter(page=page.pk, action="bpf.restore", user=people["facilitator"]).exists()
    assert client.get(answer["Location"]).status_code == 200
    row = perform(again, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    assert client.get(row.edition.address).status_code == 200
    assert list(findings()) == []


def test_restored_draft__whose_slug_was_taken__gets_the_next_free_one(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    perform(
        process_of(OutcomePageFactory(parent=people.forum, slug="sluices")),
        "record",
        people["secretariat"],
        data=FILLED["record"](),
    )
    OutcomePageFactory(parent=people.forum, slug="sluices-2")
    page = recycle_bin.restore(row, people.forum, people["facilitator"], timezone.now())
    assert page.slug == "sluices-3"
    restored = Process.objects.get(pk=process.pk)
    assert restored.series.endswith("-SLUICES3")
    assert Process.objects.filter(series=restored.series).count() == 1


def test_draft__deleted_again_after_its_restoration__lies_there_once(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    recycle_bin.restore(row, people.forum, people["facilitator"], timezone.now())
    again = Process.objects.get(pk=process.pk)
    second = deleted(again, client, people["facilitator"])
    assert second.pk != row.pk
    assert RecycledDraft.objects.filter(process=process).count() == 2


def test_draft_restored_twice_at_once__comes_back_once(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    recycle_bin.restore(row, people.forum, people["facilitator"], timezone.now())
    with pytest.raises(recycle_bin.CannotRestore):
        recycle_bin.restore(row, people.forum, people["facilitator"], timezone.now())
    assert OutcomePage.objects.filter(title="Sluices").count() == 1


def test_drafts_of_a_deleted_forum__are_kept_for_the_secretariat_which_chooses_another(process, people, client) -> None:
    linked = ProcessFactory(forum=people.forum)
    Relation.objects.create(kind="continues", source=linked.series, target=process.series)
    client.force_login(people["superuser"])
    assert client.post(reverse("wagtailadmin_pages:delete", args=[people.forum.pk])).status_code < 400
    assert not Page.objects.filter(pk=people.forum.pk).exists()
    rows = list(RecycledDraft.objects.lying())
    assert {row.process_id for row in rows} == {process.pk, linked.pk}
    assert {row.forum for row in rows} == {None}
    assert {row.forum_title for row in rows} == {people.forum.title}
    assert recycle_bin.lying_for(people["facilitator"]) == []
    client.force_login(people["secretariat"])
    (row,) = [row for row in rows if row.process_id == process.pk]
    client.post(f"{BIN}{row.pk}/restore/", {"forum": people.other_forum.pk})
    page = OutcomePage.objects.get(slug="sluices")
    assert page.get_parent().pk == people.other_forum.pk
    assert Process.objects.get(pk=process.pk).series == page.series


def test_bin__shows_people_their_own_forums_and_the_secretariat_everything(process, people, client) -> None:
    deleted(process, client, people["facilitator"])
    for who, sees in {"rapporteur": True, "secretariat": True, "other_facilitator": False}.items():
        client.force_login(people[who])
        assert ("Sluices" in client.get(BIN).content.decode()) is sees, who


def test_restoration__into_a_forum_that_is_not_ones_own__is_refused(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    for who, forum, status in (
        ("facilitator", people.other_forum, 422),
        ("other_facilitator", people.other_forum, 302),
    ):
        client.force_login(people[who])
        assert client.post(f"{BIN}{row.pk}/restore/", {"forum": forum.pk}).status_code == status
        assert RecycledDraft.objects.lying().filter(pk=row.pk).exists()


def test_removal__by_the_secretariat_needs_a_reason_and_forgets_the_text_only(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    client.force_login(people["facilitator"])
    client.post(f"{BIN}{row.pk}/remove/", {"reason": "Mine."})
    client.force_login(people["secretariat"])
    assert client.post(f"{BIN}{row.pk}/remove/", {"reason": " "}).status_code == 422
    assert RecycledDraft.objects.lying().get().content
    client.post(f"{BIN}{row.pk}/remove/", {"reason": "A private letter was pasted."})
    row = RecycledDraft.objects.get()
    assert (row.end, row.content, row.document) == ("removed", None, None)
    assert (row.reason, row.ended_by) == ("A private letter was pasted.", people["secretariat"])
    assert client.get(f"{BIN}{row.pk}/").status_code == 404
    assert Process.objects.filter(pk=process.pk).exists()


def test_clock__removes_at_the_end_of_the_time__once_and_foresees_it(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    end = recycle_bin.removal_at(row)
    assert end == row.at + timedelta(days=settings.RECYCLE_DAYS)
    assert any("Sluices" in item.what for item in clock.upcoming(timezone.now(), end))
    moment = timedelta(microseconds=1)
    assert recycle_bin.expire(end - moment) == 0
    assert recycle_bin.expire(end) == 1
    assert recycle_bin.expire(end) == 0
    row = RecycledDraft.objects.get()
    assert (row.end, row.ended_by, row.ended_by_name, row.content) == ("removed", None, "Clock (automatic)", None)


def test_files_of_a_draft__that_is_removed_for_good__go_with_it_but_for_those_others_have(
    process, people, client, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    other = process_of(OutcomePageFactory(parent=people.forum))
    facts = {"title": "Notes", "is_public": False, "by": people["rapporteur"], "at": timezone.now()}
    mine = attach(process, SimpleUploadedFile("a.txt", b"Mine alone."), **facts)
    shared = attach(process, SimpleUploadedFile("b.txt", b"Of both."), **facts)
    attach(other, SimpleUploadedFile("c.txt", b"Of both."), **facts)
    row = deleted(process, client, people["facilitator"])
    assert mine.file.storage.exists(mine.file.name), "it comes back with the draft"
    with django_capture_on_commit_callbacks(execute=True):
        recycle_bin.remove(row, people["secretariat"], "A private letter.", timezone.now())
    assert not mine.file.storage.exists(mine.file.name)
    assert shared.file.storage.exists(shared.file.name)
    assert list(findings()) == []
    assert AttachmentVersion.objects.count() == 3, "what was attached stays on record"
    assert RecycledDraft.objects.get().files_gone_at


def test_files_of_a_removed_draft__where_the_store_was_away__go_with_the_next_tick(
    process, people, client, settings, tmp_path, monkeypatch
) -> None:
    settings.PRIVATE_ROOT = tmp_path
    facts = {"title": "Notes", "is_public": False, "by": people["rapporteur"], "at": timezone.now()}
    mine = attach(process, SimpleUploadedFile("a.txt", b"Mine alone."), **facts)
    row = deleted(process, client, people["facilitator"])
    recycle_bin.remove(row, people["secretariat"], "A private letter.", timezone.now())
    with monkeypatch.context() as away:
        away.setattr(type(mine.file.storage), "delete", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            recycle_bin.expire(timezone.now())
    assert RecycledDraft.objects.get().files_gone_at is None
    recycle_bin.expire(timezone.now())
    assert not mine.file.storage.exists(mine.file.name)
    assert RecycledDraft.objects.get().files_gone_at


@pytest.mark.parametrize("road", ROADS)
def test_plone_p12__deleting_a_draft_that_others_link_to__is_refused_with_the_list(
    process, people, client, road
) -> None:
    """Plone: its interface deletes, though the incoming links are known."""
    other = ProcessFactory(forum=people.other_forum)
    Relation.objects.create(kind="continues", source=other.series, target=process.series)
    citing = OutcomePageFactory(parent=people.other_forum, title="A citing page", body=[])
    citing.body.raw_data.append(text_block(f'<p>See <a linktype="page" id="{process.page_id}">it</a>.</p>'))
    citing.save_revision()
    client.force_login(people["superuser"])
    address, posted = ROADS[road](process.page)
    with transaction.atomic():
        text = client.post(address, posted, follow=True).content.decode()
        transaction.set_rollback(True)  # a refusal within the deletion breaks the test's own transaction off
    assert Page.objects.filter(pk=process.page_id).exists()
    assert not RecycledDraft.objects.exists()
    assert other.series in text
    assert "A citing page" in text
    with pytest.raises(PermissionDenied), transaction.atomic():
        Page.objects.get(pk=process.page_id).delete()
    Relation.objects.all().delete()
    citing.body = []
    citing.save_revision()
    deleted(process, client, people["superuser"], road)


def test_files_of_a_deleted_draft__wait_for_it_under_its_new_identifier(
    process, people, client, settings, tmp_path
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.PRIVATE_ROOT = tmp_path
    upload = SimpleUploadedFile("annex.txt", b"Fictitious annex of 2099.")
    attach(process, upload, title="Annex", is_public=False, by=people["facilitator"], at=timezone.now())
    row = deleted(process, client, people["facilitator"])
    recycle_bin.restore(row, people.other_forum, people["superuser"], timezone.now())
    again = Process.objects.get(pk=process.pk)
    assert again.attachments.get().series == again.series != process.series


def test_role_of_a_forum__without_the_right_to_add_pages__restores_nothing(process, people, client) -> None:
    row = deleted(process, client, people["facilitator"])
    group = RoleGroup.objects.get(page=people.forum, role="rapporteur").group
    group.page_permissions.filter(permission__codename="add_page").delete()
    assert recycle_bin.forums_to_restore_to(people["rapporteur"], row) == []
    client.force_login(people["rapporteur"])
    assert client.post(f"{BIN}{row.pk}/restore/", {"forum": people.forum.pk}).status_code == 422
    assert RecycledDraft.objects.lying().exists()
