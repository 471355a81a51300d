"""A suggested wording goes into the working text, into the answer and into the edition, or is dropped with a reason."""

import pytest
from django.utils import timezone

from consultation.answers.services import drafts_of, publish_ready
from consultation.comments.models import Comment
from consultation.privacy.erasure import erase_words
from consultation.suggestions.models import Suggestion
from consultation.suggestions.services import Changed, Refused, accept, digest, drop, suggest, suggest_from
from consultation.vocabulary import Decision
from consultation.working_text.places import GONE, WHOLE, places_of, places_of_comments, working_text
from workflow.access.models import RoleGroup
from workflow.history.timeline import whole_history
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import Refused as StepRefused
from workflow.transitions.services import blockers

pytestmark = pytest.mark.django_db


@pytest.fixture
def rapporteur(consultation):
    return consultation.people["rapporteur"]


def passage(consultation, number):
    return next(each for each in working_text(consultation.process) if each.number == number)


def suggested(consultation, number, old, new, user=None):
    now = passage(consultation, number)
    user = user or consultation.people["lead_expert"]
    return suggest(consultation.process, now.key, now.text.replace(old, new), user, timezone.now())


def accepted(consultation, suggestion, user=None, **values):
    place = places_of([suggestion], working_text(consultation.process))[suggestion.pk]
    text = next(each.text for each in working_text(consultation.process) if each.key == place)
    user = user or consultation.people["rapporteur"]
    return accept(suggestion, user, timezone.now(), **({"seen": digest(text)} | values))


def for_reading(comment):
    return Comment.objects.for_reading().get(pk=comment.pk)


def test_accepted__writes_the_wording_as_a_new_revision_and_keeps_the_marks_of_the_rest(consultation, rapporteur):
    consultation.rewrite("three villages together", "<b>three villages</b> together")
    before = consultation.process.page.latest_revision_id
    done = accepted(consultation, suggested(consultation, 1, "winter of 2091", "spring of 2091"))
    page = Process.objects.get(pk=consultation.process.pk).page.specific
    assert page.latest_revision_id != before
    assert page.latest_revision.user == rapporteur
    source = page.get_latest_revision_as_object().body[0].value.source
    assert "in the spring of 2091 by <b>three villages</b> together" in source
    assert (done.decision, done.decided_by_name) == (Decision.ACCEPTED, rapporteur.get_full_name())
    assert "spring" not in page.body[0].value.source  # what the world reads is an edition, and was not touched
    assert "spring" not in consultation.edition.passages.get(number=1).text


def test_two_on_one_paragraph__that_do_not_meet__are_both_accepted_in_either_order(consultation):
    one = suggested(consultation, 1, "winter", "spring")
    other = suggested(consultation, 1, "three villages", "four villages")
    accepted(consultation, other)
    accepted(consultation, one)
    assert "in the spring of 2091 by four villages together" in passage(consultation, 1).text


def test_a_paragraph_that_changed_there_meanwhile__is_refused_and_shows_both(consultation):
    suggestion = suggested(consultation, 1, "winter of 2091", "spring of 2091")
    seen = digest(passage(consultation, 1).text)
    consultation.rewrite("winter of 2091", "autumn of 2091")
    with pytest.raises(Changed) as stale:
        accepted(consultation, suggestion, seen=seen)
    with pytest.raises(Changed) as meeting:
        accepted(consultation, suggestion)
    for refusal in (stale, meeting):
        assert "autumn" in refusal.value.present
        assert "spring" in refusal.value.wording
    assert "autumn" in passage(consultation, 1).text
    done = accepted(consultation, suggestion, wording=meeting.value.present.replace("autumn", "spring and autumn"))
    assert "spring and autumn" in passage(consultation, 1).text
    assert done.wording == passage(consultation, 1).text


def test_a_paragraph_that_is_gone__is_said_and_never_guessed(consultation):
    suggestion = suggested(consultation, 3, "six years", "seven years")
    key = suggestion.key.split(".")[1]
    source = consultation.process.page.specific.get_latest_revision_as_object().body[0].value.source
    start = source.index(f'<p data-block-key="{key}">')
    consultation.rewrite(source[start : source.index("</p>", start) + 4], "")
    assert places_of([suggestion], working_text(consultation.process)) == {suggestion.pk: GONE}
    with pytest.raises(Refused, match="not in the working text any more"):
        accept(suggestion, consultation.people["rapporteur"], timezone.now(), seen="")


@pytest.mark.parametrize("wording", ["", "   ", None])
def test_a_wording_that_says_nothing_new__is_refused(consultation, wording):
    now = passage(consultation, 1)
    with pytest.raises(Refused):
        suggest(consultation.process, now.key, wording if wording is not None else now.text,
                consultation.people["lead_expert"], timezone.now())  # fmt: skip
    assert not Suggestion.objects.exists()


