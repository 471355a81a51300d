"""Check 8: every comment is answered before adoption; numbers reconcile; bulk is all or nothing; people are told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultation.answers.services import Answer, NotTaken, publish_set, take_verdict, write_answers
from consultation.answers.sheets import ANSWER_COLUMNS
from consultation.comments.models import Disposition
from consultation.comments.occasions import GATHERED
from consultation.consensus import services as consensus
from consultation.consensus.models import Declaration, Objection
from consultation.periods.models import Period
from consultation.reports import services as reports
from consultation.reports.models import Report
from consultation.vocabulary import Disposal, Outcome
from core.spreadsheets import to_csv, to_xlsx
from mail.delivery import deliver
from tests.consultation.stories import ADA
from workflow.states import TRANSITIONS, Role, State
from workflow.transitions.guards import GUARDS, Attempt
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, blockers

pytestmark = pytest.mark.django_db


def unmet(consultation, move: str) -> set[str]:
    process = Process.objects.get(pk=consultation.process.pk)
    found = blockers(process, TRANSITIONS[move], consultation.people["secretariat"], {})
    return {item.code for item in found}


def guard(consultation, name: str) -> list[str]:
    """The messages of one guard, whatever the state."""
    process = Process.objects.get(pk=consultation.process.pk)
    attempt = Attempt(process, TRANSITIONS["adopt"], None, Role.SECRETARIAT, timezone.now())
    return [item.message for item in GUARDS[name].check(attempt)]


def answered(consultation, comment, outcome="noted", response="Thank you.", **values):
    write_answers(consultation.process, [Answer(comment.number, outcome, response, **values)], None, timezone.now())
    return publish_set(consultation.process, timezone.now())


def test_guard__comments_moderated(consultation):
    comment = consultation.comment()
    assert "1 comment waits" in guard(consultation, "comments_moderated")[0]
    from consultation.comments.moderation import change_standing
    from tests.consultation.stories import MODERATOR

    change_standing(comment, "spam", MODERATOR, now=timezone.now())
    assert not guard(consultation, "comments_moderated")


def test_guard__comments_answered(consultation):
    comment = consultation.published()
    assert "#1" in guard(consultation, "comments_answered")[0]
    write_answers(consultation.process, [Answer(1, "noted", "Thank you.")], None, timezone.now())
    assert guard(consultation, "comments_answered")  # a draft is no answer
    publish_set(consultation.process, timezone.now())
    assert not guard(consultation, "comments_answered")
    assert comment.dispositions.get().published_at


def test_guard__accepted_comments_traceable(consultation):
    comment = consultation.published(on=(2,))
    Disposition.objects.create(
        comment=comment, outcome="accepted", drafted_at=timezone.now(), published_at=timezone.now()
    )
    assert "No edition is named" in guard(consultation, "accepted_comments_traceable")[0]


def test_guard__objections_disposed(consultation):
    objection = Objection.objects.create(
        process=consultation.process, statement="The lamps are too dim.", raised_at=timezone.now()
    )
    assert "not yet disposed of" in guard(consultation, "objections_disposed")[0]
    consensus.dispose_objection(objection, Disposal.UPHELD, "It is right.", "Ficta", timezone.now())
    assert "was upheld" in guard(consultation, "objections_disposed")[0]
    consensus.dispose_objection(objection, Disposal.OUTWEIGHED, "Others need it.", "Ficta", timezone.now())
    assert not guard(consultation, "objections_disposed")


def test_guards__of_periods(consultation):
    assert guard(consultation, "no_open_period")
    assert guard(consultation, "had_comment_period")
    assert guard(consultation, "period_over")
    Period.objects.update(opens=timezone.now() - timedelta(days=40), closes=timezone.now() - timedelta(days=1))
    for name in ("no_open_period", "had_comment_period", "period_over"):
        assert not guard(consultation, name)


def test_return_to_draft__with_a_comment__is_refused(consultation):
    assert "no_comment_yet" not in unmet(consultation, "return_to_draft")
    consultation.comment()
    assert "no_comment_yet" in unmet(consultation, "return_to_draft")
    with pytest.raises(Refused):
        consultation.move("return_to_draft")


def test_return_to_draft__without_one__takes_the_period_back(consultation, client):
    consultation.move("return_to_draft")
    assert Period.objects.get().cancelled_at
    assert consultation.edition.title not in client.get("/open-calls/").content.decode()


def test_adopt__after_every_comment_is_answered__declares_and_issues_the_report(client, consultation):
    comment = consultation.published("Please name the schools.", on=(2,))
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    with pytest.raises(Refused) as refusal:
        consultation.move("adopt", grounds="Everything was answered.")
    assert "comments_answered" in refusal.value.codes
    answered(consultation, comment)
    consultation.move("adopt", grounds="Everything was answered.", reopening="New figures.")
    assert consultation.process.state == State.FINAL
    declaration = Declaration.objects.get()
    assert declaration.edition_sha256 == declaration.edition.sha256
    assert Report.objects.get().edition == declaration.edition
    page = client.get(consultation.address).content.decode()
    assert "Everything was answered." in page
    assert "never" not in consensus.label_of(declaration)
    assert declaration.by_name in consensus.label_of(declaration)


@pytest.mark.parametrize("outcome", [each for each in Outcome if each != Outcome.ACCEPTED])
def test_answer__without_a_response__is_refused_for_every_outcome_but_accepted(consultation, outcome):
    consultation.published()
    with pytest.raises(NotTaken):
        write_answers(consultation.process, [Answer(1, outcome)], None, timezone.now())


def test_bulk__with_one_wrong_row__takes_none_and_names_every_fault(client, consultation):
    for number in range(3):
        consultation.published(f"Remark {number}.")
    client.force_login(consultation.people["rapporteur"])
    address = f"/admin/consultation/{consultation.process.pk}/dispositions/"
    rows = [[1, "noted", "Thank you."], [2, "nonsense", "?"], [9, "noted", "Thank you."], [3, "rejected", ""]]
    for make, name in ((to_csv, "a.csv"), (lambda columns, cells: to_xlsx("A", columns, cells), "a.xlsx")):
        sheet = SimpleUploadedFile(name, make(ANSWER_COLUMNS, rows))
        answer = client.post(f"{address}sheet/", {"sheet": sheet})
        assert answer.status_code == 422
        assert "Row 2" in answer.content.decode()
        assert not Disposition.objects.exists()
    good = SimpleUploadedFile("b.csv", to_csv(ANSWER_COLUMNS, [[n, "noted", "Thank you."] for n in (1, 2, 3)]))
    assert client.post(f"{address}sheet/", {"sheet": good}).status_code == 302
    assert Disposition.objects.drafts().count() == 3


def test_drafts__are_invisible_until_published_as_a_set(client, consultation):
    for number in range(2):
        consultation.published(f"Remark {number}.")
    answers = [Answer(number, "noted", f"Answer {number}.") for number in (1, 2)]
    write_answers(consultation.process, answers, None, timezone.now())
    page = f"{consultation.address}comments/"
    for address in (page, f"{page}report/", f"{page}report.json", f"{page}report.csv"):
        assert "Answer 1." not in client.get(address).content.decode()
    publish_set(consultation.process, timezone.now())
    assert "Answer 1." in client.get(page).content.decode()


def test_numbers__received_is_the_sum_over_outcomes(consultation):
    for number, outcome in enumerate(("noted", "rejected", "deferred", "out_of_scope"), start=1):
        answered(consultation, consultation.published(f"Remark {number}."), outcome)
    consultation.published("Not yet answered.")
    consultation.comment("Still waits.")
    counts = reports.content_of(consultation.process, consultation.edition).data["counts"]
    assert counts["received"] == sum(counts["outcomes"].values()) == 5
    assert counts["outcomes"]["unanswered"] == 1


def test_commenter__is_told_in_their_language_and_their_dissatisfaction_enters_the_record(client, consultation):
    comment = consultation.published(person=replace(ADA, language="fr"))
    mail.outbox.clear()
    answered(consultation, comment, "rejected", "The villages disagree.")
    deliver(timezone.now() + GATHERED.wait)
    told = [
        message
        for message in mail.outbox
        if comment.submission.secret in message.body and "/comments/1/" in message.body
    ]
    assert told
    secret = comment.submission.secret
    client.post(f"/comments/mine/{secret}/1/verdict/", {"verdict": "not_satisfied", "text": "The lamps stay dim."})
    objection = Objection.objects.get()
    assert (objection.statement, objection.disposal) == ("The lamps stay dim.", Disposal.OPEN)
    assert guard(consultation, "objections_disposed")


def test_verdict__satisfied__is_shown_and_makes_no_objection(client, consultation):
    comment = consultation.published()
    disposition = answered(consultation, comment)[0]
    take_verdict(disposition, "satisfied", "", timezone.now())
    assert not Objection.objects.exists()
    assert "Satisfied" in client.get(comment.address).content.decode()


def test_answer__published_again__is_a_new_version_beside_the_former(client, consultation):
    comment = consultation.published()
    answered(consultation, comment, response="First answer.")
    answered(consultation, comment, "rejected", "Better answer.")
    page = client.get(comment.address).content.decode()
    assert page.index("Better answer.") < page.index("First answer.")
    assert "Former answer" in page


def test_wrong_rows__are_named_by_their_place_in_the_sheet(consultation):
    consultation.published()
    with pytest.raises(NotTaken) as refusal:
        write_answers(
            consultation.process, [Answer(1, "noted", "Yes."), Answer(77, "noted", "No.")], None, timezone.now()
        )
    assert [(problem.row, problem.comment) for problem in refusal.value.problems] == [(2, "77")]
    assert not Disposition.objects.exists()
