"""Admin views of catalogues, for the Secretariat: upload, see the dry run, start, watch, put right, go on."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_tasks.base import Task
from wagtail.admin import messages

from bpf_pages.catalogues import services, template_sheet
from bpf_pages.catalogues.columns import COLUMNS
from bpf_pages.catalogues.forms import FilesForm, NewCatalogueForm, SheetForm
from bpf_pages.catalogues.problems import Problem, in_words
from bpf_pages.catalogues.tasks import bring_in, check_catalogue
from bpf_pages.models.catalogue import Catalogue, CatalogueRow
from core.pagination import page_of
from core.plain_text import tidy_line
from files.downloads import as_uploaded
from files.kinds import CONTENT_TYPES
from workflow.access.admin_views import require_secretariat
from workflow.editor.bulk_transitions import MOST as MOST_IN_BULK
from workflow.editor.menu import SecretariatMenuItem

ROWS_A_PAGE = 200
SHEETS_A_PAGE = 50
State = CatalogueRow.State
OF_FILES = frozenset({Problem.FILE_MISSING, Problem.FILES_ALIKE, Problem.UNREADABLE, Problem.ROBOTS, Problem.STATUS,
                      Problem.NO_ANSWER, Problem.TOO_MUCH, Problem.PRIVATE})  # fmt: skip
"""Problems that another file puts right; of the others, all but those of a draft are put right in the sheet."""
OF_DRAFTS = frozenset({Problem.LOOK, Problem.NOT_RECORDED})


def catalogues(request: HttpRequest) -> HttpResponse:
    """All catalogues, and the form that begins one."""
    require_secretariat(request)
    form = NewCatalogueForm(request.POST, request.FILES) if request.method == "POST" else NewCatalogueForm()
    if form.is_bound and form.is_valid():
        sheet, fetches = form.cleaned_data["sheet"], form.cleaned_data["fetches"]
        catalogue = services.begin(
            tidy_line(sheet.name), sheet.read(), user=request.user, at=timezone.now(), fetches=fetches
        )
        services.add_files(catalogue, _named(form.cleaned_data["documents"]))
        _do(check_catalogue, catalogue)
        return redirect("bpf_pages_admin:catalogue", catalogue.pk)
    context = {
        "form": form,
        "catalogues": page_of(request.GET, Catalogue.objects.all(), SHEETS_A_PAGE),
        "columns": COLUMNS,
    }
    return render(
        request, "bpf_pages/catalogues/admin_catalogues.html", context, status=422 if form.errors else 200
    )  # fmt: skip


@require_safe
def catalogue(request: HttpRequest, catalogue_id: int) -> HttpResponse:
    """What became of each row, or would."""
    return _shown(request, _found(request, catalogue_id))


def _shown(request: HttpRequest, found: Catalogue, **forms: Any) -> HttpResponse:
    rows = found.rows.select_related("page", "imported")
    counts = Counter(found.rows.values_list("state", flat=True))
    wanted = request.GET.get("state", "")
    page = page_of(request.GET, rows.filter(state=wanted) if wanted in State else rows, ROWS_A_PAGE)
    context = {
        "catalogue": found,
        "total": sum(counts.values()),
        "settled": sum(counts.values()) - counts[State.WAITING],
        "waiting": counts[State.WAITING],
        "counts": [(state, State(state).label, counts[state]) for state in State.values if counts[state]],
        "new": _new(found),
        "public_at_once": sum(bool(row.plan.get("recorded")) for row in rows.waiting()),
        "page": page,
        "rows": [(row, _told(row)) for row in page],
        "wanted": wanted,
        "record_held": _record_held(found),
        "files": found.files.filter(asked="").order_by("name"),
        "downloads": found.files.exclude(asked="").order_by("-pk"),
        "files_form": forms.get("files_form") or FilesForm(),
        "sheet_form": forms.get("sheet_form") or SheetForm(),
    }
    return render(request, "bpf_pages/catalogues/admin_catalogue.html", context, status=422 if forms else 200)


def _record_held(found: Catalogue) -> str:
    """Address of the bulk step for the drafts that wait for somebody to look at them; "" where there are none."""
    held = found.rows.filter(state=State.HELD).exclude(page=None)
    keys = list(held.values_list("page_id", flat=True)[:MOST_IN_BULK])
    query = urlencode([("move", "record"), *(("id", str(key)) for key in keys)])
    return f"{reverse('workflow_admin:bulk')}?{query}" if keys else ""


def _new(found: Catalogue) -> dict[str, list[str]]:
    """What would be made above the documents, each once."""
    new: dict[str, list[str]] = {"year": [], "forum": [], "theme": []}
    for row in found.rows.waiting():
        for kind, name in row.plan.get("new", []):
            said = f"{row.cells.get('year')}: {name}" if kind == "forum" else name
            if said not in new[kind]:
                new[kind].append(said)
    return new


def _told(row: CatalogueRow) -> list[tuple[str, str, str]]:
    """(problem, what to do, where) of each problem of a row."""
    found = []
    for (code, _detail), words in zip(row.problems, in_words(row.problems), strict=True):
        problem = Problem(code)
        if problem in OF_DRAFTS and row.page_id:
            found.append((words, _("Open the draft"), reverse("wagtailadmin_pages:edit", args=[row.page_id])))
        elif problem in OF_FILES:
            found.append((words, _("Add a file"), "#files"))
        else:
            found.append((words, _("Send a corrected sheet"), "#sheet"))
    return found


@require_POST
def add_files(request: HttpRequest, catalogue_id: int) -> HttpResponse:
    found = _found(request, catalogue_id)
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, found, files_form=form)
    services.add_files(found, _named(form.cleaned_data["documents"]))
    _do(check_catalogue, found)
    return redirect("bpf_pages_admin:catalogue", found.pk)


@require_POST
def replace_sheet(request: HttpRequest, catalogue_id: int) -> HttpResponse:
    found = _found(request, catalogue_id)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, found, sheet_form=form)
    sheet = form.cleaned_data["sheet"]
    services.replace_sheet(found, tidy_line(sheet.name), sheet.read())
    _do(check_catalogue, found)
    return redirect("bpf_pages_admin:catalogue", found.pk)


@require_POST
def start(request: HttpRequest, catalogue_id: int) -> HttpResponse:
    """Begin, or go on after a stop."""
    found = _found(request, catalogue_id)
    if found.rows.waiting().exists():
        services.start(found)
        _do(bring_in, found)
        messages.success(request, _("The outputs are being brought in. You may leave this page and come back."))
    return redirect("bpf_pages_admin:catalogue", found.pk)


@require_POST
def check_again(request: HttpRequest, catalogue_id: int) -> HttpResponse:
    """Judge the rows anew: what could not be downloaded may answer now, what was missing may be here."""
    found = _found(request, catalogue_id)
    _do(check_catalogue, found)
    return redirect("bpf_pages_admin:catalogue", found.pk)


@require_safe
def sheet(request: HttpRequest, catalogue_id: int) -> HttpResponseBase:
    found = _found(request, catalogue_id)
    return as_uploaded(
        request, found.sheet, name=found.name, content_type="application/octet-stream", sha256=found.sha256,
        caching="private, no-cache",
    )  # fmt: skip


@require_safe
def template(request: HttpRequest, form: str) -> HttpResponse:
    """The sheet to fill in."""
    require_secretariat(request)
    content = template_sheet.csv() if form == "csv" else template_sheet.xlsx()
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{template_sheet.NAME}.{form}"'
    return response


def _found(request: HttpRequest, key: int) -> Catalogue:
    require_secretariat(request)
    return get_object_or_404(Catalogue, pk=key)


def _named(files: list[Any]) -> list[tuple[str, Any]]:
    return [(tidy_line(file.name), file) for file in files]


def _do(task: Task[[int], None], found: Catalogue) -> None:
    """By the worker, once what was written is written; at once where there is none."""
    if settings.FILES_BY_WORKER:
        transaction.on_commit(lambda: task.enqueue(found.pk))
    else:
        task.func(found.pk)


def entry() -> SecretariatMenuItem:
    """register_admin_menu_item"""
    address = reverse("bpf_pages_admin:catalogues")
    said = gettext_lazy("Bring in outputs")
    return SecretariatMenuItem(said, address, name="bring-in-outputs", icon_name="upload", order=170)


def addresses() -> list[Any]:
    """Below the addresses of bpf_pages.importing."""
    one = "<int:catalogue_id>/"
    patterns = [
        path("", catalogues, name="catalogues"),
        path("template.xlsx", template, {"form": "xlsx"}, name="catalogue_template"),
        path("template.csv", template, {"form": "csv"}, name="catalogue_template_csv"),
        path(one, catalogue, name="catalogue"),
        path(f"{one}files/", add_files, name="catalogue_files"),
        path(f"{one}sheet/", replace_sheet, name="catalogue_sheet"),
        path(f"{one}start/", start, name="start_catalogue"),
        path(f"{one}check/", check_again, name="check_catalogue"),
        path(f"{one}sheet/original/", sheet, name="catalogue_original"),
    ]
    return [path("catalogues/", include(patterns))]
