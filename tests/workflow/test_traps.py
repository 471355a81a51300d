"""T numbers of the guide to the life cycle: what bites whoever puts a state machine beside Wagtail's pages.

Each was seen on Wagtail 7.4 with django-fsm-2. The whole list, with the tests that stand elsewhere: failures.py.
"""

import gc
import inspect
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasPermissionError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from bpf_site.operations.scheduler import tick
from consultation.signals import words_erased
from editions import services as editions
from editions.models import Edition, Passage
from editions.signals import edition_published, edition_standing_changed, edition_withdrawn
from mail.models import Message
from pdf.printing.models import Printing
from search.engines.base import EngineError
from search.indexing import services as indexing
from search.services import Question, search
from tests.factories import OutcomePageFactory, ProcessFactory
from tests.search.conftest import index, index_folder
from tests.workflow.moves import FILLED
from workflow.signals import attachment_changed, moved, moved_for_good
from workflow.states import State
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import perform, process_of
from workflow.verification import findings

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def opened(process: Process, people: Any) -> TransitionLog:
    return perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())


def test_t7_alias_and_translation__share_no_process(process, people) -> None:
    opened(process, people)
    page = process.page.specific
    with pytest.raises(CreatePageAliasPermissionError):
        page.create_alias(update_slug="alias", user=people["superuser"])
    alias = page.create_alias(update_slug="alias")  # code asks nobody
    french = Locale.objects.get_or_create(language_code="fr")[0]
    # What copy_for_translation() does, but for the parents: a year exists once, in all languages together.
    other = {"locale": french, "slug": "en-francais"}
    translation = page.copy(update_attrs=other, copy_revisions=False, keep_live=False, reset_translation_key=False)
    assert translation.translation_key == page.translation_key
    assert Process.objects.count() == 1
    for made in (alias, translation):
        assert not Process.objects.filter(page_id=made.pk).exists()
        assert not Edition.objects.filter(page_id=made.pk).exists()
        own = process_of(Page.objects.get(pk=made.pk))
        assert (own.state, own.moves) == (State.DRAFTING, 0)
    assert Process.objects.get(pk=process.pk).state == State.COMMENT


def test_t8_move_beside_an_unsaved_draft__leaves_the_live_row_as_it_was(process, people) -> None:
    """Stock Wagtail: a step, then save() on the object the editor holds, and draft text lands in the live row."""
    page = process.page.specific
    before = Page.objects.filter(pk=page.pk).specific().values_list("title", flat=True).get(), list(page.body.raw_data)
    draft = page.get_latest_revision_as_object()
    draft.title = "Typed and not yet saved to the row"
    draft.body = [("text", "<p>Words of a draft.</p>")]
    draft.save_revision(user=people["rapporteur"])
    row = opened(Process.objects.get(pk=process.pk), people)
    assert row.edition.title == "Typed and not yet saved to the row"
    fresh = Page.objects.get(pk=page.pk).specific
    assert (fresh.title, list(fresh.body.raw_data)) == before
    assert not fresh.live


def test_t11_page_that_slips_to_live__without_an_edition_answers_as_unpublished(people, client, index) -> None:
    page = OutcomePageFactory(parent=people.forum, title="Sluices of 2099")
    indexing.drain()
    Page.objects.filter(pk=page.pk).update(live=True, has_unpublished_changes=False)  # as a faulty tool would
    forum = page.get_parent()
    address = f"/library/2099/{forum.slug}/{page.slug}/"
    for path in (address, f"{address}history/", f"{address}editions/1/", f"{address}document.json", page.url):
        assert client.get(path).status_code == 404, path
    lists = (
        "/", "/library/", "/library/2099/", f"/library/2099/{forum.slug}/", "/sitemap.xml", "/feeds/editions.atom",
        "/open-calls/", "/search/?q=sluices", "/api/v1/search?q=sluices", "/api/v1/documents",
    )  # fmt: skip
    for path in lists:
        text = client.get(path).content.decode()
        assert "Sluices of 2099" not in text, path
        assert address not in text, path
    assert search(Question("sluices")).total == 0


