"""Admin views that bring a file in: as a new document of a forum, or as the new text of a document."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from bpf_pages.importing.forms import FileForm, NewDocumentForm, NewTextForm
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage


def new_document(request: HttpRequest, forum_id: int) -> HttpResponse:
    forum = get_object_or_404(ForumPage, pk=forum_id)
    if not forum.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return _asked(request, forum, NewDocumentForm(forum, request.POST or None, request.FILES or None))


def new_text(request: HttpRequest, page_id: int) -> HttpResponse:
    page = get_object_or_404(OutcomePage, pk=page_id)
    if not _may_replace(page, request.user):
        raise PermissionDenied
    return _asked(request, page, NewTextForm(page, request.POST or None, request.FILES or None))


def _asked(request: HttpRequest, page: Page, form: FileForm) -> HttpResponse:
    imported = form.bring_in(request.user) if request.method == "POST" and form.is_valid() else None
    if imported is None:
        context = {"page": page, "form": form, "replaces": isinstance(page, OutcomePage)}
        return render(request, "bpf_pages/importing/admin_import.html", context, status=422 if form.errors else 200)
    edit = reverse("wagtailadmin_pages:edit", args=[imported.page.pk])
    messages.success(request, imported.told)
    for remark in imported.remarks:
        messages.warning(request, remark)
    return redirect(edit)


def _may_replace(page: OutcomePage, user: Any) -> bool:
    tester = page.permissions_for_user(user)
    return bool(tester.can_edit() and not tester.page_locked())


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """register_page_header_buttons"""
    if isinstance(page, ForumPage) and page.permissions_for_user(user).can_add_subpage():
        address = reverse("bpf_pages_admin:import_document", args=[page.pk])
        yield Button(_("Import a document"), address, icon_name="upload", priority=55)
    if isinstance(page, OutcomePage) and page.pk and _may_replace(page, user):
        address = reverse("bpf_pages_admin:import_text", args=[page.pk])
        yield Button(_("Import text from a file"), address, icon_name="upload", priority=64)


def addresses() -> list[Any]:
    """register_admin_urls"""
    patterns = [
        path("forum/<int:forum_id>/", new_document, name="import_document"),
        path("document/<int:page_id>/", new_text, name="import_text"),
    ]
    return [path("import/", include((patterns, "bpf_pages_admin")))]
