"""Role x forum x kind of file x state x verb: who reads, chooses, replaces and deletes what. Expectations by hand.

Capitals are people of the file's forum and of the whole library, small letters those of another forum, of none (n) and
without an account (a).
"""

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from bpf_pages.models.library import HomePage
from bpf_pages.models.standard import StandardPage, show_files_of_live_pages
from consultation.periods.models import Period
from consultation.submissions import attachments as with_comments
from consultation.submissions.services import Arrival, Person, Remark, store
from editions import services as editions
from files.by_hash import digest_of
from files.models import ShownFile
from files.shown import findings, show
from tests.consultation.stories import begun
from tests.factories import OutcomePageFactory, text_block
from tests.files import pictures
from tests.journeys.browsing import body_of
from tests.workflow.access.test_who_sees_what import WHO
from workflow.access.forum_files import ensure_collection
from workflow.attachments.services import attach
from workflow.draft_links.services import make_link, path_of, revoke_link
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db

FORUM, ALL = "SFLRX", "SFLRflrnaX"

#                          drafting   public     withdrawn
READ = {
    "image, as uploaded":    (FORUM,    FORUM,     FORUM),
    "image, smaller":        (FORUM,    FORUM,     FORUM),
    "document":              (FORUM,    FORUM,     FORUM),
    "copy of the image":     ("",       ALL,       ""),
    "copy of the document":  ("",       ALL,       ""),
    "copy, in a preview":    (FORUM,    ALL,       FORUM),
    "attachment":            (FORUM,    FORUM,     FORUM),
    "attachment, to readers": ("",      ALL,       ""),
    "printing":              ("",       ALL,       ""),
}  # fmt: skip
"""What each state of the document lets people read."""

OF_COMMENTS = {
    "original of a comment from elsewhere": "SFX",
    "file of a waiting comment": "SFX",
    "file of a waiting comment, to readers": "",
    "file of a published comment, to readers": ALL,
}

CHANGE = {
    # in the forum's collection, by Wagtail's own editors
    "choose":  FORUM,
    "list":    FORUM,
    "edit":    FORUM,
    "replace": FORUM,
    "delete":  FORUM,
    "delete many": FORUM,
}  # fmt: skip
KINDS = {"image": "wagtailimages", "document": "wagtaildocs"}


@dataclass
class Story:
    people: Any
    page: Any
    image: Any
    document: Any
    addresses: dict[str, str] = field(default_factory=dict)


def of_forum(people: Any) -> tuple[Any, Any]:
    cache.clear()  # Wagtail's, of renditions: numbers of rows come again from test to test
    place = ensure_collection(people.forum)
    file = ImageFile(io.BytesIO(pictures.picture()), name="lamp.png")
    image = get_image_model().objects.create(title="Lamp of A", file=file, collection=place)
    document = get_document_model().objects.create(
        title="Notes of A", file=ContentFile(b"notes of A", name="notes.txt"), collection=place
    )
    return image, document


@pytest.fixture
def story(people: Any, client: Client) -> Story:
    image, document = of_forum(people)
    figure = {"type": "figure", "value": {"image": image.pk, "alt": "A lamp.", "caption": ""}}
    link = text_block(f'<p>See <a id="{document.pk}" linktype="document">the notes</a>.</p>')
    page = OutcomePageFactory(parent=people.forum, body=[figure, link])
    told = Story(people, page, image, document)
    names = sorted(_names(page))
    client.force_login(people["rapporteur"])
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()
    (claimed,) = [part.partition('"')[0] for part in preview.split('src="') if part.startswith("/media/figures/")]
    row = attach(
        _process(page), SimpleUploadedFile("annex.txt", b"annex of A"), title="Annex", is_public=True,
        by=people["facilitator"], at=timezone.now(),
    )  # fmt: skip
    number = row.number if hasattr(row, "versions") else row.attachment.number
    address = f"/library/2099/{people.forum.slug}/{page.slug}/"
    told.addresses = {
        "image, as uploaded": image.file.url,
        "image, smaller": image.get_rendition("max-30x30").url,
        "document": document.url,
        "copy of the image": f"/media/{names[0]}",
        "copy of the document": f"/media/{names[1]}",
        "copy, in a preview": claimed,
        "attachment": reverse("workflow_admin:attachment_file", args=[page.pk, number, 1]),
        "attachment, to readers": f"{address}attachments/{number}/",
        "printing": f"{address}editions/1/document.pdf",
    }
    return told


def _process(page: Any) -> Process:
    from workflow.transitions.services import process_of

    return process_of(page)


def _names(page: Any) -> set[str]:
    from editions.document import json_form
    from editions.shown_files import names_in

    return names_in(json_form.to_json(page.as_document()))


