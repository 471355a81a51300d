"""Files whose rows are gone are deleted after commit, and later where the store does not answer then."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from files.deletion import delete_file_of, delete_left
from files.models import LeftFile
from files.private_storage import PrivateFiles
from pdf.printing.models import Printing
from pdf.printing.services import forget, print_edition
from tests.search.library import publish

pytestmark = pytest.mark.django_db(transaction=True)

LATER = timezone.now() + timedelta(minutes=1)


@pytest.fixture
def printed() -> Printing:
    edition = publish("Lamps", "Of lamps.")
    print_edition(edition)
    return Printing.objects.get(edition=edition)


@pytest.fixture
def is_away(monkeypatch):
    """A store that answers nobody, while `away` is true."""
    state, delete = {"away": True}, PrivateFiles.delete

    def deleting(store, name):
        if state["away"]:
            raise OSError("the bucket does not answer")
        delete(store, name)

    monkeypatch.setattr(PrivateFiles, "delete", deleting)
    return state


def test_file_of_words_that_were_erased__is_deleted_after_the_commit(printed) -> None:
    name, store = printed.file.name, printed.file.storage
    forget(printed.edition)
    assert not store.exists(name)
    assert not LeftFile.objects.exists()


def test_file__of_a_store_that_does_not_answer__is_deleted_by_a_later_tick(printed, is_away) -> None:
    name, store = printed.file.name, printed.file.storage
    forget(printed.edition)  # and nothing fails
    assert not Printing.objects.filter(pk=printed.pk).exists()
    assert store.exists(name)
    with pytest.raises(OSError, match="bucket"):  # which the tick tells, and health
        delete_left(LATER)
    assert LeftFile.objects.count() >= 1
    is_away["away"] = False
    assert delete_left(LATER) >= 1
    assert not store.exists(name)
    assert not LeftFile.objects.exists()


def test_one_file_that_cannot_be_deleted__keeps_no_other(printed, monkeypatch) -> None:
    store, delete = printed.file.storage, PrivateFiles.delete
    kept = [store.save(name, ContentFile(b"x")) for name in ("aa/first", "aa/second")]
    rows = [LeftFile.objects.create(table="pdf.Printing", name=name, since=LATER) for name in kept]
    monkeypatch.setattr(PrivateFiles, "delete", lambda self, name: delete(self, name) if name == kept[1] else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delete_left(LATER)
    assert list(LeftFile.objects.all()) == rows[:1]
    assert not store.exists(kept[1])


def test_file_that_a_row_names_again__stays(printed, is_away) -> None:
    name, store = printed.file.name, printed.file.storage
    with transaction.atomic():
        delete_file_of(printed)
        Printing.objects.filter(pk=printed.pk).delete()
    printed.save(force_insert=True)  # as one that was printed again
    is_away["away"] = False
    delete_left(LATER)
    assert store.exists(name)
    assert not LeftFile.objects.exists()


def test_row_that_comes_back_by_a_rollback__keeps_its_file(printed) -> None:
    name, store = printed.file.name, printed.file.storage
    with transaction.atomic():
        forget(printed.edition)
        transaction.set_rollback(True)
    assert store.exists(name)
    assert not LeftFile.objects.exists()
