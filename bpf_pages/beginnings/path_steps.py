"""The two steps of the guided path that make pages; apps.ready() imports them, and they register themselves."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpf_pages.beginnings import services
from bpf_pages.beginnings.forms import DocumentForm, PageForm
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage
from workflow.access.capabilities_beside_transitions import is_secretariat
from workflow.forums.guided_path import PathStep, Taken, address_of, path_step


@path_step(20)
class ThePage(PathStep):
    name = "page"
    label = gettext_lazy("The page")
    explanation = gettext_lazy(
        "Title, scope, year and theme are taken from the proposal; the page of the year is made with the first forum. "
        "Drafts below it are seen by the forum's people alone."
    )
    button = gettext_lazy("Make the page")
    after = ("decision",)

    def is_mine(self) -> bool:
        return is_secretariat(self.user)

    def is_done(self) -> bool:
        return self.forum.page is not None

    def found(self) -> list[tuple[str, str]]:
        page = self.forum.page
        return [(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]))] if page else []

    def form(self, data: Any = None) -> PageForm | None:
        return PageForm(self.forum, data, prefix=self.name) if self.forum.page is None else None

    def take(self, form: PageForm, at: datetime) -> Taken:
        said = form.cleaned_data
        page = services.make_page(self.forum, **said, continues=[form.before] if form.before else [])
        return Taken(_("The page “%s” was made.") % page.title)


@path_step(60)
class FirstDocument(PathStep):
    name = "document"
    label = gettext_lazy("The first document")
    explanation = gettext_lazy("An initial draft, which the forum's people write and nobody else sees.")
    button = gettext_lazy("Begin the document")
    whose = gettext_lazy("The people of the forum take this step.")
    after = ("page",)
    template_name = "bpf_pages/beginnings/admin_path_document.html"

    def is_mine(self) -> bool:
        page = self.forum.page
        return bool(page and page.permissions_for_user(self.user).can_add_subpage())

    def is_done(self) -> bool:
        return bool(self.forum.page and OutcomePage.objects.child_of(self.forum.page).exists())

    def found(self) -> list[tuple[str, str]]:
        drafts = OutcomePage.objects.child_of(self.forum.page) if self.forum.page else OutcomePage.objects.none()
        return [(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk])) for page in drafts.order_by("path")]

    def shortcuts(self) -> list[tuple[str, str]]:
        return [
            (_("Begin a document"), address_of(self.forum, f"id_{self.name}-title")),
            (_("Import a document"), reverse("bpf_pages_admin:import_document", args=[self.forum.page_id])),
        ]

    def form(self, data: Any = None) -> DocumentForm | None:
        page = self._page()
        return DocumentForm(page, data, prefix=self.name) if page else None

    def take(self, form: DocumentForm, at: datetime) -> Taken:
        said = form.cleaned_data
        made = services.begin_document(
            form.forum, title=said["title"], language=said["language"], body=form.body(), user=self.user
        )
        return Taken(_("“%s” is begun.") % made.title, reverse("wagtailadmin_pages:edit", args=[made.pk]))

    def _page(self) -> ForumPage | None:
        found = self.forum.page.specific if self.forum.page else None
        return found if isinstance(found, ForumPage) else None
