"""Mail of before docs/adr/0080, in three rooms with tables of their own, is carried over into the one outbox."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from consultation.adoptions.models import Adoption
from consultation.consensus.models import Challenge, Declaration
from core.tokens import sign_link
from mail.delivery import deliver
from mail.models import Message, Preference, Subscription, Wording
from mail.preferences.services import unsubscribe_token
from tests.consultation.stories import Consultation, begun

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [
    ("workflow", "0011_files_of_removed_drafts"),
    ("consultation", "0003_calls_on_sections_files_and_challenges"),
    ("search", "0003_text_of_attached_files"),
]
NOW = timezone.now()
FOLLOWERS = {
    11: {"email": "follows@example.org", "confirmed_at": NOW},
    12: {"email": "asked@example.org"},
    13: {"email": "ended@example.org", "confirmed_at": NOW, "ended_at": NOW},
}


def migrate(*targets: tuple[str, str | None]) -> Any:
    """The models as they are then."""
    MigrationExecutor(connection).migrate(list(targets))
    loader = MigrationExecutor(connection).loader
    return loader.project_state([target for target in targets if target[1]]).apps.get_model


@pytest.fixture
def consultation(people: Any) -> Consultation:
    """Rows of rooms above, to which mail goes; what its opening wrote is gone."""
    opened = begun(people)
    opened.comment()
    given = {"series": opened.edition.series, "number": 1, "kind": "uses", "declarer": "Lamp League", "language": "fr"}
    Adoption.objects.create(
        edition=opened.edition, email="adopts@example.org", secret="s1", form_token="f1", moderation="unconfirmed",
        created_at=NOW, **given,
    )  # fmt: skip
    declaration = Declaration.objects.create(
        process=opened.process, edition=opened.edition, edition_sha256="", by_name="Ada", role="facilitator", at=NOW,
        grounds="-",
    )  # fmt: skip
    Challenge.objects.create(
        declaration=declaration, by_name="Bo", facts="-", at=NOW, email="doubts@example.org", secret="s2",
        form_token="f2",
    )  # fmt: skip
    Message.objects.all().delete()
    return opened


@pytest.fixture
def former(consultation: Consultation) -> Iterator[Any]:
    """A database of the state before, with mail of every kind; it is as it was afterwards whatever happens."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    get_model = migrate(*BEFORE, ("mail", None))
    fill_workflow(get_model, consultation)
    fill_consultation(get_model, consultation)
    alerts = get_model("search", "Alert").objects
    for pk, email, confirmed, told in (
        (11, "a@example.org", NOW, ["BPF-2099-LAMPS-E1"]),
        (12, "b@example.org", None, []),
    ):
        alerts.create(
            pk=pk, email=email, address="/search/?q=oil", language="fr", confirmed_at=confirmed, mailed_at=confirmed,
            told=told,
        )  # fmt: skip
    yield migrate
    migrate(*latest)


def fill_workflow(get_model: Any, consultation: Consultation) -> None:
    expert, rapporteur = consultation.people["lead_expert"], consultation.people["rapporteur"]
    get_model("workflow", "NoticePreference").objects.create(user_id=rapporteur.pk, mode="daily")
    wordings = get_model("workflow", "NoticeWording").objects
    wordings.create(event="adopt", subject="S", body="B", list_subject="LS", list_body="LB", changed_by_id=expert.pk)
    wordings.update(changed_at=NOW - timedelta(days=9))
    notices = get_model("workflow", "Notice").objects
    given = {"event": "due_soon", "subject": "Due", "body": "Soon.", "process_id": consultation.process.pk}
    given |= {"created_at": NOW, "ready_at": NOW}
    notices.create(pk=41, key="waits", user_id=expert.pk, attempts=2, error="no server", **given)
    notices.create(pk=42, key="sent", user_id=expert.pk, sent_at=NOW, **given)
    notices.create(pk=43, key="digest", user_id=rapporteur.pk, for_digest=True, **given)
    notices.create(
        pk=47, key="list", list_address="l@example.org", list_archive="https://example.org/",
        row_id=consultation.process.log.get().pk, **given,
    )  # fmt: skip


def fill_consultation(get_model: Any, consultation: Consultation) -> None:
    followers = get_model("consultation", "Subscription").objects
    for pk, facts in FOLLOWERS.items():
        followers.create(
            pk=pk, series=consultation.edition.series, language="en", secret=f"secret{pk}", created_at=NOW, **facts
        )
    submission = consultation.period.submissions.get()
    notices = get_model("consultation", "Notice").objects
    given = {"created_at": NOW, "not_before": NOW}
    facts = {"comment": 1, "disposition": 3}
    notices.create(key="disposed", kind="disposed", submission_id=submission.pk, facts=facts, **given)
    notices.create(key="confirm", kind="confirm", submission_id=submission.pk, sent_at=NOW, **given)
    notices.create(key="lost", kind="hidden", submission_id=submission.pk, attempts=8, **given)
    notices.create(key="opened", kind="opened", subscription_id=11, facts={"edition": 1}, **given)
    notices.create(key="begin", kind="confirm_follow", subscription_id=12, **given)
    notices.create(key="adoption", kind="confirm_adoption", adoption_id=Adoption.objects.get().pk, **given)
    notices.create(key="answered", kind="answered", challenge_id=Challenge.objects.get().pk, **given)


