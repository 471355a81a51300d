"""What the Wagtail admin shows of the workflow. wagtail_hooks.py only names these functions."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, get_active_log_context
from wagtail.models import Page, PageLogEntry

from workflow.access.role_holders import roles_of
from workflow.states import TRANSITIONS, Role, Transition, moves_from
from workflow.transitions.governed_pages import GovernedPage, has_editions
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import blockers, process_of

STOCK_PUBLISHING_ITEMS = frozenset(
    {"action-publish", "action-unpublish", "action-submit", "action-restart-workflow", "action-cancel-workflow"}
)

ACTIONS = (
    ("doi", gettext_lazy("Enter a DOI"), gettext_lazy("DOI entered")),
    ("relation", gettext_lazy("Change a relation"), gettext_lazy("Relation changed")),
    ("attachment", gettext_lazy("Change an attachment"), gettext_lazy("Attachment changed")),
    ("restore", gettext_lazy("Restore from the recycle bin"), gettext_lazy("Restored from the recycle bin")),
    ("due", gettext_lazy("Set the due date"), gettext_lazy("Due date set")),
)
"""What Wagtail's history of a page calls what happens to a document beside the moves. Registered once a process, and
so said in the language of whoever reads, not of who came first."""


class MoveMenuItem(ActionMenuItem):
    """One possible move. A blocked one leads to the same page, which says what is missing before anything is lost."""

    icon_name = "arrow-right"

    def __init__(self, move: Transition, page: Page, order: int, *, blocked: bool) -> None:
        super().__init__(order)
        self.name = f"action-move-{move.name}"
        self.label = _("%(move)s (not yet possible)") % {"move": move.label} if blocked else str(move.label)
        self._address = reverse("workflow_admin:move", args=[page.pk, move.name])

    def is_shown(self, context: dict[str, Any]) -> bool:
        return bool(context["view"] == "edit")

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return self._address


def offer_moves_instead_of_publish(menu_items: list[ActionMenuItem], request: HttpRequest, context: Any) -> None:
    """construct_page_action_menu: a fresh list per request, since registered items are shared by the whole process."""
    page = context.get("page")
    parent = context.get("parent_page")
    if not isinstance(page, GovernedPage) and not _creates_governed(context, parent):
        return
    menu_items[:] = [item for item in menu_items if item.name not in STOCK_PUBLISHING_ITEMS]
    if not isinstance(page, GovernedPage) or not page.pk:
        return
    process = process_of(page)
    for order, move in enumerate(moves_from(process.state), start=200):
        unmet = blockers(process, move, request.user, with_form=False, in_passing=True)
        if any(item.code == "wrong_role" for item in unmet):
            continue
        blocked = any(not item.soft for item in unmet)
        menu_items.append(MoveMenuItem(move, page, order, blocked=blocked))


def _creates_governed(context: Any, parent: Page | None) -> bool:
    if context.get("view") != "create" or parent is None:
        return False
    allowed = parent.specific_class.allowed_subpage_models() if parent.specific_class else []
    return any(issubclass(model, GovernedPage) for model in allowed)


def keep_moved_pages_with_editions(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """before_move_page: stock Wagtail would answer with an error page for a page further up."""
    if not has_editions(page):
        return None
    said = _("“%s” stays where it is: editions were published at or below it, and their addresses never change.")
    messages.error(request, said % page.get_admin_display_title())
    return redirect("wagtailadmin_pages:edit", page.pk)


def keep_bulk_moved_pages_with_editions(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """before_bulk_action: one page that has to stay stops the whole move, and is named."""
    if action_type != "move" or not objects or not isinstance(objects[0], Page):
        return None
    refusals = (keep_moved_pages_with_editions(request, page, page) for page in objects)
    return next((refusal for refusal in refusals if refusal is not None), None)


def say_where_drafts_lie(request: HttpRequest, page: Page) -> None:
    """after_delete_page: a deleted draft is not lost."""
    if isinstance(page, GovernedPage):
        said = ngettext("It lies in the recycle bin for %d day.", "It lies in the recycle bin for %d days.",
                        settings.RECYCLE_DAYS)  # fmt: skip
        button = messages.button(reverse("workflow_admin:recycle_bin"), _("Recycle bin"))
        messages.info(request, said % settings.RECYCLE_DAYS, buttons=[button])


def say_where_bulk_deleted_drafts_lie(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """after_bulk_action"""
    if action_type == "delete" and any(isinstance(page, GovernedPage) for page in objects):
        say_where_drafts_lie(request, next(page for page in objects if isinstance(page, GovernedPage)))


def describe_moves(actions: LogActionRegistry) -> None:
    """register_log_actions: each move shows in Wagtail's own page history too. Ours is the record."""
    for move in TRANSITIONS.values():
        actions.register_action(f"bpf.{move.name}", move.label, move.label)
    for name, label, message in ACTIONS:
        actions.register_action(f"bpf.{name}", label, message)