def readers(people: Any, address: str) -> str:
    found = ""
    for letter, role in WHO.items():
        client = Client()
        if role != "anonymous":
            client.force_login(people[role])
        answer = client.get(address)
        assert answer.status_code < 500, (address, role)
        body_of(answer)
        found += letter if answer.status_code == 200 else ""
    return found


def same(letters: str) -> list[str]:
    return sorted(letters)


@pytest.mark.parametrize(("column", "state"), [(0, "drafting"), (1, "public"), (2, "withdrawn")])
def test_who_reads(story: Story, column: int, state: str) -> None:
    if state != "drafting":
        now = timezone.now()
        editions.freeze(story.page.to_draft(), page=story.page, stage="comment", at=now)
        from editions.models import Edition
        from pdf.printing.services import print_edition

        print_edition(Edition.objects.get())
        if state == "withdrawn":
            editions.withdraw(story.page.series, "Fictitious reason.", now)
    found = {kind: same(readers(story.people, address)) for kind, address in story.addresses.items()}
    assert found == {kind: same(row[column]) for kind, row in READ.items()}


def test_a_copy__goes_with_what_is_public_and_with_nothing_else(story: Story, client: Client) -> None:
    """Types, caching, and that nothing runs."""
    editions.freeze(story.page.to_draft(), page=story.page, stage="comment", at=timezone.now())
    image = Client().get(story.addresses["copy of the image"])
    document = Client().get(story.addresses["copy of the document"])
    assert image["Content-Type"] == "image/png"
    assert document["Content-Type"] == "text/plain; charset=utf-8"
    assert document["Content-Disposition"].startswith("attachment")
    for answer in (image, document):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"].startswith("public")
    client.force_login(story.people["rapporteur"])
    for kind in ("image, as uploaded", "document"):
        answer = client.get(story.addresses[kind])
        assert answer["Cache-Control"] == "private, no-store"
        body_of(answer)


def test_the_edition__keeps_its_files_when_the_library_loses_them(story: Story) -> None:
    editions.freeze(story.page.to_draft(), page=story.page, stage="comment", at=timezone.now())
    story.document.file.close()
    story.document.file.storage.delete(story.document.file.name)
    story.document.delete()
    story.image.file.storage.delete(story.image.file.name)
    story.image.delete()
    assert b"notes of A" in Client().get(story.addresses["copy of the document"]).content
    assert Client().get(story.addresses["copy of the image"]).status_code == 200


