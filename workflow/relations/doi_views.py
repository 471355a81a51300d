"""The admin page on which the DOIs of a document and its editions are entered."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from editions.document.doi import doi_from
from editions.models import Doi, Edition
from editions.services import set_doi
from workflow.access.capabilities_beside_transitions import RELATE, may
from workflow.transitions.governed_pages import governed_page
from workflow.transitions.services import process_of

HELP = gettext_lazy("Such as 10.1234/abcd, or its whole address. Empty: none.")


class DoiForm(forms.Form):
    """A field for the document, and one for each public edition. names: identifier of each."""

    def __init__(self, series: str, editions: list[str], data: Any, known: dict[str, str]) -> None:
        super().__init__(data, initial=known)
        for name in (series, *editions):
            label = _("All editions, %s") % name if name == series else name
            self.fields[name] = forms.CharField(label=label, required=False, max_length=220, help_text=HELP)

    def clean(self) -> dict[str, Any]:
        """Each DOI as it is kept. Every wrong one is named at its field, and all that was typed stays."""
        given: dict[str, str] = {}
        for name in self.fields:
            text = (self.cleaned_data.get(name) or "").strip()
            try:
                given[name] = doi_from(text) if text else ""
            except ValueError:
                self.add_error(name, _("This is no DOI: it begins with 10. and a number, then a slash and a name."))
        for name, doi in given.items():
            twice = [other for other in given if other != name and doi and given[other] == doi]
            taken = Doi.objects.filter(doi=doi).exclude(name__in=self.fields).values_list("name", flat=True)
            if doi and (other := next(iter([*twice, *taken]), "")):
                self.add_error(name, _("This DOI names %s already. Each names one thing.") % other)
        return given


def dois(request: HttpRequest, page_id: int) -> HttpResponse:
    page = governed_page(request, page_id)
    may_edit = may(request.user, RELATE, page)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    series = process_of(page).series
    editions = Edition.objects.filter(series=series).public().order_by("number").values_list("identifier", flat=True)
    known = Doi.objects.of(series, *editions)
    form = DoiForm(series, list(editions), request.POST or None, known)
    if request.method == "POST" and form.is_valid():
        changed = {name: doi for name, doi in form.cleaned_data.items() if doi != known.get(name, "")}
        _keep(changed, page, request.user)
        messages.success(request, _("The DOIs are kept. Citations and records for harvesters name them now."))
        return redirect("workflow_admin:dois", page.pk)
    context = {"page": page, "form": form, "rows": known.items(), "may_edit": may_edit}
    return render(request, "workflow/relations/admin_dois.html", context)


@transaction.atomic
def _keep(changed: dict[str, str], page: Any, user: Any) -> None:
    """Taken away before they are given: two editions may have had each other's."""
    now = timezone.now()
    for name in changed:
        set_doi(name, "", now)
    for name, doi in changed.items():
        if doi:
            set_doi(name, doi, now)
        log(instance=page, action="bpf.doi", user=user, data={"doi": f"{name}: {doi}"})