def note_in_page_history(sender: type[Process], process: Process, row: TransitionLog, **kwargs: Any) -> None:
    """Receiver of `moved`.

    Wagtail's log() asks the database whether user, page and type of page exist; this transaction has read all three.
    """
    page = process.page
    if page is None:
        return
    entry = PageLogEntry(
        page=page,
        content_type_id=page.content_type_id,
        label=page.get_admin_display_title(),
        action=f"bpf.{row.name}",
        user=row.by,
        uuid=get_active_log_context().uuid,
        timestamp=timezone.now(),
        data={"reason": row.reason},
    )
    PageLogEntry.objects.bulk_create([entry])


def help_entry() -> MenuItem:
    """register_help_menu_item"""
    return MenuItem(
        gettext_lazy("How documents move"),
        reverse("workflow_admin:help"),
        name="how-documents-move",
        icon_name="help",
        order=10,
    )


def forums_entry() -> MenuItem:
    """register_admin_menu_item"""
    return MenuItem(
        gettext_lazy("Forums"), reverse("workflow_admin:forums"), name="forums", icon_name="group", order=150
    )


def sessions_entry() -> MenuItem:
    """register_admin_menu_item"""
    return MenuItem(
        gettext_lazy("Sessions"), reverse("workflow_admin:sessions"), name="sessions", icon_name="calendar", order=160
    )


class SecretariatMenuItem(MenuItem):
    """An entry of the Secretariat's desk."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Role.SECRETARIAT in roles_of(request.user, None)


def roles_entry() -> MenuItem:
    """register_settings_menu_item"""
    return SecretariatMenuItem(
        gettext_lazy("Who may do what"),
        reverse("workflow_admin:roles"),
        name="who-may-do-what",
        icon_name="group",
        order=10,
    )


def people_entry() -> MenuItem:
    """register_settings_menu_item"""
    return SecretariatMenuItem(
        gettext_lazy("People"), reverse("workflow_admin:people"), name="people", icon_name="user", order=9
    )


def clock_entry() -> MenuItem:
    """register_reports_menu_item"""
    return MenuItem(
        gettext_lazy("What the clock will do"),
        reverse("workflow_admin:clock"),
        name="what-the-clock-will-do",
        icon_name="time",
        order=15,
    )


def sign_ins_entry() -> MenuItem:
    """register_reports_menu_item"""
    return SecretariatMenuItem(
        gettext_lazy("Sign-ins"), reverse("workflow_admin:sign_ins"), name="sign-ins", icon_name="key", order=16
    )


def wordings_entry() -> MenuItem:
    """register_settings_menu_item"""
    return SecretariatMenuItem(
        gettext_lazy("Wording of notices"),
        reverse("workflow_admin:wordings"),
        name="wording-of-notices",
        icon_name="mail",
        order=30,
    )


def bin_entry() -> MenuItem:
    """register_reports_menu_item"""
    address = reverse("workflow_admin:recycle_bin")
    return MenuItem(gettext_lazy("Recycle bin"), address, name="recycle-bin", icon_name="bin", order=20)


def admin_style() -> str:
    """insert_global_admin_css: the first page of the admin shows the queue too."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/workflow.css"))


def admin_script() -> str:
    """insert_global_admin_js: instants get the time of the device beside them."""
    return format_html('<script type="module" src="{}"></script>', static("js/local-times.js"))


def admin_addresses() -> list[URLPattern | URLResolver]:
    return [path("workflow/", include("workflow.admin_urls"))]
