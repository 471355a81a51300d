"""Pages whose publication the workflow governs: every other road to publish, move or delete them is closed.

Every route by which stock Wagtail publishes, unpublishes, schedules, copies, moves or deletes a page is closed here
for governed pages (the list and how each was found: docs/architecture.md, "Closed routes"). Views, bulk actions and
the admin API all ask the permission tester; code asks publish() and unpublish(). Superusers are bound too.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock, BasicLock
from wagtail.models import Page, PagePermissionTester

from core.form_fields import tidy_lines
from editions.models import Edition
from editions.services import Draft
from workflow.access.role_holders import roles_of
from workflow.states import SETTLED, Role, State
from workflow.transitions.models import Process


def has_editions(page: Page) -> bool:
    """Whether anything was ever published from this page or a page below it."""
    return Edition.objects.filter(page__path__startswith=page.path).exists()


class CannotReword(Exception):
    """A passage of a working text cannot be given other words by a program. The message tells an editor why."""


class GovernedPermissionTester(PagePermissionTester):
    """A governed page is edited like any other; all that changes what the public sees is a move."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not has_editions(self.page)

    def can_move(self) -> bool:
        return super().can_move() and not has_editions(self.page)

    def can_move_to(self, destination: Page) -> bool:
        return super().can_move_to(destination) and not has_editions(self.page)


class KeepingPermissionTester(PagePermissionTester):
    """A page above governed ones may not vanish from under their addresses, nor publish them when they are made."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not has_editions(self.page)

    def can_move(self) -> bool:
        return super().can_move() and not has_editions(self.page)

    def can_move_to(self, destination: Page) -> bool:
        return super().can_move_to(destination) and not has_editions(self.page)

    def can_publish_subpage(self) -> bool:
        allowed = self.page.specific_class.allowed_subpage_models() if self.page.specific_class else []
        governed = any(issubclass(model, GovernedPage) for model in allowed)
        return super().can_publish_subpage() and not governed


class SettledLock(BaseLock):
    """The working text is closed while the document is final or withdrawn; says which step opens it again."""

    def for_user(self, user: Any) -> bool:
        prepares_correction = self._state == State.FINAL and Role.SECRETARIAT in self._roles(user)
        return not prepares_correction

    def get_message(self, user: Any) -> str:
        if not self.for_user(user):
            text = _("This outcome is final. What you change here becomes public only by “Publish a correction”.")
        elif self._state == State.WITHDRAWN:
            text = _("This document was withdrawn. The Secretariat can reinstate it as a draft.")
        elif self._roles(user) & {Role.FACILITATOR}:
            text = _("This outcome is final and its text is closed. Choose “Begin a revision” to open it again.")
        else:
            text = _("This outcome is final and its text is closed. Its facilitators can begin a revision.")
        return format_html("<p><b>{}</b></p>", text)

    def get_icon(self, user: Any, can_lock: bool = False) -> str:
        return "lock"

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return str(self.get_message(user))

    @property
    def _state(self) -> str:
        return str(self.object.process.state)

    def _roles(self, user: Any) -> frozenset[Role]:
        return roles_of(user, self.object)


class HeldLock(BasicLock):
    """Wagtail's own lock, which says besides where its holder is asked for the text, or it is taken over."""

    def get_message(self, user: Any) -> str:
        said = super().get_message(user)
        if self.object.locked_by_id in (None, user.pk):
            return str(said)
        address = reverse("workflow_admin:lock", args=[self.object.pk])
        return format_html('{} <a href="{}">{}</a>', said, address, _("Ask for it, or take it over"))


class KeepsAddresses(Page):
    """Refuses a change of slug once something was published at or below the old address."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        tidy_lines(self)
        stored = Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first() if self.pk else None
        if stored and stored != self.slug and has_editions(self):
            message = _("Editions were published at this address, and published addresses never change: keep “%s”.")
            raise ValidationError({"slug": message % stored})


class KeepingPage(KeepsAddresses):
    """A page with governed pages below it (a forum, a year, the library)."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return KeepingPermissionTester(user, self)


class GovernedPage(KeepsAddresses):
    """A page that holds the working text of a document with a process. Subclasses say what the text is."""

    class Meta:
        abstract = True

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: only a move publishes. It must not raise, or `publish_scheduled` would stop for other pages too."""

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Nothing, for the same reason: `withdraw` is the way out."""

    @property
    def status_string(self) -> str:
        """What Wagtail's lists and tags show instead of "live" and "draft"."""
        process = getattr(self, "process", None) if self.pk else None
        return str(State(process.state).label if process else State.DRAFTING.label)

    @classmethod
    def from_serializable_data(cls, data: Any, check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Words of a revision as a page, without a query for each key in them, editors' remarks and all.

        with_content_json() puts the page's own locale, type, owner and remarks in their place. What it leaves is the
        live revision, which only a page has that was published before it was governed.
        """
        check_fks = check_fks and bool(data.get("live_revision"))
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    @property
    def series(self) -> str:
        """Identifier of the document without its edition number."""
        raise NotImplementedError

    def to_draft(self) -> Draft:
        """The text and metadata of this object (usually made from the latest revision), ready to be frozen."""
        raise NotImplementedError

    def reword(self, key: str, wording: str) -> None:
        """Give the passage `key` of this object other words; all other words, and their marks, stay. Lines after the
        first become paragraphs behind it. Raises CannotReword, and then nothing was changed."""
        raise NotImplementedError

    def answers(self) -> dict[str, str]:
        """What the working text knows of what steps ask for, by the name of the field: their forms begin with it."""
        return {}

    def take_over(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Set the fields of the working text that the form of a step fills. Answers them by name, as they are kept."""
        return {}

    def get_latest_revision_as_object(self) -> Any:
        """The newest working text. Wagtail would read the page a second time to hang the words of a revision on it."""
        revision = self.get_latest_revision() if self.has_unpublished_changes else None
        return self.with_content_json(revision.content) if revision else self.specific

    def clean(self) -> None:
        super().clean()
        if self.go_live_at or self.expire_at:
            raise ValidationError(_("Outcome documents are not scheduled; choose a step in the page menu instead."))

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return GovernedPermissionTester(user, self)

    def get_lock(self) -> BaseLock | None:
        process = Process.objects.filter(page_id=self.pk).first() if self.pk else None
        if process and process.state in SETTLED:
            return SettledLock(self)
        lock = super().get_lock()
        return HeldLock(self) if isinstance(lock, BasicLock) else lock


def governed(page_id: int, *, lock: bool = False) -> GovernedPage | None:
    """The governed page with this key as an object of its own class: one query where Wagtail needs two.

    lock: nobody else may write it until the end of the transaction. Without it the page comes with its process.
    """
    for model in governed_classes():
        rows = model._default_manager.all()
        rows = rows.select_for_update(no_key=True) if lock else rows.select_related("process")
        with suppress(model.DoesNotExist):
            return rows.get(pk=page_id)
    return None


def governed_classes() -> tuple[type[GovernedPage], ...]:
    """Every page type whose text moves, in whichever room it is."""
    return tuple(_classes_of(GovernedPage))


def _classes_of(model: type[GovernedPage]) -> Iterator[type[GovernedPage]]:
    if not model._meta.abstract:
        yield model
    for below in model.__subclasses__():
        yield from _classes_of(below)


def governed_page(request: HttpRequest, page_id: int) -> Page:
    """The governed page with this id. Raises Http404, and PermissionDenied for a person who may not edit it."""
    page = governed(page_id)
    if page is None:
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page
