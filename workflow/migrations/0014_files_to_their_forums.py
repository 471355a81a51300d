"""Each forum gets a collection, its groups get it instead of the root, and the files whose forum is known move there.

Known is the forum of a file that texts of one forum use and no others, or that nobody uses and somebody uploaded who has
a role in one forum and in no other. The rest stays in the root collection, where only the Secretariat sees it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import migrations
from wagtail.models import Collection as TreeOfCollections

LINK = re.compile(r"<(?:a|embed)\b[^>]*>")
FILE = re.compile(r'\b(?:link|embed)type="(document|image)"')
NUMBER = re.compile(r'\bid="(\d{1,18})"')
PERMISSIONS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def sort_files(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    RoleGroup = apps.get_model("workflow", "RoleGroup")
    ForumCollection = apps.get_model("workflow", "ForumCollection")
    forums = list(Page.objects.filter(pk__in=RoleGroup.objects.exclude(page=None).values("page")).order_by("path"))
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).order_by("path").first()
    if not forums or root is None:
        return
    places = {}
    for forum in forums:
        places[forum.pk] = _collection(apps, root.pk, forum)
        ForumCollection.objects.create(page_id=forum.pk, collection_id=places[forum.pk])
    _grant(apps, places)
    users = _forums_that_use(apps, forums)
    for kind, label, name in (("image", "wagtailimages", "Image"), ("document", "wagtaildocs", "Document")):
        for row in apps.get_model(label, name).objects.filter(collection_id=root.pk).only("pk", "uploaded_by_user"):
            found = users[kind, row.pk] or _forums_of(RoleGroup, row.uploaded_by_user_id)
            if len(found) == 1:
                row.collection_id = places[found.pop()]
                row.save(update_fields=["collection"])


def _collection(apps: Any, root: int, forum: Any) -> int:
    """A node below the root, written as treebeard writes it: models of a migration have no tree in them."""
    Collection = apps.get_model("wagtailcore", "Collection")
    above = Collection.objects.get(pk=root)
    last = Collection.objects.filter(depth=2, path__startswith=above.path).order_by("path").last()
    step = TreeOfCollections._str2int(last.path[-TreeOfCollections.steplen :]) + 1 if last else 1
    path = TreeOfCollections._get_path(above.path, 2, step)
    year = forum.url_path.rstrip("/").split("/")[-2]
    made = Collection.objects.create(name=f"{year} {forum.title}"[:255], path=path, depth=2, numchild=0)
    Collection.objects.filter(pk=root).update(numchild=above.numchild + 1)
    return int(made.pk)


def _grant(apps: Any, places: dict[int, int]) -> None:
    Granted = apps.get_model("wagtailcore", "GroupCollectionPermission")
    permissions = list(
        apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=PERMISSIONS
        )
    )
    for row in apps.get_model("workflow", "RoleGroup").objects.exclude(page=None):
        Granted.objects.filter(group_id=row.group_id).delete()
        for permission in permissions:
            Granted.objects.create(group_id=row.group_id, collection_id=places[row.page_id], permission=permission)


def _forums_that_use(apps: Any, forums: list[Any]) -> dict[tuple[str, int], set[int]]:
    """(kind, id of a file): the forums in whose texts, of any revision, it stands."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    Page, Revision = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    page_type = ContentType.objects.filter(app_label="wagtailcore", model="page").first()
    if page_type is None:
        return found
    for forum in forums:
        below = [str(pk) for pk in Page.objects.filter(path__startswith=forum.path).values_list("pk", flat=True)]
        revisions = Revision.objects.filter(base_content_type=page_type, object_id__in=below)
        for content in revisions.values_list("content", flat=True).iterator():
            for file in _files_in(content):
                found[file].add(forum.pk)
    return found


def _files_in(value: Any) -> Iterator[tuple[str, int]]:
    """(kind, id) of images of figures, and of files that rich text links to, anywhere in a revision."""
    if isinstance(value, dict):
        if isinstance(image := value.get("image"), int):
            yield "image", image
        for each in value.values():
            yield from _files_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _files_in(each)
    elif isinstance(value, str):
        yield from _files_in_text(value)


def _files_in_text(text: str) -> Iterator[tuple[str, int]]:
    """Rich text, or a StreamField, which a revision holds as JSON within JSON."""
    if text[:1] == "[":
        try:
            yield from _files_in(json.loads(text))
            return
        except ValueError:
            pass  # a text that begins with a bracket
    for tag in LINK.findall(text):
        kind, number = FILE.search(tag), NUMBER.search(tag)
        if kind and number:
            yield kind[1], int(number[1])


def _forums_of(RoleGroup: Any, user: int | None) -> set[int]:
    if user is None:
        return set()
    return set(RoleGroup.objects.exclude(page=None).filter(group__user=user).values_list("page", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0013_forum_collections"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(sort_files, migrations.RunPython.noop)]
