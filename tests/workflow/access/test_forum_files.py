"""A forum's files lie in its own collection: made with the forum, named as it is, offered to its people alone."""

import io
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.test.utils.form_data import rich_text

from bpf_pages.importing.services import begin, read_waiting
from bpf_pages.models.outcome import OutcomePage
from tests.admin_forms import outcome_form
from tests.bpf_pages.importing import office
from tests.factories import ForumPageFactory, OutcomePageFactory, UserFactory, text_block
from tests.files.pictures import picture
from workflow.access.forum_files import collection_of_edited_page, ensure_collection
from workflow.access.models import ForumCollection
from workflow.access.role_holders import ensure_forum_groups, ensure_secretariat

pytestmark = pytest.mark.django_db


def image_in(collection: Any, title: str = "Lamp", user: Any = None) -> Any:
    file = ImageFile(io.BytesIO(picture()), name="lamp.png")
    made = get_image_model()(title=title, file=file, uploaded_by_user=user)
    if collection is not None:
        made.collection = collection
    made.save()
    return made


def document_in(collection: Any, title: str = "Notes") -> Any:
    made = get_document_model()(title=title, file=ContentFile(b"notes", name="notes.txt"))
    if collection is not None:
        made.collection = collection
    made.save()
    return made


def test_a_forum__has_a_collection_from_the_beginning_which_follows_its_title() -> None:
    forum = ForumPageFactory(title="Lamps")
    collection = ensure_collection(forum)
    assert (collection.name, collection.depth) == ("2099 Lamps", 2)
    assert Collection.objects.filter(name="2099 Lamps").count() == 1
    forum.title = "Lanterns"
    forum.save()
    assert ensure_collection(forum).name == "2099 Lanterns"


def test_roles_of_a_forum__have_no_right_outside_its_collection(people) -> None:
    for forum in (people.forum, people.other_forum):
        groups = ensure_forum_groups(forum).values()
        places = set(GroupCollectionPermission.objects.filter(group__in=groups).values_list("collection", flat=True))
        assert places == {ensure_collection(forum).pk}
    of_the_library = GroupCollectionPermission.objects.filter(group=ensure_secretariat())
    assert {row.collection for row in of_the_library} == {Collection.get_first_root_node()}


def test_with_a_forum__goes_its_collection_but_no_file() -> None:
    empty, full = ForumPageFactory(), ForumPageFactory()
    gone, kept = ensure_collection(empty), ensure_collection(full)
    image = image_in(kept)
    empty.delete()
    full.delete()
    assert not Collection.objects.filter(pk=gone.pk).exists()
    assert get_image_model().objects.get(pk=image.pk).collection == kept


@pytest.mark.parametrize("kind", ["image", "document"])
def test_an_upload_from_the_editor__lands_in_the_forums_collection(people, client, kind) -> None:
    client.force_login(people["rapporteur"])
    upload = SimpleUploadedFile("a.png", picture()) if kind == "image" else SimpleUploadedFile("a.txt", b"notes")
    prefix = f"{kind}-chooser-upload"
    place = Collection.get_first_root_node().pk  # somebody may write anything into the form
    values = {f"{prefix}-title": "A", f"{prefix}-file": upload, f"{prefix}-collection": place}
    answer = client.post(
        reverse(f"wagtail{kind}s_chooser:create" if kind == "image" else "wagtaildocs_chooser:create"), values
    )
    assert answer.status_code == 200
    model = get_image_model() if kind == "image" else get_document_model()
    assert model.objects.get().collection == ensure_collection(people.forum)


def test_for_people_of_two_forums__the_chooser_begins_with_the_forum_of_the_page(people, client) -> None:
    groups = [ensure_forum_groups(forum)["rapporteur"] for forum in (people.forum, people.other_forum)]
    client.force_login(UserFactory(groups=groups))
    for forum in (people.forum, people.other_forum):
        page = OutcomePageFactory(parent=forum)
        for address in (
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", forum.pk]),
        ):
            wanted = ensure_collection(forum)
            assert collection_of_edited_page(f"http://testserver{address}") == wanted
            for chooser in ("wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"):
                shown = client.get(reverse(chooser), headers={"Referer": f"http://testserver{address}"}).json()["html"]
                assert f'<option value="{wanted.pk}" selected>' in shown


def test_an_import__uses_no_image_of_another_forum(people) -> None:
    file = office.word_file(office.picture("One"))
    for forum in (people.forum, people.other_forum):
        read_waiting(begin(forum, "a.docx", file, user=None, at=timezone.now()))
    places = sorted(image.collection.pk for image in get_image_model().objects.all())
    assert places == sorted(ensure_collection(forum).pk for forum in (people.forum, people.other_forum))


