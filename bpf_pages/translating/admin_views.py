"""Admin view of the translations of a document: which there are, how far each is behind, and the next one."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page

from bpf_pages.models.outcome import OutcomePage
from bpf_pages.translating.forms import TranslationForm
from bpf_pages.translating.services import begin, renew, translations_in_work
from editions.translations import translated


def translations(request: HttpRequest, page_id: int) -> HttpResponse:
    """Of an original: its translations, and a form that begins another. Of a translation: what it translates."""
    page = _page(request, page_id)
    may_begin = page.get_parent().permissions_for_user(request.user).can_add_subpage()
    if request.method == "POST" and not may_begin:
        raise PermissionDenied
    form = TranslationForm(page, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = begin(page, form.chosen, form.cleaned_data["language"], user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _(
                "The translation is a draft with the words of the original. Write over them, paragraph by paragraph."
            )
            messages.success(request, said)
            return redirect("wagtailadmin_pages:edit", made.pk)
    context = {
        "page": page,
        "form": form if may_begin and not page.translates and form.editions else None,
        "no_edition": not page.translates and not form.editions,
        "rows": [(each, translated(each.translates)) for each in translations_in_work(page)],
        "translated": translated(page.translates),
        "may_renew": _may_write(page, request.user),
    }
    return render(request, "bpf_pages/translating/admin_translations.html", context, status=422 if form.errors else 200)


@require_POST
def bring_up_to_date(request: HttpRequest, page_id: int) -> HttpResponse:
    """A draft of a translation takes over what the newest edition of its original changed."""
    page = _page(request, page_id)
    if not _may_write(page, request.user):
        raise PermissionDenied
    found = translated(page.translates)
    if found is None:
        raise Http404
    if not found.is_behind or found.newest is None:
        messages.warning(request, _("The original has no newer edition."))
        return redirect("bpf_pages_translating:translations", page.pk)
    try:
        waiting = renew(page, found.newest, user=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("bpf_pages_translating:translations", page.pk)
    said = ngettext(
        "The draft follows %(identifier)s now. %(count)d paragraph was changed there: its new words stand before your "
        "former translation, which is marked. Translate them, and take the mark away.",
        "The draft follows %(identifier)s now. %(count)d paragraphs were changed there: their new words stand before "
        "your former translations, which are marked. Translate them, and take the marks away.",
        waiting,
    )  # fmt: skip
    messages.success(request, said % {"identifier": found.newest.identifier, "count": waiting})
    return redirect("wagtailadmin_pages:edit", page.pk)


def _page(request: HttpRequest, page_id: int) -> OutcomePage:
    """Raises Http404, and PermissionDenied for a person who may not edit it."""
    page = get_object_or_404(OutcomePage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _may_write(page: OutcomePage, user: Any) -> bool:
    tester = page.permissions_for_user(user)
    return bool(tester.can_edit() and not tester.page_locked())


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """register_page_header_buttons"""
    if isinstance(page, OutcomePage) and page.pk and page.permissions_for_user(user).can_edit():
        address = reverse("bpf_pages_translating:translations", args=[page.pk])
        yield Button(_("Translations"), address, icon_name="site", priority=66)


def addresses() -> list[Any]:
    """register_admin_urls"""
    patterns = [
        path("<int:page_id>/", translations, name="translations"),
        path("<int:page_id>/bring-up-to-date/", bring_up_to_date, name="bring_up_to_date"),
    ]
    return [path("translations/", include((patterns, "bpf_pages_translating")))]