def test_database_of_before__is_carried_over_with_everything_told_waiting_and_promised(
    former: Any, consultation: Consultation, client: Any
) -> None:
    former(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    found_people_and_lists(consultation)
    found_owners(consultation)
    found_subscriptions(consultation)
    links_still_hold(consultation, client)
    what_waits_goes_out()


def found_people_and_lists(consultation: Consultation) -> None:
    expert, rapporteur = consultation.people["lead_expert"], consultation.people["rapporteur"]
    assert [(row.user, row.mode) for row in Preference.objects.all()] == [(rapporteur, "daily")]
    worded = Wording.objects.get()
    texts = (worded.occasion, worded.subject, worded.body, worded.list_subject, worded.list_body, worded.changed_by)
    assert texts == ("adopt", "S", "B", "LS", "LB", expert)
    assert worded.changed_at == NOW - timedelta(days=9)
    rows = Message.objects.filter(occasion="due_soon").order_by("pk")
    assert [(row.pk, row.key, row.user) for row in rows] == [
        (41, "waits", expert), (42, "sent", expert), (43, "digest", rapporteur), (47, "list", None),
    ]  # fmt: skip
    assert {row.about for row in rows} == {f"process:{consultation.process.pk}"}
    assert {(row.subject, row.body, row.created_at, row.ready_at) for row in rows} == {("Due", "Soon.", NOW, NOW)}
    assert [(row.attempts, row.error) for row in rows] == [(2, "no server"), (0, ""), (0, ""), (0, "")]
    assert [row.sent_at for row in rows] == [None, NOW, None, None]
    assert [row.for_digest for row in rows] == [False, False, True, False]
    assert (rows[3].list_address, rows[3].list_archive) == ("l@example.org", "https://example.org/")


def found_owners(consultation: Consultation) -> None:
    rows = {row.key: row for row in Message.objects.exclude(owner_type="")}
    submission = consultation.period.submissions.get().pk
    assert {key: (row.occasion, row.owner_type, row.owner_id) for key, row in rows.items()} == {
        "disposed": ("disposed", "submission", submission),
        "confirm": ("confirm", "submission", submission),
        "lost": ("hidden", "submission", submission),
        "opened": ("opened", "subscription", 11),
        "begin": ("confirm_follow", "subscription", 12),
        "adoption": ("confirm_adoption", "adoption", Adoption.objects.get().pk),
        "answered": ("answered", "challenge", Challenge.objects.get().pk),
    }
    assert rows["disposed"].facts == {"comment": 1, "disposition": 3}
    assert (rows["confirm"].sent_at, rows["confirm"].asked_at) == (NOW, NOW), "it counts for what may be asked today"
    assert (rows["lost"].attempts, rows["lost"].ready_at) == (8, None), "given up then, given up now"
    assert {row.ready_at for key, row in rows.items() if key != "lost"} == {NOW}


def found_subscriptions(consultation: Consultation) -> None:
    followers = Subscription.objects.filter(kind="follow").order_by("pk")
    assert {row.topic for row in followers} == {consultation.edition.series}
    assert [(row.pk, row.email, row.secret, row.confirmed_at, row.ended_at) for row in followers] == [
        (pk, row["email"], f"secret{pk}", row.get("confirmed_at"), row.get("ended_at")) for pk, row in FOLLOWERS.items()
    ]
    assert [row.email for row in followers.standing()] == ["follows@example.org"]
    alerts = Subscription.objects.filter(kind="alert").order_by("email")
    assert [(row.email, row.topic, row.language, row.confirmed_at, row.mailed_at) for row in alerts] == [
        ("a@example.org", "/search/?q=oil", "fr", NOW, NOW), ("b@example.org", "/search/?q=oil", "fr", None, None),
    ]  # fmt: skip
    assert [row.state for row in alerts] == [{"told": ["BPF-2099-LAMPS-E1"], "number": 11}, {"told": [], "number": 12}]
    assert Subscription.objects.create(kind="follow", topic="X", secret="new", created_at=NOW).pk > 13
    assert Message.objects.create(key="new", occasion="adopt", list_address="l@example.org", created_at=NOW).pk > 47


def links_still_hold(consultation: Consultation, client: Any) -> None:
    """As they stand in mails that were sent before."""
    assert client.get(f"/notices/stop/{unsubscribe_token(consultation.people['rapporteur'])}/").status_code == 200
    assert client.post(f"/comments/follow/{sign_link('follow', 'secret12')}/").status_code == 200
    assert client.post("/comments/unfollow/secret12/").status_code == 200
    asked = Subscription.objects.get(secret="secret12")
    assert asked.confirmed_at
    assert asked.ended_at
    former_token = signing.dumps(12, salt="search alert")
    assert client.get(f"/search/alert/confirm/{former_token}/").status_code == 200
    assert client.post(f"/search/alert/stop/{former_token}/").status_code == 200
    assert [row.email for row in Subscription.objects.filter(kind="alert")] == ["a@example.org"]


def what_waits_goes_out() -> None:
    """To all but those who were told, were given up, or want nothing any more: asked@example.org ended it just now."""
    mail.outbox.clear()
    deliver(timezone.now())
    to = sorted(message.to[0] for message in mail.outbox)
    assert [each for each in to if not each.startswith("person")] == [
        "ada@example.org", "adopts@example.org", "asked@example.org", "doubts@example.org", "follows@example.org",
        "l@example.org",
    ]  # fmt: skip
    assert len(to) == 8
    assert not Message.objects.due(timezone.now()).exclude(occasion="adopt").exists()
