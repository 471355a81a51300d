"""Check 11: what a person may have erased goes everywhere; number, answer and hash stay; terms run out by date."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from consultation import verification
from consultation.adoptions import services as adoptions
from consultation.adoptions.models import Adoption
from consultation.adoptions.services import Declared
from consultation.comments.models import Comment
from consultation.consensus.models import Challenge, Declaration
from consultation.consent import CONSENT_VERSION
from consultation.followers.occasions import FOLLOWING
from consultation.privacy import services as privacy
from consultation.privacy.models import ErasureRequest
from consultation.reports.services import freeze_report
from consultation.submissions.models import Draft, Submission, Submitter
from consultation.submissions.services import Arrival, Person, Remark, store
from consultation.vocabulary import Moderation
from mail.models import Message, Subscription
from mail.subscriptions import services as subscriptions
from tests.consultation.answers.test_dispositions import answered
from tests.consultation.submissions.test_journey import PERSON
from workflow.forums.models import Forum, Nomination

pytestmark = pytest.mark.django_db

WORDS = "Words that shall be erased."


@pytest.fixture
def remembered(consultation):
    """Ada's comment, answered and reported, with an original, a draft and notices."""
    person = Person(name="Ada Fictiva", email="ada@example.org", organisation="Lamp League", consent="2026-11")
    remark = Remark((("passage", consultation.paragraph(1)),), WORDS, rationale=WORDS)
    original = ContentFile(WORDS.encode(), name="x")
    store(consultation.period, person, [remark], Arrival(timezone.now(), via="email", original=original))
    from consultation.comments import moderation
    from tests.consultation.stories import MODERATOR

    moderation.publish(Comment.objects.get(), MODERATOR, timezone.now())
    answered(consultation, Comment.objects.get(), response="Thank you.")
    freeze_report(consultation.process, consultation.edition, timezone.now())
    return consultation


def everything(client, consultation) -> str:
    base = f"{consultation.address}comments/"
    addresses = ("", "1/", "report/", "report.csv", "report.iso.csv", "report.json", "reports/1/", "reports/1.json",
                 "reports/1.csv")  # fmt: skip
    texts = [client.get(f"{base}{address}").content.decode() for address in addresses]
    return "\n".join([*texts, client.get(consultation.address).content.decode()])


@pytest.mark.django_db(transaction=True)
def test_erase_person__with_text__reaches_every_table_file_and_output(client, remembered, settings):
    submission = Submission.objects.get()
    path = Path(settings.PRIVATE_ROOT) / submission.original.name
    assert path.exists()
    assert WORDS in everything(client, remembered)
    call_command("erase_person", "Ada@example.org", "--with-text", "--reason", "asked by mail")
    text = everything(client, remembered)
    for trace in (WORDS, "Ada Fictiva", "Lamp League", "ada@example.org"):
        assert trace not in text
    assert "Thank you." in text
    assert "erased at its author" in client.get(f"{remembered.address}comments/1/").content.decode()
    submission = Submission.objects.get()
    assert not submission.original
    assert not path.exists()
    submitter = Submitter.objects.get()
    assert (submitter.name, submitter.email, submitter.network) == ("", "", "")
    assert not Message.objects.exists()
    assert list(verification.findings()) == []
    raw = json.loads(client.get(f"{remembered.address}comments/reports/1.json").content)
    assert raw["sha256"] == remembered.process.reports.get().sha256


def test_erase_person__name_only__leaves_the_words(client, remembered):
    privacy.erase_person("ada@example.org", timezone.now())
    text = everything(client, remembered)
    assert "Ada Fictiva" not in text
    assert "Lamp League" not in text
    assert WORDS in text
    assert list(verification.findings()) == []


def test_erase_person__is_recorded_without_saying_who_it_was(remembered):
    privacy.erase_person("ada@example.org", timezone.now(), with_text=True)
    request = ErasureRequest.objects.get()
    assert (request.submissions, request.comments) == (1, 1)
    assert "ada" not in str(vars(request)).lower()
    assert privacy.erase_person("ada@example.org", timezone.now()).submissions == 0


def test_export__gives_a_person_what_is_kept(remembered, capsys):
    call_command("erase_person", "ada@example.org", "--export")
    kept = json.loads(capsys.readouterr().out)
    assert kept["holds_personal_data"] is True
    assert kept["submissions"][0]["comments"][0]["body"] == WORDS


def test_secret_page__of_an_erased_person__is_gone(client, remembered):
    secret = Submission.objects.get().secret
    assert client.get(f"/comments/mine/{secret}/").status_code == 200
    privacy.erase_person("ada@example.org", timezone.now())
    assert client.get(f"/comments/mine/{secret}/").status_code == 404


def test_consent__is_stored_with_its_version(client, consultation):
    draft = consultation.draft()
    client.post(f"/comments/draft/{draft.token}/", PERSON)
    submitter = Submitter.objects.get()
    assert submitter.consent_version == CONSENT_VERSION
    assert submitter.consented_at
    assert submitter.network
    assert "127" not in submitter.network


def test_without_consent__nothing_is_sent(client, consultation):
    draft = consultation.draft()
    assert client.post(f"/comments/draft/{draft.token}/", PERSON | {"consent": ""}).status_code == 422
    assert not Submission.objects.exists()