def test_a_draft_link__opens_the_files_of_its_draft_until_it_closes(story: Story) -> None:
    now = timezone.now()
    maker = story.people["facilitator"]
    link = make_link(story.page, made_for="Ficta", by=maker, expires_at=now + timedelta(days=2), at=now)
    text = Client().get(path_of(link)).content.decode()
    addresses = [part.partition('"')[0] for part in text.split('="') if part.startswith("/media/")]
    assert sorted(address.split("/")[2] for address in addresses) == ["figures", "linked"]
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert Client().get(address.partition("?")[0]).status_code == 404
        assert Client().get(address[:-1] + ("A" if address[-1] != "A" else "B")).status_code == 404
    swapped = addresses[0].partition("?")[0] + "?" + addresses[1].partition("?")[2]
    assert Client().get(swapped).status_code == 404
    revoke_link(link, now)
    assert {Client().get(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verb", CHANGE)
def test_who_changes(people: Any, kind: str, verb: str) -> None:
    found = ""
    for letter, role in WHO.items():
        image, document = of_forum(people)
        file, client = (image if kind == "image" else document), Client()
        if role != "anonymous":
            client.force_login(people[role])
        if _does(client, kind, verb, file):
            found += letter
    assert same(found) == same(CHANGE[verb])


def _does(client: Client, kind: str, verb: str, file: Any) -> bool:
    app = KINDS[kind]
    model, before = type(file), _bytes(file)
    upload = (
        SimpleUploadedFile("other.png", pictures.picture(colour="red"))
        if kind == "image"
        else SimpleUploadedFile("o.txt", b"other")
    )
    if verb == "choose":
        answer = client.get(reverse(f"{app}_chooser:chosen", args=[file.pk]))
        listed = client.get(reverse(f"{app}_chooser:choose_results"))
        there = listed.status_code == 200 and f"/chosen/{file.pk}/" in listed.content.decode()
        assert there is (answer.status_code == 200)
        return there
    if verb == "list":
        answer = client.get(reverse(f"{app}:index"))
        return answer.status_code == 200 and reverse(f"{app}:edit", args=[file.pk]) in answer.content.decode()
    if verb == "edit":
        client.post(reverse(f"{app}:edit", args=[file.pk]), {"title": "Changed", "collection": file.collection_id})
        return bool(model.objects.get(pk=file.pk).title == "Changed")
    if verb == "replace":
        client.post(
            reverse(f"{app}:edit", args=[file.pk]), {"title": "A", "collection": file.collection_id, "file": upload}
        )
        return _bytes(model.objects.get(pk=file.pk)) != before
    if verb == "delete":
        client.post(reverse(f"{app}:delete", args=[file.pk]))
    else:
        action = reverse("wagtail_bulk_action", args=[app, model._meta.model_name, "delete"])
        client.post(f"{action}?id={file.pk}")
    return not model.objects.filter(pk=file.pk).exists()


def _bytes(file: Any) -> bytes:
    with file.file.storage.open(file.file.name) as opened:
        return bytes(opened.read())


def test_who_reads_the_files_of_comments(people: Any) -> None:
    told = begun(people)
    Period.objects.update(takes_files=True)
    draft = told.draft("A remark.")
    kept = with_comments.keep(draft, "letter.txt", b"a letter", timezone.now())
    submission = told.send(draft)
    waiting = submission.comments.get()
    arrival = Arrival(timezone.now(), via="email", original=ContentFile(b"a mail", name="x"))
    entered = store(
        told.period, Person("Ada", "ada@example.org"), [Remark((("document", None),), "By mail.", "")], arrival
    )
    process = told.process.pk
    public = f"{told.address}comments/{waiting.number}/files/{kept.pk}/"
    found = {
        "original of a comment from elsewhere": readers(
            people, reverse("consultation_admin:original", args=[process, entered.comments.get().number])
        ),
        "file of a waiting comment": readers(
            people, reverse("consultation_admin:attachment", args=[process, waiting.number, kept.pk])
        ),
        "file of a waiting comment, to readers": readers(people, public),
    }
    from consultation.comments import moderation
    from consultation.submissions.services import confirm
    from tests.consultation.stories import MODERATOR

    confirm(submission, timezone.now())
    moderation.publish(type(waiting).objects.get(pk=waiting.pk), MODERATOR, timezone.now())
    found["file of a published comment, to readers"] = readers(people, public)
    assert {kind: same(letters) for kind, letters in found.items()} == {
        kind: same(row) for kind, row in OF_COMMENTS.items()
    }


def test_a_shown_file_that_is_lost_or_changed__is_found_by_the_verification(story: Story) -> None:
    editions.freeze(story.page.to_draft(), page=story.page, stage="comment", at=timezone.now())
    assert list(findings()) == []
    names = [story.addresses[kind].removeprefix("/media/") for kind in ("copy of the image", "copy of the document")]
    default_storage.delete(names[0])
    with default_storage.open(names[1], "wb") as file:
        file.write(b"other notes")
    told = " ".join(findings())
    assert f"{names[0]}: something public shows this file, and it is missing" in told
    assert f"{names[1]}: the file does not have the hash" in told
    default_storage.delete(names[1])


def test_a_page_about_the_library__shows_its_figures_while_it_is_live(people: Any, client: Client) -> None:
    image, _document = of_forum(people)
    home = HomePage.objects.get()
    figure = {"type": "figure", "value": {"image": image.pk, "alt": "A lamp.", "caption": ""}}
    page = home.add_child(instance=StandardPage(title="About lamps", slug="about-lamps", body=[figure], live=False))
    (name,) = _names(page)
    assert Client().get(f"/media/{name}").status_code == 404
    page.save_revision().publish()
    assert f"/media/{name}" in Client().get("/about-lamps/").content.decode()
    assert Client().get(f"/media/{name}").status_code == 200
    ShownFile.objects.all().delete()  # as in a library of former days
    assert [show_files_of_live_pages(), show_files_of_live_pages()] == [1, 0]
    assert Client().get(f"/media/{name}").status_code == 200
    page.refresh_from_db()
    page.unpublish()
    assert Client().get(f"/media/{name}").status_code == 404
    page.save_revision().publish()
    page.delete()
    assert Client().get(f"/media/{name}").status_code == 404


def test_figures_of_former_days__are_served_without_metadata_at_their_name(client: Client) -> None:
    """The hash in their edition is of the bytes with metadata; nobody is given those."""
    content = pictures.held_sideways("JPEG")
    name = default_storage.save(f"figures/{digest_of(content)}.jpg", ContentFile(content))
    show("edition BPF-2014-OLD-E1", [name])
    for _again in range(2):
        answer = client.get(f"/media/{name}")
        assert answer.status_code == 200
        assert pictures.PLANTED.encode() not in answer.content
    assert [finding for finding in findings() if name in finding] == []
