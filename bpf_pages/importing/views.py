"""Admin views that bring a file in: upload it, look at what was read and what was left out, take it in."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from bpf_pages.importing.choices import BY_EDITOR, Choices, came, settled_ledger
from bpf_pages.importing.content_counts import things_of
from bpf_pages.importing.foreign_files import REASONS, REFUSALS
from bpf_pages.importing.forms import FileForm, NewDocumentForm, NewTextForm
from bpf_pages.importing.originals import attach_original, holds_remarks
from bpf_pages.importing.paste import cleaned
from bpf_pages.importing.services import NOTES, choose, read_waiting, take, told, welcome
from bpf_pages.importing.source_locations import said_place
from bpf_pages.importing.tasks import read_file
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from core.plain_text import whole_number
from files.downloads import as_uploaded
from formats.draft import NoteKind, Reason, Unreadable
from workflow.access.capabilities_beside_transitions import SHOW_FILES, is_secretariat, may
from workflow.attachments.services import NotAttachable

LINES = 200  # blocks, stretches left out and notes on one sheet of the page; the ledger counts all


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
    imported = form.uploaded(request.user) if request.method == "POST" and form.is_valid() else None
    if imported is None:
        context = {"page": page, "form": form, "replaces": isinstance(page, OutcomePage)}
        return render(request, "bpf_pages/importing/admin_import.html", context, status=422 if form.errors else 200)
    if settings.FILES_BY_WORKER:
        transaction.on_commit(lambda: read_file.enqueue(imported.pk))
    else:
        read_waiting(imported)
    return redirect("bpf_pages_admin:imported", imported.pk)


@require_safe
def imported_file(request: HttpRequest, imported_id: int) -> HttpResponse:
    """What became of a file: waiting, refused and why, or its words one by one: kept, left out, lost."""
    return _shown(request, _mine(request, imported_id))


@require_POST
def choose_words(request: HttpRequest, imported_id: int) -> HttpResponse:
    """Keep what is ticked on one sheet, and stay there."""
    imported = _mine(request, imported_id)
    try:
        choose(imported, _chosen(request, imported))
    except ValidationError as error:
        return _shown(request, imported, " ".join(error.messages))
    messages.success(request, _("Your choices are kept. Nothing is brought in yet."))
    return redirect(f"{reverse('bpf_pages_admin:imported', args=[imported.pk])}?sheet={_sheet(request)}#words")


def _sheet(request: HttpRequest) -> int:
    said = request.POST.get("sheet") or request.GET.get("sheet") or ""
    return min(whole_number(said) or 1, LINES)


def _on_sheet(sheet: int) -> slice:
    return slice((max(sheet, 1) - 1) * LINES, max(sheet, 1) * LINES)


def _chosen(request: HttpRequest, imported: ImportedFile) -> Choices:
    """What was chosen before, and for the blocks of this sheet what is ticked now."""
    before, on_sheet = Choices.of(imported.choices), _on_sheet(_sheet(request))
    stretches = set(range(len(imported.reading.get("left_out", ())))[on_sheet])
    blocks = {block.key for block in came(imported.reading)[on_sheet]}
    ticked = {number for said in request.POST.getlist("take_in") if (number := whole_number(said)) is not None}
    return Choices(
        before.taken_in - stretches | ticked & stretches,
        before.left_out - blocks | set(request.POST.getlist("leave_out")) & blocks,
    )


def _shown(request: HttpRequest, imported: ImportedFile, error: str = "") -> HttpResponse:
    reading = imported.reading
    choices, sheet = Choices.of(imported.choices), _sheet(request)
    left_out = [
        (
            number,
            REASONS[Reason(left["reason"])],
            left | {"place": said_place(left["place"])},
            number in choices.taken_in,
        )
        for number, left in enumerate(reading.get("left_out", []))
    ]
    blocks = [(block, block.key in choices.left_out) for block in (came(reading) if reading else [])]
    notes = reading.get("notes", [])
    ledger = settled_ledger(reading, choices)
    lost = [each | {"place": said_place(each["place"])} for each in ledger.get("unaccounted", ())]
    counts = [
        (_("by the editor") if name == BY_EDITOR else REASONS[Reason(name)], count)
        for name, count in ledger.get("left_out", {}).items()
    ]
    context = {
        "imported": imported,
        "refusal": REFUSALS[Unreadable(imported.why)] if imported.why else "",
        "findings": told(imported),
        "ledger": ledger,
        "lost": lost,
        "left_out": left_out[_on_sheet(sheet)],
        "blocks": blocks[_on_sheet(sheet)],
        "sheet": sheet,
        "sheets": range(1, -(-max(len(left_out), len(blocks), len(notes), 1) // LINES) + 1),
        "may_choose": imported.state == ImportedFile.State.READ,
        "counts": counts,
        "things": things_of(ledger),
        "notes": [(NOTES[NoteKind(note["kind"])], note) for note in notes[_on_sheet(sheet)]],
        "may_show": may(request.user, SHOW_FILES, imported.page or imported.forum),
        "holds_remarks": holds_remarks(imported),
        "may_record": is_secretariat(request.user),
        "error": error,
    }
    return render(request, "bpf_pages/importing/admin_imported.html", context, status=422 if error else 200)


@require_POST
def take_in(request: HttpRequest, imported_id: int) -> HttpResponse:
    imported = _mine(request, imported_id)
    try:
        choose(imported, _chosen(request, imported))
        page = take(imported, user=request.user, at=timezone.now(), with_notes="with_notes" in request.POST)
    except ValidationError as error:
        return _shown(request, imported, " ".join(error.messages))
    messages.success(request, welcome(page))
    shown = "show_original" in request.POST and may(request.user, SHOW_FILES, page)
    try:
        attach_original(ImportedFile.objects.get(pk=imported.pk), shown=shown, by=request.user, at=timezone.now())
    except NotAttachable as error:
        messages.warning(request, _("The file itself was not attached to the document. %s") % error)
    if "record" in request.POST:  # the step's own page says who may take it, and asks for the source
        return redirect("workflow_admin:move", page.pk, "record")
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def throw_away(request: HttpRequest, imported_id: int) -> HttpResponse:
    """Of a file that was not brought in. The original of a document stays."""
    imported = _mine(request, imported_id)
    forum = imported.forum
    if imported.state != ImportedFile.State.TAKEN:
        imported.delete()
        messages.success(request, _("“%s” was not brought in.") % imported.name)
    return redirect("wagtailadmin_explore", forum.pk)


@require_safe
def original(request: HttpRequest, imported_id: int) -> HttpResponseBase:
    """The file as it came, for the editors of its forum: it may hold what was left out."""
    imported = _mine(request, imported_id)
    return as_uploaded(
        request, imported.file, name=imported.name, content_type="application/octet-stream", sha256=imported.sha256,
        caching="private, no-cache",
    )  # fmt: skip


def _mine(request: HttpRequest, key: int) -> ImportedFile:
    """A file that this person may bring in. Raises Http404, PermissionDenied."""
    imported = get_object_or_404(ImportedFile.objects.select_related("forum", "page"), pk=key)
    if not imported.forum.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    replaced = imported.page if imported.replaces and imported.state != ImportedFile.State.TAKEN else None
    if replaced is not None and not _may_replace(replaced, request.user):
        raise PermissionDenied
    return imported


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
    if isinstance(page, OutcomePage) and page.pk and (newest := page.imported_files.first()):
        address = reverse("bpf_pages_admin:imported", args=[newest.pk])
        yield Button(_("What was brought in"), address, icon_name="doc-full", priority=65)


def addresses(further: list[Any]) -> list[Any]:
    """register_admin_urls. further: of concepts above, below the same beginning."""
    patterns = [
        *further,
        path("forum/<int:forum_id>/", new_document, name="import_document"),
        path("document/<int:page_id>/", new_text, name="import_text"),
        path("paste/", cleaned, name="paste"),
        path("file/<int:imported_id>/", imported_file, name="imported"),
        path("file/<int:imported_id>/choose/", choose_words, name="choose"),
        path("file/<int:imported_id>/take/", take_in, name="take"),
        path("file/<int:imported_id>/throw-away/", throw_away, name="throw_away"),
        path("file/<int:imported_id>/original/", original, name="original"),
    ]
    return [path("import/", include((patterns, "bpf_pages_admin")))]
