"""The entries of masthead and foot: years, themes, standing pages. Two queries a page, whatever the library holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from bpf_pages.models.library import MeetingPage
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemePage
from bpf_pages.wordings.models import Wording, wordings_in
from core.languages.template_tags import OWN, tongue
from core.prepared_queries import prepared
from editions.document.metadata import FICTITIOUS_YEAR

MOST_YEARS = 40
MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    address: str


def navigation_entries() -> dict[str, Any]:
    """`years` newest first, without the fictitious one; `themes` and `standing` by title.

    `wordings`: page -> its words in the reader's language. `theme_names`: slug of a theme -> its name there, marked.
    `forum_names`: year and slug of a forum -> its title there and the language.
    """
    language = get_language() or OWN
    wordings = wordings_in(language)
    kinds = ContentType.objects.get_for_models(ThemePage, StandardPage)
    found: dict[str, list[Entry]] = {"themes": [], "standing": []}
    theme_names = {}
    for pk, slug, title, kind in _pages_of(kinds[ThemePage].pk, kinds[StandardPage].pk):
        theme = kind == kinds[ThemePage].pk
        told = wordings.get(pk)
        label = tongue(told.title, language) if told else tongue(title)
        entry = Entry(label, f"/themes/{slug}/" if theme else f"/{slug}/")
        if theme:
            theme_names[slug] = entry.label
        found["themes" if theme else "standing"].append(entry)
    return {
        "years": tuple(Entry(str(year), f"/library/{year}/") for year in _years()),
        "themes": tuple(found["themes"][:MOST_OTHERS]),
        "standing": tuple(found["standing"][:MOST_OTHERS]),
        "wordings": wordings,
        "theme_names": theme_names,
        "forum_names": dict(_forum_names(wordings.values())),
    }


@prepared
def _years() -> "QuerySet[MeetingPage, int]":
    shown = MeetingPage.objects.live().exclude(year=FICTITIOUS_YEAR)
    return shown.order_by("-year").values_list("year", flat=True)[:MOST_YEARS]


@prepared
def _pages_of(themes: int, standing: int) -> "QuerySet[Page, tuple[int, str, str, int]]":
    """By the ids of their content types, which differ between databases."""
    found = Page.objects.live().filter(Q(content_type=themes) | Q(content_type=standing))
    return found.order_by("title").values_list("pk", "slug", "title", "content_type_id")


def _forum_names(wordings: Iterable[Wording]) -> Iterator[tuple[tuple[int, str], tuple[str, str]]]:
    for told in wordings:
        path: str = told.path  # type: ignore[attr-defined]  # by wordings_in
        library, year, slug = ["", "", *path.strip("/").split("/")][-3:]
        if library == "library" and year.isdecimal():
            yield (int(year), slug), (told.title, told.language)


def theme_names(language: str) -> dict[str, str]:
    """Slug of a theme -> its name, as far as it has one in the language."""
    if language == OWN:
        return {}
    rows = Wording.objects.filter(language=language, page__content_type__model="themepage")
    return dict(rows.values_list("page__slug", "title"))


def forum_names(language: str) -> dict[str, str]:
    """`2014/spam` -> the title of that forum and its year, as far as it has one in the language."""
    named = _forum_names(wordings_in(language).values())
    return {f"{year}/{slug}": f"{title} ({year})" for (year, slug), (title, _language) in named}
