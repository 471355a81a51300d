"""Check 1: a comment stays on its paragraph, or stands in a visible queue. Measured on edits in three scripts in
tests/editions/comparison/test_alignment.py; here with the tables and the pages."""

import pytest
from django.utils import timezone

from consultation.comments.anchor_mapping import map_targets, settle
from consultation.comments.models import Mapping, Target
from consultation.vocabulary import Method
from editions.models import Edition, Passage
from tests.consultation.stories import PAPER
from tests.editions.comparison.alignment_corpus import LANGUAGES, case_of

pytestmark = pytest.mark.django_db


def editions_of(case) -> tuple[Edition, Edition]:
    """Both versions of the corpus as frozen editions, whatever their blocks were."""
    made = []
    for number, passages in ((1, case.old), (2, case.new)):
        edition = Edition.objects.create(
            identifier=f"BPF-2099-{case.language.upper()}X-E{number}",
            series=f"BPF-2099-{case.language.upper()}X",
            number=number,
            year=2099,
            forum_slug="fictitious",
            document_slug=case.language,
            title="Fictitious",
            language=case.language,
            document={},
            sha256=f"{number}" * 64,
            metadata={},
            published_at=timezone.now(),
            stage="comment",
            standing_at=timezone.now(),
        )
        Passage.objects.bulk_create(
            Passage(
                edition=edition,
                ordinal=passage.ordinal,
                number=0 if passage.kind == "heading" else passage.number,
                anchor=passage.anchor,
                kind=passage.kind,
                key=passage.key,
                path=list(passage.path),
                text=passage.text,
                language=passage.language,
            )
            for passage in passages
        )
        made.append(edition)
    return made[0], made[1]


def test_mapping__a_comment_on_every_passage_of_three_papers__is_right_or_in_the_queue(consultation):
    right = wrong = live = deleted = deleted_but_mapped = 0
    comment = consultation.comment()
    for language in LANGUAGES:
        case = case_of(language, keys=False)
        first, second = editions_of(case)
        targets = Target.objects.bulk_create(
            Target(comment=comment, scope="passage" if passage.number else "section", passage=passage)
            for passage in first.passages.all()
        )
        map_targets(second)
        mappings = Mapping.objects.filter(target__in=targets, edition=second).select_related(
            "target__passage", "passage"
        )
        assert len(mappings) == len(targets)  # no comment is missing
        for mapping in mappings:
            homes = case.truth[mapping.target.passage.key]
            found = mapping.passage.key if mapping.passage else None
            assert (found is None) == (mapping in set(Mapping.objects.queue()))
            live += bool(homes)
            right += bool(homes) and found in homes
            wrong += bool(homes) and found is not None and found not in homes
            deleted += not homes
            deleted_but_mapped += not homes and found is not None
    assert right / live >= 0.98
    assert wrong / live <= 0.005
    assert deleted_but_mapped / deleted <= 0.05


def test_mapping__a_paragraph_removed__waits_in_the_queue_with_its_words_and_stays_public(client, consultation):
    comment = consultation.published(on=(3,))
    consultation.rewrite(consultation.paragraph(3).text, "Quite another matter: twelve lanterns were painted green.")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    mapping = Mapping.objects.get(target__comment=comment)
    assert (mapping.method, mapping.passage) == (Method.ORPHAN, None)
    page = client.get(f"{consultation.address}comments/").content.decode()
    assert "not found in the newest edition" in page
    assert "Volunteers ran the route servers" in page
    client.force_login(consultation.people["rapporteur"])
    queue = client.get(f"/admin/consultation/{consultation.process.pk}/mappings/").content.decode()
    assert "Volunteers ran the route servers" in queue


def test_mapping__settled_by_a_person__is_not_overwritten_by_a_later_run(consultation):
    comment = consultation.published(on=(3,))
    consultation.rewrite(consultation.paragraph(3).text, "Quite another matter: twelve lanterns were painted green.")
    consultation.move("close_comment")
    edition = consultation.move("present", session_date="2099-12-01", session_place="Room 1").edition
    mapping = Mapping.objects.get(target__comment=comment)
    settle(mapping, edition.passages.get(number=1), consultation.people["rapporteur"], timezone.now())
    map_targets(edition)
    mapping = Mapping.objects.get(pk=mapping.pk)
    assert (mapping.method, mapping.passage.number) == (Method.MANUAL, 1)
    assert not Mapping.objects.queue().exists()


def test_mapping__over_three_editions__agrees_with_the_way_between(consultation):
    comment = consultation.published(on=(2,))
    consultation.rewrite("or age.", "or its age.")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    consultation.rewrite("whatever its size", "whatever the size")
    consultation.open()
    newest = Mapping.objects.filter(target__comment=comment).order_by("-edition__number").first()
    assert newest.edition.number == 3
    assert newest.passage.number == 2
    assert not newest.doubt


def test_paper__is_numbered_as_the_stories_expect(consultation):
    assert PAPER
    assert [passage.number for passage in consultation.edition.passages.exclude(number=0)] == [1, 2, 3, 4, 5]
