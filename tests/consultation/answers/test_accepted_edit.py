"""Check 2: the commented word is replaced as proposed while it also stands elsewhere."""

import pytest
from django.utils import timezone

from consultation.answers.services import Answer, NotTaken, publish_set, write_answers
from consultation.comments.models import Mapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(consultation):
    """A comment on ¶ 2 that proposes another word for "exchange", which ¶ 4 uses too; carried out in edition 2."""
    text = consultation.paragraph(2).text
    comment = consultation.published(on=(2,), proposed=text.replace("exchange", "meeting point"))
    consultation.rewrite("join the exchange", "join the meeting point")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    write_answers(consultation.process, [Answer(comment.number, "accepted", addressed_in=2)], None, timezone.now())
    publish_set(consultation.process, timezone.now())
    return comment


def test_accepted_edit__shows_quote_diff_and_the_edition_that_took_it(client, consultation, accepted):
    page = client.get(accepted.address).content.decode()
    assert "Any network may join the exchange" in page
    assert "<del>" in page
    assert "exchange" in page.split("<del>")[1].split("</del>")[0]
    assert "meeting point" in page.split("<ins>")[1].split("</ins>")[0]
    assert "Accepted" in page
    assert "Changed in edition 2" in page
    assert f"{consultation.address}compare/1/2/" in page


def test_accepted_edit__stays_on_its_own_paragraph(accepted):
    mapping = Mapping.objects.get(target__comment=accepted)
    assert mapping.passage.number == 2
    assert "meeting point" in mapping.passage.text


@pytest.mark.parametrize(("on", "publishes"), [((2,), True), ((4,), False)], ids=["changed", "left alone"])
def test_publish__an_accepted_comment__needs_a_change_at_its_own_paragraph(consultation, on, publishes):
    comment = consultation.published(on=on)
    consultation.rewrite("join the exchange", "join the meeting point")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    write_answers(consultation.process, [Answer(comment.number, "accepted", addressed_in=2)], None, timezone.now())
    if publishes:
        assert publish_set(consultation.process, timezone.now())
    else:
        with pytest.raises(NotTaken) as refusal:
            publish_set(consultation.process, timezone.now())
        assert "did not change anything" in refusal.value.problems[0].reason
        assert not comment.dispositions.published().exists()


def test_answers_that_are_ready__are_published_while_others_say_what_they_wait_for(consultation, client):
    changed, left_alone = consultation.published(on=(2,)), consultation.published(on=(4,))
    consultation.rewrite("join the exchange", "join the meeting point")
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    drafts = [Answer(changed.number, "accepted"), Answer(left_alone.number, "accepted")]
    write_answers(consultation.process, drafts, None, timezone.now())
    client.force_login(consultation.people["lead_expert"])
    base = f"/admin/consultation/{consultation.process.pk}/dispositions/"
    page = client.get(f"{base}?show=waiting").content.decode()
    assert "Publish the 1 answer that is ready" in page
    assert f'{base}{left_alone.number}/">#{left_alone.number}</a>: No later edition has changed anything' in page
    client.post(f"{base}publish/")
    assert changed.dispositions.published().get().addressed_in.number == 2
    assert not left_alone.dispositions.published().exists()
    assert left_alone.dispositions.drafts().exists()
