"""Admin views of what a document has to do with others: relations, and links that lead to it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from core.form_fields import LineField
from editions.models import BY_STEPS, Relation, RelationKind
from workflow.access.capabilities_beside_transitions import RELATE, may
from workflow.relations.incoming_links import exists, links_to, relations_of
from workflow.transitions.governed_pages import governed_page
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

BY_HAND = [(kind.value, kind.label) for kind in RelationKind if kind not in BY_STEPS]


class RelationForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("This document"), choices=BY_HAND)
    target = forms.CharField(
        label=gettext_lazy("Identifier of the other document"),
        max_length=120,
        help_text=gettext_lazy("As printed on it, such as BPF-2014-SPAM or BPF-2014-SPAM-E2."),
    )
    note = LineField(label=gettext_lazy("Note"), required=False, max_length=500)

    def __init__(self, series: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._series = series

    def clean_target(self) -> str:
        target = self.cleaned_data["target"].strip().upper()
        if target == self._series or target.startswith(f"{self._series}-E"):
            raise forms.ValidationError(_("A document has no relation to itself."))
        if not exists(target):
            raise forms.ValidationError(_("The library has no document of this identifier."))
        return target


def _document(request: HttpRequest, page_id: int) -> tuple[Any, Process]:
    page = governed_page(request, page_id)
    if request.method == "POST" and not may(request.user, RELATE, page):
        raise PermissionDenied
    return page, process_of(page)


def relations(request: HttpRequest, page_id: int) -> HttpResponse:
    page, process = _document(request, page_id)
    form = RelationForm(process.series, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                row = Relation.objects.create(source=process.series, **form.cleaned_data)
                _note(page, request.user, str(row))
        except IntegrityError:
            messages.warning(request, _("This relation stands already."))
        return redirect("workflow_admin:relations", page.pk)
    context = {
        "page": page,
        "process": process,
        "form": form,
        "rows": relations_of(process.series),
        "links": links_to(process, request.user),
        "may_edit": may(request.user, RELATE, page),
    }
    return render(request, "workflow/relations/admin_relations.html", context)


@require_POST
def remove(request: HttpRequest, page_id: int, relation_id: int) -> HttpResponse:
    """Only what was entered by hand at this document; what a step made belongs to the record."""
    page, process = _document(request, page_id)
    row = get_object_or_404(Relation, pk=relation_id, source=process.series)
    with transaction.atomic():
        _note(page, request.user, _("removed: %s") % row)
        row.delete()
    return redirect("workflow_admin:relations", page.pk)


def _note(page: Any, user: Any, what: str) -> None:
    log(instance=page, action="bpf.relation", user=user, data={"relation": what})