RECEIVERS = {
    "moved": (moved, {
        "workflow.note_in_page_history", "workflow.due.follow_move", "workflow.notices.write_for_move",
        "consultation.periods", "consultation.consensus",
    }),
    "moved_for_good": (moved_for_good, {"workflow.notices.deliver_after_move"}),
    "edition_published": (edition_published, {
        "consultation.map_targets", "consultation.suggestions", "search.published", "pdf.published",
    }),
    "edition_withdrawn": (edition_withdrawn, {"search.withdrawn"}),
    "edition_standing_changed": (edition_standing_changed, {"search.standing_changed", "pdf.standing_changed"}),
    "attachment_changed": (attachment_changed, {"search.attachment_changed"}),
    "words_erased": (words_erased, {"pdf.words_erased"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RECEIVERS)
def test_t14_receivers__are_still_connected_after_the_garbage_was_taken_out(name) -> None:
    """ietf-tools/www: inner functions held by weak references were gone as soon as DEBUG was off."""
    assert settings.DEBUG is False
    gc.collect()
    signal, expected = RECEIVERS[name]
    alive = {}
    for key, receiver, *_more in signal.receivers:
        found = receiver() if not inspect.isfunction(receiver) else receiver
        alive[key[0]] = found
    assert set(alive) == expected
    for found in alive.values():
        assert "<locals>" not in found.__qualname__


def test_t14_redirects__are_kept_by_receivers_that_are_connected() -> None:
    gc.collect()
    assert pre_delete.has_listeners(Redirect)
    assert pre_save.has_listeners(Redirect)


def test_t15_mail_printer_and_index_all_fail__the_move_stands_and_tick_repairs(
    process, people, index, monkeypatch, tmp_path, settings, django_capture_on_commit_callbacks
) -> None:
    settings.PRIVATE_ROOT = tmp_path

    def broken(*args: Any, **kwargs: Any) -> None:
        raise EngineError("no disk, no paper, no mail")

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", broken)
        down.setattr("pdf.printing.services.render", broken)
        down.setattr(type(index), "apply", broken)
        with django_capture_on_commit_callbacks(execute=True):
            row = opened(process, people)
        indexing_failed = [outcome.error for outcome in tick(timezone.now()) if outcome.error]
    assert indexing_failed, "the failure is known, not swallowed"
    assert Process.objects.get(pk=process.pk).state == State.COMMENT
    assert mail.outbox == []
    assert not Printing.objects.printed().exists()
    assert search(Question("lamp")).total == 0
    later = timezone.now() + timedelta(hours=1)
    Printing.objects.update(not_before=timezone.now())  # the pause after a failure is over
    assert [outcome.error for outcome in tick(later) if outcome.error] == []
    assert len(mail.outbox) == 2
    assert not Message.objects.filter(sent_at=None).exists()
    assert Printing.objects.printed().get().edition == row.edition
    assert search(Question("lamp")).total == 1
    assert list(findings()) == []


@pytest.mark.parametrize("place", ["before the edition", "behind the edition"])
def test_t16_freeze_that_fails__moves_nothing_logs_nothing_and_takes_no_number(
    process, people, monkeypatch, place
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no room")

    before = Process.objects.values().get(pk=process.pk)
    revisions = process.page.revisions.count()
    with monkeypatch.context() as full:
        if place == "before the edition":
            full.setattr(editions, "freeze", fails)
        else:
            full.setattr(Passage.objects, "bulk_create", fails)
        with pytest.raises(RuntimeError):
            opened(process, people)
    assert Process.objects.values().get(pk=process.pk) == before
    assert process.page.revisions.count() == revisions
    assert not TransitionLog.objects.exists()
    assert not Message.objects.exists()
    assert not Edition.objects.exists()
    row = opened(Process.objects.get(pk=process.pk), people)
    assert (row.ordinal, row.edition.number) == (1, 1)
