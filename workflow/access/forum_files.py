"""The images and documents of a forum: a Wagtail collection of its own, which only its role groups may use.

Permissions of the root collection reach every file of the library; the Secretariat alone has them.
"""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Collection, GroupCollectionPermission, Page

from workflow.access.models import ForumCollection

FILE_PERMISSIONS = (
    "wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image",
    "wagtaildocs.add_document", "wagtaildocs.change_document", "wagtaildocs.choose_document",
)  # fmt: skip
READING = ("choose", "change", "delete")
"""Whoever may do one of these with a file may read it: the admin shows it to them."""
_EDITED_PAGE = re.compile(r"/pages/(?:add/\w+/\w+/)?(\d+)/")


def ensure_collection(forum: Page) -> Collection:
    """The collection of a forum, made if there is none; its name follows the forum's. Idempotent."""
    known = ForumCollection.objects.filter(page_id=forum.pk).select_related("collection").first()
    name = _name(forum)
    if known is None:
        root = Collection.get_first_root_node() or Collection.add_root(name="Root")
        made = root.add_child(instance=Collection(name=name))
        ForumCollection.objects.create(page_id=forum.pk, collection=made)
        return made
    if known.collection.name != name:
        known.collection.name = name
        known.collection.save(update_fields=["name"])
    return known.collection


def forget_collection(forum: Page) -> None:
    """With the forum goes its collection, unless it holds files: those stay, and only the Secretariat sees them."""
    known = ForumCollection.objects.filter(page_id=forum.pk).select_related("collection").first()
    if known is None:
        return
    models: tuple[Any, ...] = (get_image_model(), get_document_model())
    if not any(model.objects.filter(collection=known.collection).exists() for model in models):
        known.collection.delete()


def grant_files(groups: Sequence[Group], collection: Collection | None) -> None:
    """Files of this collection and those below it, and of no other."""
    GroupCollectionPermission.objects.filter(group__in=groups).exclude(collection=collection).delete()
    if collection is None:
        return
    named = [name.split(".") for name in FILE_PERMISSIONS]
    wanted = reduce(or_, (Q(content_type__app_label=label, codename=codename) for label, codename in named))
    grant(GroupCollectionPermission, groups, Permission.objects.filter(wanted), collection=collection)


def grant(model: Any, groups: Sequence[Group], permissions: QuerySet[Permission], **on: Any) -> None:
    """Rows of Wagtail's for each group and permission that has none yet, in one statement. on: page or collection."""
    there = set(model.objects.filter(group__in=groups, **on).values_list("group", "permission"))
    rows = [(group, each) for group in groups for each in permissions if (group.pk, each.pk) not in there]
    model.objects.bulk_create([model(group=group, permission=permission, **on) for group, permission in rows])


def may_read_image(user: Any, image: Any) -> bool:
    return bool(user.is_authenticated and image_policy.user_has_any_permission_for_instance(user, READING, image))


def may_read_document(user: Any, document: Any) -> bool:
    return bool(user.is_authenticated and document_policy.user_has_any_permission_for_instance(user, READING, document))


def not_choosable(user: Any, references: Iterable[tuple[type[Any], Any]]) -> list[Any]:
    """Of files that a text refers to by (model, id), those that this person may not choose. Missing ones are not
    listed: readers of the text say so."""
    found: dict[Any, set[Any]] = {}
    for model, key in references:
        found.setdefault(model, set()).add(key)
    refused: list[Any] = []
    for model, policy in ((get_image_model(), image_policy), (get_document_model(), document_policy)):
        keys = found.get(model)
        if not keys:
            continue
        allowed = policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk__in=keys)
        refused += model.objects.filter(pk__in=keys).exclude(pk__in=allowed.values("pk"))
    return refused


def collection_of_edited_page(referer: str) -> Collection | None:
    """The collection of the forum whose page the admin's address belongs to: a chooser is opened from there."""
    match = _EDITED_PAGE.search(referer)
    page = Page.objects.filter(pk=int(match[1][:18])).first() if match else None
    if page is None:
        return None
    above = page.get_ancestors(inclusive=True).values("pk")
    known = ForumCollection.objects.filter(page__in=above).select_related("collection").first()
    return known.collection if known else None


def offer_own_collection() -> None:
    """Let the upload of a chooser begin with the collection of the forum whose page is being edited.

    For people of one forum Wagtail takes its collection by itself; this is for those of several. Put in place of what
    Wagtail 7.4 has no hook for; tests/workflow/access/test_forum_files.py fails where a new one goes past it.
    """
    from wagtail.documents.views.chooser import DocumentCreationFormMixin
    from wagtail.images.views.chooser import ImageCreationFormMixin

    for mixin in (ImageCreationFormMixin, DocumentCreationFormMixin):
        _begin_with_collection(mixin)


def _begin_with_collection(mixin: Any) -> None:
    former = mixin.get_creation_form_kwargs

    def with_collection(self: Any) -> dict[str, Any]:
        found: dict[str, Any] = former(self)
        collection = collection_of_edited_page(self.request.headers.get("Referer", ""))
        return found | ({"initial": {"collection": collection.pk}} if collection else {})

    mixin.get_creation_form_kwargs = with_collection


def _name(forum: Page) -> str:
    parent = forum.get_parent()
    return f"{parent.slug if parent else ''} {forum.title}".strip()[:255]
