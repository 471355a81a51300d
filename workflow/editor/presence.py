"""Says in the page editor who else is in this text, at which paragraph, and who saved: by Wagtail's own polling.

Wagtail tells who has the page open. Here is added where they are, and taken out what is untrue of a governed page: that
saving writes over what others saved (`tabs`).
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.admin.views import editing_sessions
from wagtail.admin.views.pages.edit import EditView

from editions.document.passages import label_of, passages
from workflow.access.role_holders import name_of
from workflow.editor import tabs
from workflow.editor.models import EditorTab
from workflow.transitions.governed_pages import GovernedPage, governed_page

HERE = timedelta(minutes=1)
"""Who was not heard of for so long is not in the text any more; the browser calls every ten seconds."""
LABELS_KEPT = 600  # seconds
LONGEST_LABEL = 60  # letters of a heading


def poll_for_places() -> None:
    """Called once from AppConfig.ready().

    Workaround, seen with Wagtail 7.4: the address that the editor polls cannot be set, so the method that makes it is
    wrapped. tests/workflow/editor/test_two_tabs.py fails when it no longer takes effect.
    """
    stock: Callable[[EditView], EditingSessionsModule] = EditView.get_editing_sessions
    if getattr(stock, "asks_for_places", False):
        return

    def get_editing_sessions(self: EditView) -> EditingSessionsModule:
        module = stock(self)
        if isinstance(self.page, GovernedPage) and (token := _token(self.page)):
            module.ping_url = _address(self.page.pk, module.current_session.pk, token)
            module.revision_id = module.revision_created_at = None  # no warning that saving writes over others' words
        return module

    get_editing_sessions.asks_for_places = True  # type: ignore[attr-defined]
    EditView.get_editing_sessions = get_editing_sessions


def _token(page: Any) -> str:
    saving: tabs.Saving | None = getattr(page, "saving", None)
    if saving is not None and saving.tab is not None:
        return saving.tab.token
    return str(getattr(page, "editor_tab", ""))


def _address(page_id: int, session_id: int, token: str) -> str:
    return reverse("workflow_admin:ping", args=[page_id, session_id, token])


@require_POST
def ping(request: HttpRequest, page_id: int, session_id: int, token: str) -> HttpResponse:
    """Wagtail's answer, with the places of the others."""
    page: Any = governed_page(request, page_id)
    tab = get_object_or_404(EditorTab, token=token, page_id=page_id, user_id=request.user.pk)
    answer = editing_sessions.ping(request, "wagtailcore", "page", str(page_id), session_id)
    if answer.status_code != 200:
        return answer  # type: ignore[no-any-return]
    tab.place = request.POST.get("place", "")[:80].replace("\x00", "")
    tab.seen_at = timezone.now()
    tab.save(update_fields=["place", "seen_at"])
    found = json.loads(answer.content)
    found["ping_url"] = _address(page_id, found["session_id"], token)
    others = others_in(page, tab)
    saved = [name_of(user) for user in tabs.writers_since(page, tab.since, request.user)]
    found["html"] += render_to_string("workflow/editor/admin_presence.html", {"others": others, "saved": saved})
    return JsonResponse(found)


def others_in(page: GovernedPage, tab: EditorTab) -> list[tuple[str, str]]:
    """(name, paragraph or "") of everybody else who has this text open, in the order in which they came."""
    rows = EditorTab.objects.filter(page_id=page.pk, seen_at__gte=timezone.now() - HERE).exclude(user_id=tab.user_id)
    newest = {row.user_id: row for row in rows.select_related("user").order_by("seen_at").defer("posted")}
    found = sorted(newest.values(), key=lambda row: row.pk)
    labels = _labels(page) if any(row.place for row in found) else {}
    return [(name_of(row.user), labels.get(row.place) or labels.get(row.place.split(".")[0], "")) for row in found]


def _labels(page: GovernedPage) -> dict[str, str]:
    """{key of a passage, or of a block: what its paragraph is called} in the newest text."""
    stamp = page.latest_revision_created_at.timestamp() if page.latest_revision_created_at else 0
    name = f"editor-places:{page.pk}:{page.latest_revision_id}:{stamp}"
    known: dict[str, str] | None = cache.get(name)
    if known is None:
        known = _labels_of(page)
        cache.set(name, known, LABELS_KEPT)
    return known


def _labels_of(page: GovernedPage) -> dict[str, str]:
    found: dict[str, str] = {}
    for passage in passages(page.get_latest_revision_as_object().to_draft().document):
        label = label_of(passage.number, passage.text[:LONGEST_LABEL])
        found[passage.key] = label
        found.setdefault(passage.key.split(".")[0], label)
    return found
