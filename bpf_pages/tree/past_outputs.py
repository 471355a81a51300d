"""Where outputs of past years stand: year, forum and theme, made once and found ever after; and recorded once.

The sample library and catalogues that people bring in go this way. Everything here is idempotent.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from bpf_pages.models.forum import ForumPage
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.theme import ThemePage
from bpf_pages.tree.fixed_pages import ensure_tree
from editions.document.identifiers import code_from, numbered_slug
from editions.document.metadata import FICTITIOUS_YEAR
from editions.models import Edition
from workflow.access.role_holders import ensure_secretariat
from workflow.states import State
from workflow.transitions.models import TransitionLog
from workflow.transitions.services import perform, process_of

LOADER_NAME = "library-loader"
MOST_FORUMS_ALIKE = 50  # forums of a year whose codes begin alike


def loader() -> Any:
    """The account that brings in what no person brings in. It belongs to the Secretariat and nobody can sign in to
    it."""
    user, created = get_user_model().objects.get_or_create(
        username=LOADER_NAME, defaults={"first_name": "Library", "last_name": "loader"}
    )
    if created:
        user.set_unusable_password()
        user.save()
    user.groups.add(ensure_secretariat())
    return user


def ensure_meeting(year: int, **facts: Any) -> MeetingPage:
    """The page of a year. facts: of the page, where it is made now."""
    if known := MeetingPage.objects.filter(year=year).first():
        return known
    title = f"{year} (fictitious)" if year == FICTITIOUS_YEAR else f"IGF {year}"
    added: MeetingPage = ensure_tree().library.add_child(
        instance=MeetingPage(title=title, slug=str(year), year=year, **facts)
    )
    return added


def forum_at(year: int, slug: str) -> ForumPage | None:
    meeting = MeetingPage.objects.filter(year=year).first()
    return ForumPage.objects.child_of(meeting).filter(slug=slug).first() if meeting else None


def add_forum(
    year: int, *, slug: str, themes: Iterable[ThemePage], code: str = "", continues: Iterable[ForumPage] = (),
    **facts: Any,
) -> ForumPage:  # fmt: skip
    """A forum's page below its year. code: by default of the slug, numbered where another forum of the year has it."""
    meeting = ensure_meeting(year)
    taken = set(ForumPage.objects.child_of(meeting).values_list("code", flat=True))
    free = (numbered_slug(slug, number) for number in range(1, MOST_FORUMS_ALIKE))
    slug = next((each for each in free if (code or code_from(each)) not in taken), slug)
    page = ForumPage(slug=slug, code=code or code_from(slug), **facts)
    page.themes.set(themes)
    page.continues.set(continues)
    added: ForumPage = meeting.add_child(instance=page)
    return added


def ensure_theme(slug: str, title: str, **facts: Any) -> ThemePage:
    parent = ensure_tree().themes
    if known := ThemePage.objects.child_of(parent).filter(slug=slug).first():
        return known
    added: ThemePage = parent.add_child(instance=ThemePage(title=title, slug=slug, **facts))
    return added


def record_once(page: OutcomePage, user: Any, **data: Any) -> TransitionLog | None:
    """Record a draft as an output adopted elsewhere, unless something of it was published before.

    Raises workflow.transitions.services.Refused.
    """
    process = process_of(page)
    if process.state != State.DRAFTING or Edition.objects.filter(series=process.series).exists():
        return None
    return perform(process, "record", user, data=data)
