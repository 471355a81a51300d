"""Text that comes in from a tab while others saved, or while a step was taken: it is kept, and the person is told.

What others saved meanwhile is brought together with it (`tabs`). After a step it is a draft behind the text that was
frozen or, once the document is closed, a version beside its working text.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, Revision

from core.datetimes import in_words
from core.languages.lists import listed
from editions.comparison.inner_keys import inner_key
from editions.document.collision_marks import is_marked
from editions.document.passages import Passage, label_of, passages
from workflow.access.role_holders import name_of
from workflow.editor import tabs
from workflow.editor.presence import LONGEST_LABEL
from workflow.transitions.governed_pages import GovernedPage
from workflow.transitions.guards import block_address
from workflow.transitions.models import TransitionLog
from workflow.transitions.revisions import row_of

MOST_PLACES = 12
"""So many places of a text are named one by one."""


def before_edit(request: HttpRequest, page: Page) -> HttpResponse | None:
    """before_edit_page. The page in this hook is about to be filled from the form: another copy of it is used here."""
    if not isinstance(page, GovernedPage):
        return None
    if request.method == "GET" and not request.GET.get("_w_hydrate_create_view"):
        page.editor_tab = tabs.opened(page, request.user)
    if not _saves_by_hand(request):
        return None
    lock = page.get_lock()
    if lock is not None and lock.for_user(request.user):
        kept = _keep_beside(request, page)
        if kept is not None:
            said = _("Nothing of the document was changed. What you wrote is kept as a version in the page's history.")
            address = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, kept.pk])
            messages.warning(request, said, buttons=[messages.button(address, _("Look at it"))])
    elif (row := _frozen_since(page, _loaded_at(request))) is not None:
        request.overtaken_by = row  # type: ignore[attr-defined]
    return None


def after_edit(request: HttpRequest, page: Page) -> None:
    """after_edit_page"""
    saving: tabs.Saving | None = getattr(page, "saving", None)
    if saving is not None:
        tabs.note_saved(page, saving)
    if not _saves_by_hand(request):
        return
    if saving is not None and saving.is_merged:
        _tell_what_came_in(request, page, saving)
    if saving is not None and saving.was_parted:
        said = _("A long text stands in several blocks now, so that writing stays quick. No word of it was changed.")
        messages.info(request, said)
    row: TransitionLog | None = getattr(request, "overtaken_by", None)
    if row is not None and row.edition is not None:
        said = _("While you wrote, %(name)s made %(edition)s public (%(when)s). What you wrote is a draft after it.")
        facts = {"name": row.by_name, "edition": row.edition.identifier, "when": in_words(row.at)}
        messages.warning(request, said % facts)


def bind_forms_to_their_text() -> None:
    """Called once from AppConfig.ready().

    Workaround, seen with Wagtail 7.4: EditView binds each form to the newest revision, and no hook can hand it another
    page; so the method is wrapped. tests/workflow/editor/test_two_tabs.py fails when it no longer takes effect.
    """
    stock = EditView.get_object
    if getattr(stock, "binds_forms", False):
        return

    def get_object(self: EditView) -> Page:
        page = stock(self)
        is_posted = self.request.method == "POST" and isinstance(page, GovernedPage)
        return tabs.prepared(self.request, page) if is_posted else page

    get_object.binds_forms = True  # type: ignore[attr-defined]
    EditView.get_object = get_object


def _tell_what_came_in(request: HttpRequest, page: Any, saving: tabs.Saving) -> None:
    """Whose words stand in the text now beside those of the form, and where; what stands there twice."""
    names = [name_of(user) for user in tabs.writers_since(page, saving.since, request.user)]
    who = listed(names) or _("You, in another tab,")
    came, gone = what_differs(saving.own, page)
    said = _("%(who)s saved while you wrote; both texts were brought together.") % {"who": who}
    if came:
        said += " " + _("From there came: %(places)s.") % {"places": listed(came)}
    if gone:
        said += " " + ngettext("%d paragraph was taken out.", "%d paragraphs were taken out.", gone) % gone
    messages.info(request, said)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for passage in passages(page.to_draft().document):
        if is_marked(passage.text):
            said = _("%(place)s: you both changed it. It stands there twice, once in ⟦ ⟧ with the name of its writer.")
            button = messages.button(block_address(edit, passage.key), _("Join the two"))
            messages.warning(request, said % {"place": _place(passage)}, buttons=[button])
    for label, mine in saving.settled:
        said = _("%(field)s: you both changed it. Theirs stays; you had chosen “%(mine)s”.")
        messages.warning(request, said % {"field": label, "mine": mine})


def what_differs(before: Any, now: Any) -> tuple[list[str], int]:
    """(where one text says what the other does not, by paragraph; how many paragraphs it has no more)."""
    old, new = before.to_draft().document, now.to_draft().document
    former = {_name(passage): passage.text for passage in passages(old)}
    current = list(passages(new))
    came = [_("the title")] if old.title != new.title else []
    came += [_place(each) for each in current if former.get(_name(each)) != each.text and not is_marked(each.text)]
    if len(came) > MOST_PLACES:
        more = len(came) - MOST_PLACES
        came = [*came[:MOST_PLACES], ngettext("%d more place", "%d more places", more) % more]
    return came, len(former.keys() - {_name(passage) for passage in current})


def _name(passage: Passage) -> str:
    """The same in whichever block the paragraph stands."""
    return inner_key(passage.kind, passage.key) or passage.key


def _place(passage: Passage) -> str:
    return label_of(passage.number, passage.text[:LONGEST_LABEL])


def _saves_by_hand(request: HttpRequest) -> bool:
    return request.method == "POST" and "application/json" not in request.headers.get("Accept", "")


def _loaded_at(request: HttpRequest) -> datetime | None:
    """When the text was saved that the tab was opened with."""
    return tabs.moment_in(request.POST.get("loaded_revision_created_at", ""))


def _frozen_since(page: Page, loaded_at: datetime | None) -> TransitionLog | None:
    """The newest step that made an edition of this page after a moment."""
    if loaded_at is None or timezone.is_naive(loaded_at):
        return None
    rows = TransitionLog.objects.filter(process__page_id=page.pk, edition__isnull=False, at__gt=loaded_at)
    return rows.select_related("edition").order_by("-ordinal").first()


def _keep_beside(request: HttpRequest, page: Page) -> Revision | None:
    """The posted text as a revision that is not the page's latest, or None where it is no other text or no text."""
    copy: Any = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    before = _text_of(copy)
    form_class = copy.get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=copy, for_user=request.user)
    form.defer_required_fields()
    if not form.is_valid():
        return None
    draft = form.save(commit=False)
    if _text_of(draft) == before:
        return None
    return row_of(draft, draft.serializable_data(), request.user)


def _text_of(page: Any) -> Any:
    draft = page.to_draft()
    return draft.document, draft.metadata
