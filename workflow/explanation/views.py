"""Views that explain how documents move: the public page and the admin's help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workflow.explanation import context as explanation


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    breadcrumb = [(_("Home"), "/"), (_("How it works"), request.path)]
    return render(request, "workflow/explanation/how_it_works.html", explanation.context() | {"breadcrumb": breadcrumb})


def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "workflow/explanation/admin_help.html", explanation.context())