def test_dropped__wants_a_reason_and_is_kept_with_it(consultation, rapporteur):
    suggestion = suggested(consultation, 1, "winter", "spring")
    with pytest.raises(Refused):
        drop(suggestion, rapporteur, timezone.now(), " ")
    drop(suggestion, rapporteur, timezone.now(), "The archive says winter.")
    with pytest.raises(Refused, match="decided already"):
        accepted(consultation, suggestion)
    told = [entry for entry in whole_history(consultation.process, "consultation") if "wording" in entry.what.lower()]
    assert next(entry.detail for entry in told) == "The archive says winter."
    assert len(told) == 2


def test_open_suggestions__stop_each_step_that_makes_an_edition_and_lead_to_the_board(consultation):
    suggestion = suggested(consultation, 1, "winter", "spring")
    process = Process.objects.get(pk=consultation.process.pk)
    for name in ("present", "adopt"):
        found = blockers(process, TRANSITIONS[name], consultation.people["secretariat"], {})
        mend = {item.code: item.mend for item in found}.get("suggestions_settled", "")
        if name == "present":
            assert mend.endswith(f"/dispositions/?show=suggestions#suggestion-{suggestion.pk}")
    with pytest.raises(StepRefused):
        consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    accepted(consultation, suggestion)
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    suggestion.refresh_from_db()
    assert suggestion.edition.number == 2


def test_a_proposed_wording__accepted__links_answer_change_and_edition_by_itself(consultation, rapporteur):
    text = consultation.paragraph(2).text
    first = consultation.published(on=(2,), proposed=text.replace("exchange", "meeting point"))
    alike = consultation.published(on=(2,), proposed=text.replace("exchange", "meeting point"))
    consultation.rewrite("winter", "spring")  # elsewhere: the edition to come touches more than this comment
    made = suggest_from(for_reading(first), consultation.process, rapporteur, timezone.now())
    assert made == suggest_from(for_reading(first), consultation.process, rapporteur, timezone.now())
    accepted(consultation, made, also=[alike.number])
    ready, waiting = drafts_of(consultation.process)
    assert not ready
    assert {each.disposition.outcome for each in waiting} == {"accepted"}
    assert "once the next edition is public" in waiting[0].reason
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    published, waiting = publish_ready(consultation.process, timezone.now())
    assert [(row.comment.number, row.addressed_in.number) for row in published] == [(1, 2), (2, 2)]
    assert not waiting


def test_a_proposed_wording__edited__is_answered_with_the_words_that_were_written(consultation, rapporteur):
    text = consultation.paragraph(2).text
    comment = consultation.published(on=(2,), proposed=text.replace("exchange", "meeting point"))
    made = suggest_from(for_reading(comment), consultation.process, rapporteur, timezone.now())
    accepted(consultation, made, wording=text.replace("exchange", "place"))
    draft = comment.dispositions.get()
    assert (draft.outcome, "join the place" in draft.response) == ("modified", True)


def test_comments__stand_where_their_paragraphs_are_in_the_working_text(consultation):
    on_two, whole = consultation.published(on=(2,)), consultation.published(on=None)
    consultation.rewrite("Introduction</h2>", "Introduction</h2><p>One more paragraph stands here now.</p>")
    consultation.rewrite("Any network may join", "Every network may now join")
    rows = list(Comment.objects.for_reading().order_by("number"))
    places = places_of_comments(rows, consultation.process, working_text(consultation.process))
    assert places == {on_two.pk: [passage(consultation, 3).key], whole.pk: [WHOLE]}


def test_closed_text_and_people_of_other_forums__are_refused(consultation):
    now = passage(consultation, 1)
    for person in ("other_lead_expert", "nobody"):
        with pytest.raises(Refused):
            suggest(consultation.process, now.key, "Other words.", consultation.people[person], timezone.now())
    Process.objects.filter(pk=consultation.process.pk).update(state="final")
    with pytest.raises(Refused, match="closed"):
        suggest(consultation.process, now.key, "Other words.", consultation.people["rapporteur"], timezone.now())
    assert RoleGroup.objects.exists()


def test_an_erased_comment__takes_its_open_wording_with_it(consultation, rapporteur):
    comment = consultation.published(on=(2,), proposed="Words of a person.")
    made = suggest_from(for_reading(comment), consultation.process, rapporteur, timezone.now())
    erase_words(comment, timezone.now())
    made.refresh_from_db()
    assert (made.proposed, made.decision) == ("", Decision.DROPPED)
