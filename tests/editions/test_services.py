"""Freezing, and the standing of editions."""

import pytest
from django.utils import timezone

from editions.document.model import Document
from editions.document.validation import CannotFreeze
from editions.models import Edition, Frozen, Passage
from editions.services import Draft, freeze, set_stage, withdraw, withdraw_edition
from editions.verification import findings
from tests.editions.documents import sample

pytestmark = pytest.mark.django_db


def draft(document: Document | None = None) -> Draft:
    return Draft("BPF-2099-LAMPS", 2099, "lamps", "outcome", document or sample(), {"title": "Lamps"})


def publish(document: Document | None = None, stage: str = "comment") -> Edition:
    return freeze(draft(document), page=None, stage=stage, at=timezone.now())


def test_freeze__numbers_editions_and_keeps_one_current() -> None:
    first, second = publish(), publish(sample("Changed."))
    first.refresh_from_db()
    assert [first.identifier, second.identifier] == ["BPF-2099-LAMPS-E1", "BPF-2099-LAMPS-E2"]
    assert (first.is_current, second.is_current) == (False, True)
    assert first.reading_address == "/library/2099/lamps/outcome/editions/1/"
    assert second.reading_address == "/library/2099/lamps/outcome/"


def test_freeze__stores_every_passage_as_the_document_has_it() -> None:
    edition = publish()
    assert edition.content == sample()
    assert list(findings()) == []
    assert edition.passages.count() == len(list(edition.passages.exclude(text="")))


def test_freeze__of_a_document_with_problems__takes_no_number() -> None:
    with pytest.raises(CannotFreeze) as refused:
        publish(Document("Title", "en", ()))
    assert [problem.code for problem in refused.value.problems] == ["empty"]
    assert publish().number == 1


def test_an_edition__cannot_be_changed_through_the_model() -> None:
    edition = publish()
    edition.title = "Another"
    with pytest.raises(Frozen):
        edition.save()
    with pytest.raises(Frozen):
        edition.save(update_fields=["title"])
    with pytest.raises(Frozen):
        edition.delete()
    with pytest.raises(Frozen):
        Edition.objects.update(sha256="0" * 64)
    with pytest.raises(Frozen):
        Edition.objects.all().delete()
    with pytest.raises(Frozen):
        Passage.objects.update(text="Another")
    with pytest.raises(Frozen):
        edition.passages.first().save()


def test_set_stage__changes_the_standing_and_nothing_else() -> None:
    edition = publish()
    before = edition.sha256
    set_stage(edition, "incorporating", timezone.now())
    edition.refresh_from_db()
    assert (edition.stage, edition.sha256) == ("incorporating", before)


def test_withdraw_edition__of_the_newest__makes_the_former_current_again() -> None:
    first, second = publish(), publish()
    withdraw_edition(second, "opened by mistake", timezone.now())
    first.refresh_from_db()
    assert first.is_current
    assert list(Edition.objects.public()) == [first]


def test_withdraw__of_a_document__leaves_nothing_public() -> None:
    publish(), publish()
    withdraw("BPF-2099-LAMPS", "fictitious", timezone.now())
    assert not Edition.objects.public().exists()
    assert not Edition.objects.current().exists()
    assert {edition.withdrawn_reason for edition in Edition.objects.all()} == {"fictitious"}
