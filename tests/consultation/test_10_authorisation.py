"""Check 10: who may do what. Expectations are written by hand from the guide, not read from the code."""

import pytest

from consultation.comments.models import Comment
from consultation.consensus.models import Objection
from consultation.notes.models import Note
from consultation.suggestions.models import Suggestion
from consultation.vocabulary import Moderation

pytestmark = pytest.mark.django_db

EVERYBODY = {"secretariat", "superuser", "facilitator", "lead_expert", "rapporteur"}
LEADERS = {"secretariat", "superuser", "facilitator"}
DECIDERS = LEADERS | {"lead_expert"}
SCRIBES = LEADERS | {"rapporteur"}

GETS = {
    "": EVERYBODY, "comments/1/": EVERYBODY, "periods/": EVERYBODY, "dispositions/": EVERYBODY,
    "dispositions/1/": EVERYBODY, "mappings/": EVERYBODY, "consensus/": EVERYBODY, "enter/": SCRIBES,
    "reports/": EVERYBODY, "adoptions/": EVERYBODY,
}  # fmt: skip
POSTS = {
    "moderate/": LEADERS, "periods/{period}/": LEADERS, "periods/{period}/deadline/": LEADERS,
    "dispositions/1/": EVERYBODY, "dispositions/sheet/": EVERYBODY, "dispositions/publish/": DECIDERS,
    "consensus/objection/": DECIDERS, "consensus/objection/{objection}/": DECIDERS, "consensus/dissent/": DECIDERS,
    "enter/": SCRIBES, "enter/sheet/": SCRIBES, "reports/issue/": LEADERS, "dispositions/answers/": EVERYBODY,
    "suggestions/": EVERYBODY, "suggestions/{suggestion}/accept/": EVERYBODY,
    "suggestions/{suggestion}/drop/": EVERYBODY, "notes/": EVERYBODY, "notes/{note}/resolve/": EVERYBODY,
}  # fmt: skip
OUTSIDERS = ("nobody", "other_facilitator", "other_lead_expert", "other_rapporteur")


def people_and_addresses(consultation):
    consultation.published()
    objection = Objection.objects.create(process=consultation.process, statement="Too dim.", raised_at=consultation.at)
    on = {"process": consultation.process, "at": consultation.at}
    values = {
        "period": consultation.period.pk, "objection": objection.pk,
        "suggestion": Suggestion.objects.create(proposed="Other words.", **on).pk,
        "note": Note.objects.create(words="For the forum's eyes.", **on).pk,
    }  # fmt: skip
    base = f"/admin/consultation/{consultation.process.pk}/"
    return base, values


def test_matrix__of_every_person_and_admin_page(client, consultation):
    base, values = people_and_addresses(consultation)
    for person in (*sorted(EVERYBODY), *OUTSIDERS):
        client.force_login(consultation.people[person])
        for addresses, ask in ((GETS, client.get), (POSTS, client.post)):
            for address, allowed in addresses.items():
                answer = ask(base + address.format(**values))
                refused = answer.status_code in {403, 404} or "/admin/login/" in answer.get("Location", "")
                refused = refused or (answer.status_code == 302 and answer["Location"] == "/admin/")
                assert refused is (person not in allowed), (person, address, answer.status_code)


def test_anonymous__is_sent_to_the_login_and_changes_nothing(client, consultation):
    base, values = people_and_addresses(consultation)
    for addresses, ask in ((GETS, client.get), (POSTS, client.post)):
        for address in addresses:
            answer = ask(base + address.format(**values))
            assert answer.status_code == 302, address
            assert "/login/" in answer["Location"]
    assert Comment.objects.get().moderation == Moderation.PUBLISHED


def test_email__is_seen_by_moderators_only(client, consultation):
    consultation.published()
    for person, sees in (("facilitator", True), ("rapporteur", False), ("lead_expert", False)):
        client.force_login(consultation.people[person])
        page = client.get(f"/admin/consultation/{consultation.process.pk}/comments/1/").content.decode()
        assert ("ada@example.org" in page) is sees, person


@pytest.mark.parametrize("standing", Moderation)
def test_public__sees_words_only_of_published_comments(client, consultation, standing):
    comment = consultation.published("Words for the eyes of few.")
    shown_before = standing not in {Moderation.UNCONFIRMED, Moderation.PENDING, Moderation.SPAM}
    Comment.objects.filter(pk=comment.pk).update(
        moderation=standing, published_at=comment.published_at if shown_before else None
    )
    public = standing == Moderation.PUBLISHED
    base = consultation.address
    for address in (f"{base}comments/", f"{base}comments/1/", f"{base}comments/report/", f"{base}comments/report.json",
                    f"{base}comments/report.csv", base, "/open-calls.atom"):  # fmt: skip
        answer = client.get(address)
        shows = "Words for the eyes of few." in answer.content.decode()
        assert not shows or public, address
    page = client.get(f"{base}comments/1/")
    assert page.status_code == (200 if shown_before else 404)


def test_commenter__cannot_act_on_the_comment_of_another(client, consultation):
    consultation.published("Mine.")
    from dataclasses import replace

    from tests.consultation.stories import ADA

    other = consultation.published("Theirs.", person=replace(ADA, email="bo@example.org"))
    secret = Comment.objects.get(number=1).submission.secret
    assert client.post(f"/comments/mine/{secret}/{other.number}/withdraw/").status_code == 404
    assert client.post(f"/comments/mine/{secret}/1/withdraw/").status_code == 302
    assert [comment.moderation for comment in Comment.objects.all()] == ["withdrawn", "published"]


def test_secret__guessed__finds_nothing(client, consultation):
    consultation.published()
    for address in ("mine/guess/", "draft/guess/", "draft/guess/text/", "unfollow/guess/"):
        assert client.get(f"/comments/{address}").status_code == 404


def test_withdrawn_document__shows_no_comment_at_all(client, consultation):
    consultation.published("Words of a withdrawn document.")
    consultation.move("withdraw")
    for address in ("comments/", "comments/1/", "comments/new/", "comments/report/", "comments/report.json"):
        answer = client.get(f"{consultation.address}{address}")
        assert answer.status_code == 410, address
        assert "Words of a withdrawn document." not in answer.content.decode()
