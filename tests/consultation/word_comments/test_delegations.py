"""Somebody of the forum brings a delegation's redlined Word file, looks at what it says and records it."""

from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultation.comments.models import Comment
from consultation.submissions.models import Draft, Submission
from tests.consultation.word_comments.edits import Edited, said_in

pytestmark = pytest.mark.django_db
ABOUT = {
    "received_via": "email", "received_at": "2099-04-02T10:00", "channel_note": "",
    "organisation": "Delegation of Aton",
    "name": "", "email": "", "group": "government", "region": "not_stated", "display": "organisation", "language": "en",
}  # fmt: skip


@pytest.fixture
def redline(client: Client, consultation: object) -> Edited:
    page = client.get(f"{consultation.address}comments/word/").content.decode()
    file = Edited(client.get(next(part for part in page.split('"') if part.endswith("document.docx"))).content)
    paragraph = file.paragraph("Any network may join")
    file.comment(paragraph, "Schools too?")
    file.replace(said_in(paragraph)[0], 0, "Any network", "Every network")
    return file


@pytest.fixture
def rapporteur(consultation: object) -> Client:
    client = Client()
    client.force_login(consultation.people["rapporteur"])
    return client


def bring(client: Client, consultation: object, name: str, content: bytes, **more: str) -> object:
    address = reverse("consultation_admin:enter_word", args=[consultation.process.pk])
    return client.post(address, ABOUT | {"file": SimpleUploadedFile(name, content)} | more)


def test_a_delegations_file__is_shown_first_and_recorded_with_who_it_is_of_and_who_entered_it(
    consultation, redline, rapporteur
) -> None:
    header = next(name for name in redline.parts if "header" in name)
    put = b'<w:ins w:id="1" w:author="C"><w:r><w:t>Embargoed</w:t></w:r></w:ins></w:p>'
    redline.parts[header] = redline.parts[header].replace(b"</w:p>", put, 1)
    answer = bring(rapporteur, consultation, "aton.docx", redline.content())
    assert answer.status_code == 302
    page = rapporteur.get(answer["Location"]).content.decode()
    for words in ("Delegation of Aton", "aton.docx", "Schools too?", "Embargoed", "<ins>"):
        assert words in page
    assert not Submission.objects.exists()
    draft = Draft.objects.get()
    assert Client().get(reverse("consultation:draft", args=[draft.token])).status_code == 404
    listed = rapporteur.get(reverse("consultation_admin:enter", args=[consultation.process.pk])).content.decode()
    assert answer["Location"] in listed
    only = next(entry["id"] for entry in draft.comments if entry["body"] == "Schools too?")
    assert rapporteur.post(answer["Location"], {}).status_code == 422
    assert rapporteur.post(answer["Location"], {"take": [only]}).status_code == 302
    assert rapporteur.post(answer["Location"], {"take": [only]}).status_code == 302
    submission = Submission.objects.get()
    assert submission.organisation == "Delegation of Aton"
    assert submission.entered_by == consultation.people["rapporteur"]
    assert (submission.received_via, submission.original_name) == ("email", "aton.docx")
    assert [comment.body for comment in Comment.objects.all()] == ["Schools too?"]


def test_a_mail_with_the_file_attached__is_read_with_who_sent_it(consultation, redline, rapporteur) -> None:
    mail = EmailMessage()
    mail["From"], mail["Date"] = "Ada Example <ada@aton.example>", "Thu, 02 Apr 2099 10:00:00 +0000"
    mail.set_content("Our redline.")
    mail.add_attachment(b"no", maintype="image", subtype="png", filename="lamp.png")
    mail.add_attachment(redline.content(), maintype="application", subtype="octet-stream", filename="Aton redline.DOCX")
    answer = bring(rapporteur, consultation, "mail.eml", mail.as_bytes())
    page = rapporteur.get(answer["Location"]).content.decode()
    assert "Aton redline.DOCX" in page
    assert "ada@aton.example" in page
    assert "2099-04-02 10:00" in page
    assert "Schools too?" in page
    assert rapporteur.post(answer["Location"], {"drop": "1"}).status_code == 302
    assert not Draft.objects.exists()


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04broken", b"From: a@b.example\n\nNo file.\n"])
def test_what_holds_no_word_file__is_refused_and_what_was_typed_stays(consultation, rapporteur, content) -> None:
    answer = bring(rapporteur, consultation, "x.docx", content)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "cannot be read" in page
    assert "Delegation of Aton" in page


def test_others__may_neither_bring_nor_see_nor_record_a_file(consultation, redline, rapporteur) -> None:
    address = bring(rapporteur, consultation, "aton.docx", redline.content())["Location"]
    stranger = Client()
    stranger.force_login(consultation.people["other_rapporteur"])
    assert bring(stranger, consultation, "aton.docx", redline.content()).status_code in (302, 403)
    for answer in (stranger.get(address), stranger.post(address, {"drop": "1"})):
        assert answer.status_code in (302, 403)
    assert Draft.objects.count() == 1