def test_withheld__is_counted_and_its_words_are_nowhere(client, consultation):
    person = Person(name="Bo Ficta", email="bo@example.org", display="withheld", organisation="Quiet Guild")
    consultation.published(WORDS, person=person)
    freeze_report(consultation.process, consultation.edition, timezone.now())
    text = everything(client, consultation)
    for trace in (WORDS, "Bo Ficta", "Quiet Guild", "bo@example.org"):
        assert trace not in text
    raw = json.loads(client.get(f"{consultation.address}comments/report.json").content)
    assert raw["data"]["counts"]["received"] == raw["data"]["counts"]["withheld"] == 1


@pytest.mark.parametrize(
    ("display", "name"),
    [("name", "Bo Ficta (Quiet Guild)"), ("organisation", "Quiet Guild"), ("anonymous", "Anonymous")],
)
def test_display__is_what_the_author_chose(client, consultation, display, name):
    person = Person(name="Bo Ficta", email="bo@example.org", display=display, organisation="Quiet Guild")
    comment = consultation.published(person=person)
    page = client.get(comment.address).content.decode()
    assert name in page
    assert ("Bo Ficta" in page) == (display == "name")


def test_purge__forgets_by_date_and_once(consultation, settings):
    now = timezone.now()
    consultation.draft("Never sent.", at=now - timedelta(days=settings.DRAFT_DAYS + 1))
    comment = consultation.comment("Never confirmed.")
    Submission.objects.update(received_at=now - timedelta(days=settings.UNCONFIRMED_DAYS + 1))
    Submitter.objects.update(network="abc", network_until=now - timedelta(seconds=1))
    assert privacy.purge(now) > 0
    assert not Draft.objects.exists()
    assert Submitter.objects.get().email == ""
    assert Comment.objects.get(pk=comment.pk).body == ""
    assert privacy.purge(now) == 0


def declared(consultation, at):
    """A declaration that nobody confirmed, in the name of an organization; and a challenge likewise."""
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    consultation.move("adopt", grounds="Nobody objected.")
    declaration = Declaration.objects.get()
    league = Declared(kind="uses", declarer="Lamp League", email="ada@example.org", group="civil_society",
                      region="africa", statement=WORDS)  # fmt: skip
    adoptions.declare(declaration.edition, league, form_nonce="a", now=at)
    Challenge.objects.create(declaration=declaration, by_name="Ada", facts=WORDS, at=at, email="ada@example.org",
                             moderation=Moderation.UNCONFIRMED)  # fmt: skip


def test_purge__of_declarations_and_challenges_that_nobody_confirmed__leaves_none_of_them(consultation, settings):
    """Comments went after their term, these never: anybody can type a name and an address."""
    now = timezone.now()
    declared(consultation, now - timedelta(days=settings.UNCONFIRMED_DAYS, hours=-1))
    privacy.purge(now)
    assert (Adoption.objects.count(), Challenge.objects.count()) == (1, 1)
    privacy.purge(now + timedelta(hours=2))
    assert (Adoption.objects.count(), Challenge.objects.count()) == (0, 0)


def test_erasure__of_a_declaration_that_nobody_confirmed__takes_the_organization_it_named_too(consultation):
    declared(consultation, timezone.now())
    privacy.erase_person("ada@example.org", timezone.now(), with_text=True)
    assert not Adoption.objects.exists()


def test_address__is_kept_until_the_report_and_a_term_beyond(remembered, settings):
    later = timezone.now() + timedelta(days=settings.EMAIL_DAYS - 1)
    privacy.purge(later)
    assert Submitter.objects.get().email
    privacy.purge(later + timedelta(days=2))
    assert not Submitter.objects.get().email


def test_erasure__ends_notices_and_drops_drafts(consultation):
    subscriptions.ask(FOLLOWING, "ada@example.org", consultation.process.series, "en", timezone.now())
    draft = consultation.draft("Half a thought.")
    Draft.objects.filter(pk=draft.pk).update(content={**draft.content, "person": {"email": "Ada@example.org"}})
    privacy.erase_person("ada@example.org", timezone.now())
    assert not Subscription.objects.exists()
    assert not Draft.objects.exists()


def planted(model, **fields):
    return model.objects.create(received_at=timezone.now(), **fields)


def test_proposals_and_nominations__under_an_address__are_exported_and_erased(db):
    """Once both were left out: a proposal kept name, organization and address of an erased person."""
    now = timezone.now()
    person = {"organisation": "Lamp League", "email": "Ada@example.org"}
    facts = {"year": 2099, "proposer": "Ada Fictiva", "state_since": now} | person
    forum = planted(Forum, title="Lamps", scope="Oil.", state="proposed", **facts)
    planted(Forum, title=WORDS, scope=WORDS, questions=WORDS, criteria=WORDS, **facts)
    other = planted(
        Forum, title="Sluices", year=2099, scope="x", proposer="Bo", email="bo@example.org", state_since=now
    )
    planted(Nomination, forum=other, name="Ada Fictiva", statement=WORDS, consents=True, **person)
    held = privacy.export_person("ada@example.org")
    assert [(row["proposer"], row["scope"]) for row in held["proposals"]] == [
        ("Ada Fictiva", "Oil."), ("Ada Fictiva", WORDS),
    ]  # fmt: skip
    assert [row["statement"] for row in held["nominations"]] == [WORDS]
    for _twice in range(2):
        privacy.erase_person("ada@example.org", now, with_text=True)
    rows = [*Forum.objects.values(), *Nomination.objects.values()]
    assert not [word for word in ("Ada", "League", WORDS) if word.casefold() in str(rows).casefold()]
    assert Forum.objects.get(pk=forum.pk).title == "Lamps", "what was shown stays in the record"
    assert Forum.objects.get(pk=other.pk).proposer == "Bo"
