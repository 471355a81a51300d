"""Files that come with a comment: taken by their bytes, kept out of reach, handed out when the comment is public."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from consultation import chores as consultation_chores
from consultation.comments import moderation
from consultation.comments.models import Comment
from consultation.periods.models import Period
from consultation.privacy.services import erase_person, purge
from consultation.submissions import attachment_views, attachments, limits
from consultation.submissions.attachments import strip_waiting
from consultation.submissions.models import Attachment
from consultation.submissions.services import confirm
from consultation.verification import findings
from files.by_hash import digest_of
from files.kinds import kind_of
from tests.consultation.hostile import HOSTILE
from tests.consultation.stories import ADA, MODERATOR
from tests.files.test_picture_metadata import PLANTED, jpeg, png

pytestmark = pytest.mark.django_db


def packed(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/"), text)
    return out.getvalue()


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
DOCX = {"[Content_Types].xml": "<x/>", "word__document.xml": "<x/>"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 fictitious", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (packed(**ODT), "ODT"),
        (packed(**DOCX), "DOCX"),
        ("Zwei Sätze. 两句话。".encode(), "TXT"),
        (packed(**DOCX | {"word__vbaProject.bin": "x"}), ""),
        (packed(**ODT | {"Basic__Standard__script.xml": "x"}), ""),
        (packed(mimetype="application/zip"), ""),
        (b"PK\x03\x04 torn", ""),
        (b"MZ\x90\x00\x03 a program", ""),
        (b"\x7fELF\x02\x01", ""),
        (b"", ""),
    ],
)
def test_kind__is_read_from_the_bytes_and_macros_are_refused(content, kind):
    assert kind_of(content) == kind


@pytest.fixture
def call(consultation):
    Period.objects.update(takes_files=True)
    return consultation


def attach(client, draft, content: bytes, name: str):
    return client.post(f"/comments/draft/{draft.token}/attach/", {"file": SimpleUploadedFile(name, content)})


def test_call__that_takes_no_files__refuses_one_and_keeps_the_draft(client, consultation):
    draft = consultation.draft("A remark.")
    answer = attach(client, draft, b"%PDF-1.7", "letter.pdf")
    assert answer.status_code == 422
    assert "A remark." in answer.content.decode()
    assert not Attachment.objects.exists()


def test_file__beyond_the_bytes_of_an_hour__is_refused_says_when_to_come_again_and_keeps_the_draft(
    client, call, monkeypatch
):
    draft = call.draft(body="A remark.")
    monkeypatch.setattr(attachment_views, "BYTES_AN_HOUR", 4)
    refused = attach(client, draft, b"%PDF-1.7", "letter.pdf")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "A remark." in refused.content.decode()
    assert not Attachment.objects.exists()


def test_file__too_large_of_another_kind_or_one_too_many__is_refused_with_the_reason(client, call, monkeypatch):
    draft = call.draft()
    assert "kinds of file" in attach(client, draft, b"MZ\x90\x00\x03", "a.pdf").content.decode()
    for number in range(limits.MOST_FILES):
        assert attach(client, draft, b"%%PDF-1.%d" % number, "a.pdf").status_code == 302
    assert attach(client, draft, b"%PDF-1.1", "again.pdf").status_code == 302  # the same file: nothing new
    assert "3 files at most" in attach(client, draft, b"%PDF-9", "a.pdf").content.decode()
    monkeypatch.setattr(attachments, "LARGEST_FILE", 10)
    assert "larger than" in attach(client, draft, b"%PDF-1.7 and more", "a.pdf").content.decode()
    assert Attachment.objects.count() == limits.MOST_FILES


NAMES = ["../../x.pdf", "/etc/passwd", "a" * 300 + ".pdf", "\u202efdp.exe", "a.pdf.exe", *HOSTILE[:4]]


@pytest.mark.parametrize("name", NAMES)
def test_name__of_a_hostile_file__becomes_no_path_and_no_header(call, name):
    kept = attachments.keep(call.draft(), name, b"%PDF-1.7", timezone.now())
    assert "/" not in kept.file.name.removeprefix("attachments/")
    assert (Path(settings.PRIVATE_ROOT) / kept.file.name).exists()
    assert not default_storage.exists(kept.file.name)
    assert len(kept.name) <= 120
    assert "\u202e" not in kept.name
    answer = attachments.as_download(kept)
    assert answer["Content-Disposition"] == f'attachment; filename="attachment-{kept.pk}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    kept.file.delete()


def sent_with_a_file(call, **person) -> Comment:
    from dataclasses import replace

    draft = call.draft()
    attachments.keep(draft, "letter.pdf", b"%PDF-1.7 fictitious", timezone.now())
    submission = call.send(draft, person=replace(ADA, **person))
    confirm(submission, timezone.now())
    return submission.comments.get()


def test_download__before_publication__is_for_moderators_only__afterwards_for_everybody(client, call):
    comment = sent_with_a_file(call)
    file = Attachment.objects.get()
    public = f"{call.address}comments/1/files/{file.pk}/"
    private = f"/admin/consultation/{call.process.pk}/comments/1/files/{file.pk}/"
    assert client.get(public).status_code == 404
    for person, status in (("facilitator", 200), ("rapporteur", 302), ("other_facilitator", 302)):
        client.force_login(call.people[person])
        assert client.get(private).status_code == status, person
    client.logout()
    moderation.publish(comment, MODERATOR, timezone.now())
    assert b"".join(client.get(public)) == b"%PDF-1.7 fictitious"
    assert "letter.pdf" in client.get(f"{call.address}comments/1/").content.decode()
    assert client.get(f"{call.address}comments/1/files/{file.pk + 1}/").status_code == 404
    moderation.hide(Comment.objects.get(), MODERATOR, timezone.now(), hide_reason="conduct")
    assert client.get(public).status_code == 404


def test_picture__is_published_without_what_its_camera_wrote(client, call):
    draft = call.draft()
    assert "damaged" in attach(client, draft, b"\xff\xd8\xff\xe0....", "a.jpg").content.decode()
    assert attach(client, draft, jpeg(), "a.jpg").status_code == 302
    submission = call.send(draft)
    confirm(submission, timezone.now())
    moderation.publish(submission.comments.get(), MODERATOR, timezone.now())
    given = b"".join(client.get(f"{call.address}comments/1/files/{Attachment.objects.get().pk}/"))
    assert given.startswith(b"\xff\xd8")
    assert PLANTED not in given


def test_picture__kept_before_its_metadata_were_taken_out__is_given_to_nobody_with_them(client, call):
    draft = call.draft()
    raws = {"JPEG": jpeg(), "PNG": png(), "PDF": b"%PDF-1.7 fictitious", "GONE": b""}
    damaged = b"\xff\xd8\xff\xe0...." + PLANTED
    for name, raw in raws.items():
        Attachment.objects.create(
            draft=draft, file=ContentFile(raw, name="attachment.bin"), name=name, kind=name, size=len(raw),
            sha256=digest_of(raw), added_at=timezone.now(),
        )  # fmt: skip
    Attachment.objects.create(
        draft=draft, file=ContentFile(damaged, name="attachment.bin"), name="damaged", kind="JPEG", size=1,
        sha256="d" * 64, added_at=timezone.now(),
    )  # fmt: skip
    gone = Attachment.objects.get(name="GONE").file
    gone.storage.delete(gone.name)
    submission = call.send(draft)
    confirm(submission, timezone.now())
    moderation.publish(submission.comments.get(), MODERATOR, timezone.now())
    page = f"{call.address}comments/1/"

    def given() -> dict[str, bytes]:
        answers = {each.name: client.get(f"{page}files/{each.pk}/") for each in Attachment.objects.all()}
        return {name: b"".join(answer) for name, answer in answers.items() if answer.status_code == 200}

    assert given() == {}
    former = [
        Path(settings.PRIVATE_ROOT) / each.file.name for each in Attachment.objects.filter(kind__in=["JPEG", "PNG"])
    ]
    consultation_chores.act(timezone.now())
    after = given()
    assert set(after) == {"JPEG", "PNG", "PDF"}
    assert not [name for name, content in after.items() if PLANTED in content]
    for each in Attachment.objects.filter(name__in=after):
        assert (each.sha256, each.size) == (digest_of(after[each.name]), len(after[each.name]))
    assert [path.exists() for path in former] == [False, False, True], "the damaged one alone stays, for moderators"
    listed = client.get(page).content.decode()
    assert ">JPEG</bdi>" in listed
    assert ">damaged</bdi>" not in listed
    assert strip_waiting() == 0


def test_file__of_a_comment_that_shall_not_be_published__is_never_public(client, call):
    moderation.publish(sent_with_a_file(call, display="withheld"), MODERATOR, timezone.now())
    assert client.get(f"{call.address}comments/1/files/{Attachment.objects.get().pk}/").status_code == 404
    assert "letter.pdf" not in client.get(f"{call.address}comments/1/").content.decode()


def test_erasure_and_retention__take_the_file_from_the_disk(call):
    sent_with_a_file(call)
    sent = Path(settings.PRIVATE_ROOT) / Attachment.objects.get().file.name
    forgotten = call.draft("Never sent.")
    left = Path(settings.PRIVATE_ROOT) / attachments.keep(forgotten, "b.pdf", b"%PDF-2", timezone.now()).file.name
    assert sent.exists()
    assert left.exists()
    erase_person("ada@example.org", timezone.now())
    assert not sent.exists()
    purge(timezone.now() + timedelta(days=settings.DRAFT_DAYS + 1))
    assert not left.exists()
    assert not Attachment.objects.exists()


def test_file_that_is_gone_or_not_the_one_that_was_sent__is_named_by_the_verification(call):
    sent_with_a_file(call)
    attachments.keep(call.draft("Another."), "b.pdf", b"%PDF-2", timezone.now())
    assert not list(findings())
    first, second = (Path(settings.PRIVATE_ROOT) / each.file.name for each in Attachment.objects.order_by("pk"))
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(b"%PDF-3")
    assert [said.partition(": ")[2] for said in findings()] == [
        "the file is missing", "the file is not the one that was sent"
    ]  # fmt: skip
