"""One comment from the first click to the answer, over HTTP, without JavaScript, cookies kept as a browser does."""

import re

import pytest
from django.core import mail

from consultation.comments.models import Comment
from consultation.submissions.models import Submission
from consultation.vocabulary import Moderation

pytestmark = pytest.mark.django_db


def form_token(response) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', response.content.decode())[1]


PERSON = {
    "name": "Ada Fictiva",
    "email": "ada@example.org",
    "organisation": "Lamp League",
    "group": "civil_society",
    "region": "africa",
    "display": "name",
    "consent": "on",
}


def test_comment__written_previewed_sent_confirmed_moderated__is_public_beside_its_paragraph(
    client, consultation, unhurried, django_capture_on_commit_callbacks
):
    new = f"{consultation.address}comments/new/"
    form = client.get(f"{new}?on=p2")
    assert "Any network may join" in form.content.decode()
    remark = {
        "form_token": form_token(form),
        "paragraphs": "2, 3",
        "kind": "substantive",
        "body": "Schools should be named.",
        "proposed": "Any network or school may join the exchange on the same published terms.",
        "language": "en",
    }
    saved = client.post(new, remark)
    draft = client.get(saved["Location"])
    assert "Schools should be named." in draft.content.decode()
    assert "<ins>" in draft.content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(saved["Location"], PERSON)
    receipt = client.get(sent["Location"]).content.decode()
    submission = Submission.objects.get()
    assert submission.receipt in receipt
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    assert client.get(f"{consultation.address}comments/1/").status_code == 404

    link = re.search(r"/comments/confirm/\S+/", mail.outbox[0].body)[0]
    client.get(link)
    assert Comment.objects.get().moderation == Moderation.UNCONFIRMED
    client.post(link)
    comment = Comment.objects.get()
    assert comment.moderation == Moderation.PENDING

    client.force_login(consultation.people["facilitator"])
    queue = client.get(f"/admin/consultation/{consultation.process.pk}/")
    assert "Schools should be named." in queue.content.decode()
    client.post(f"/admin/consultation/{consultation.process.pk}/moderate/", {"comment": "1", "to": "published"})
    client.logout()
    page = client.get(f"{consultation.address}comments/").content.decode()
    assert "Schools should be named." in page
    assert "Ada Fictiva (Lamp League)" in page
    assert "ada@example.org" not in page
    document = client.get(consultation.address).content.decode()
    assert "1 comment" in document


@pytest.mark.parametrize(
    "page", ["", "periods/", "dispositions/", "mappings/", "consensus/", "comments/1/", "dispositions/1/"]
)
def test_admin_pages__of_a_consultation__draw(client, consultation, page):
    consultation.published()
    client.force_login(consultation.people["facilitator"])
    assert client.get(f"/admin/consultation/{consultation.process.pk}/{page}").status_code == 200


@pytest.mark.parametrize("address", ["/open-calls/", "/open-calls.ics", "/open-calls.atom", "/admin/consultation/"])
def test_calls__with_one_open__name_it(client, consultation, address):
    client.force_login(consultation.people["facilitator"])
    response = client.get(address)
    assert response.status_code == 200
    assert consultation.edition.title in response.content.decode()


def test_proposed_wording__begins_with_the_paragraph__and_left_as_it_is_proposes_nothing(
    client, consultation, unhurried
):
    new = f"{consultation.address}comments/new/"
    form = client.get(f"{new}?on=p2")
    text = consultation.paragraph(2).text
    assert form.context["form"]["proposed"].value() == text
    assert "<details open" not in form.text
    assert client.get(f"{new}?on=p2&on=p3").context["form"]["proposed"].value() == ""
    said = {"form_token": form_token(form), "paragraphs": "3", "kind": "general", "language": "en", "proposed": text}
    assert client.post(new, said).status_code == 422, "nothing was said"
    saved = client.post(new, said | {"body": "A good paragraph."})
    assert "<ins>" not in client.get(saved["Location"]).text
