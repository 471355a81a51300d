"""Admin views of the guided path: all its steps on one page, and the one that is taken."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from workflow.forums.admin_views import found_forum
from workflow.forums.guided_path import Standing, address_of, path_of
from workflow.forums.models import Forum
from workflow.forums.states import ForumState


@require_safe
def guided_path(request: HttpRequest, forum_id: int) -> HttpResponse:
    forum = found_forum(request, forum_id)
    return _shown(request, forum, path_of(forum, request.user))


@require_POST
def take_step(request: HttpRequest, forum_id: int, name: str) -> HttpResponse:
    """A step that is not open any more was taken by somebody else meanwhile: the page shows what there is now."""
    forum = found_forum(request, forum_id)
    path = path_of(forum, request.user)
    standing = next((row for row in path if row.step.name == name), None)
    if standing is None:
        raise Http404
    if not standing.step.is_mine():
        raise PermissionDenied
    form = standing.step.form(request.POST) if standing.is_open else None
    if form is None:
        messages.warning(request, _("This step is not open. The page shows where the forum stands now."))
        return redirect(address_of(forum))
    if form.is_valid():
        try:
            taken = standing.step.take(form, timezone.now())
        except ValidationError as error:
            _add_to(form, error)
        else:
            messages.success(request, taken.said)
            return redirect(taken.address or address_of(forum, "next-step"))
    return _shown(request, forum, path, {name: form}, status=422)


def _add_to(form: Any, error: ValidationError) -> None:
    """What a page refuses may lie in a field that the form does not show."""
    form.add_error(None, ValidationError(error.messages))


def _shown(
    request: HttpRequest, forum: Forum, path: list[Standing], bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    rows = [
        {"standing": row, "form": (bound or {}).get(row.step.name) or (row.step.form() if row.is_open else None),
         "more": row.step.context(), "bound": row.step.name in (bound or {})}
        for row in path
    ]  # fmt: skip
    context = {
        "forum": forum,
        "rows": rows,
        "state": ForumState(forum.state),
        "count": sum(row.is_done for row in path),
        "back": address_of(forum),
    }
    return render(request, "workflow/forums/admin_path.html", context, status=status)