def test_a_text__takes_no_image_of_another_forum_whatever_is_sent(people, client) -> None:
    """Else somebody reads it in a preview, and publishes it. The editor has no button that links to a document."""
    theirs, ours = (ensure_collection(forum) for forum in (people.other_forum, people.forum))

    def body(collection: Any) -> list[tuple[str, Any]]:
        return [("figure", {"image": image_in(collection).pk, "alt": "A lamp.", "caption": rich_text("")})]

    page = OutcomePageFactory(parent=people.forum)
    client.force_login(people["rapporteur"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = client.post(address, outcome_form("Lamps", page.slug, body(theirs)))
    assert "files of another forum" in refused.content.decode()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, outcome_form("Lamps", page.slug, body(theirs))).json()["is_valid"] is False
    assert client.post(address, outcome_form("Lamps", page.slug, body(ours))).status_code == 302


def test_a_file_that_stood_in_the_text_before__may_stay(people, client) -> None:
    theirs = image_in(ensure_collection(people.other_forum))
    figure = {"type": "figure", "value": {"image": theirs.pk, "alt": "A lamp.", "caption": ""}}
    page = OutcomePageFactory(parent=people.forum, body=[figure])
    client.force_login(people["rapporteur"])
    blocks = [("figure", {"image": theirs.pk, "alt": "A lamp in a storm.", "caption": rich_text("")})]
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), outcome_form("Lamps", page.slug, blocks))
    assert answer.status_code == 302
    assert "storm" in str(OutcomePage.objects.get(pk=page.pk).get_latest_revision_as_object().body.raw_data[0])


def test_files_of_former_days__move_to_the_forum_that_is_known(people) -> None:
    """A library in which every role had its rights at the root."""
    ForumCollection.objects.all().delete()
    Collection.objects.filter(depth=2).delete()
    root = Collection.get_first_root_node()
    Collection.objects.filter(pk=root.pk).update(numchild=0)
    ours, theirs = (ensure_forum_groups(forum) for forum in (people.forum, people.other_forum))
    ForumCollection.objects.all().delete()
    Collection.objects.filter(depth=2).delete()
    Collection.objects.filter(pk=root.pk).update(numchild=0)
    used, both, uploaded, _nobodys = (image_in(None, title) for title in ("used", "both", "uploaded", "nobody's"))
    linked = document_in(None)
    get_image_model().objects.filter(pk=uploaded.pk).update(uploaded_by_user=people["other_rapporteur"])

    def figure(image: Any) -> dict[str, Any]:
        return {"type": "figure", "value": {"image": image.pk, "alt": "A", "caption": ""}}

    link = text_block(f'<p><a id="{linked.pk}" linktype="document">notes</a></p>')
    OutcomePageFactory(parent=people.forum, body=[figure(used), figure(both), link])
    OutcomePageFactory(parent=people.other_forum, body=[figure(both)])
    import_module("workflow.migrations.0014_files_to_their_forums").sort_files(apps, None)
    place = {row.page_id: row.collection for row in ForumCollection.objects.all()}
    where = {image.title: image.collection for image in get_image_model().objects.all()}
    assert where == {
        "used": place[people.forum.pk], "both": root, "uploaded": place[people.other_forum.pk], "nobody's": root,
    }  # fmt: skip
    assert get_document_model().objects.get().collection == place[people.forum.pk]
    assert Collection.find_problems() == ([], [], [], [], [])
    for groups, forum in ((ours, people.forum), (theirs, people.other_forum)):
        granted = GroupCollectionPermission.objects.filter(group__in=groups.values())
        assert {row.collection for row in granted} == {place[forum.pk]}
        assert granted.count() == 18
    assert ensure_collection(people.forum) == place[people.forum.pk]


def test_a_link_to_a_document__that_no_button_of_the_editor_makes_is_not_kept(people, client) -> None:
    document = document_in(ensure_collection(people.other_forum))
    html = f'<p>See <a linktype="document" id="{document.pk}">notes</a>.</p>'
    page = OutcomePageFactory(parent=people.forum)
    client.force_login(people["rapporteur"])
    blocks = [("text", rich_text(html, features=["document-link"]))]
    assert (
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), outcome_form("A", page.slug, blocks)
        ).status_code
        == 302
    )
    kept = OutcomePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert "/linked/" not in str(kept.as_document())
