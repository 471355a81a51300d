"""Themes and forums that are called what somebody asked the search for, in the reader's language or in English.

The search finds documents, most of which are in English; these pages lead to them in the reader's own words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from wagtail.models import Page

from bpf_pages.wordings.models import Wording
from core.languages.template_tags import OWN, tongue
from core.prepared_queries import prepared
from editions.document.metadata import FICTITIOUS_YEAR
from search.analysis.analyzer import primary
from search.analysis.real_words import commonness
from search.analysis.significant_terms import stems_beside
from search.tuning import stored_synonyms

MOST = 3
"""Places that are offered: a word that more forums share, such as that of a theme, leads to the theme."""
MOST_WORDS = 12
"""Words of a question beyond which it is none for a name."""
_ASKING = frozenset({"outcome", "outcomes", "output", "outputs", "document", "documents", "result", "results", "find"})
"""Words in which English and French ask for what stands on those pages: "where is the outcome on spam?" """


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its address without a language, and its name in the reader's own where it has one, marked. year: of a
    forum, 0 for a theme."""

    name: SafeString
    address: str
    year: int


def places_named(question: str, language: str, wordings: Mapping[int, Wording]) -> list[Place]:
    """Themes whose name holds every word of a question; where there is none, such forums, newest first. One query.

    wordings: those in the language, as `wordings_in` has them.
    """
    if len(question.split()) > MOST_WORDS:
        return []
    wanted = [(text, of) for text, of in _wordings(question, language) if _words(text, of)]
    if not wanted:
        return []
    found = [
        _place(path, wordings[pk].title if pk in wordings else None, title, language)
        for pk, path, title in _pages()
        if _is_called(wanted, [(title, OWN), *([(wordings[pk].title, language)] if pk in wordings else [])])
    ]
    return _first(found)


_KINDS = ("themepage", "forumpage")


@prepared
def _pages() -> "QuerySet[Page, tuple[int, str, str]]":
    pages = Page.objects.live().filter(content_type__app_label="bpf_pages", content_type__model__in=_KINDS)
    return pages.order_by("-url_path").values_list("pk", "url_path", "title")


def _wordings(question: str, language: str) -> list[tuple[str, str]]:
    """What may be part of a name, each with its language: the question as it was typed; of one in another language also
    what of it is about a subject, and that in English."""
    asked = [(question, language), (question, OWN)]
    rendering = stored_synonyms.dictionary().render(question, primary(language), commonness)
    return [*asked, (rendering.telling, language), (rendering.text, OWN)] if rendering else asked


def _is_called(wanted: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the names, each with its language, holds all words of a wording in that language."""
    held = {of: _words(name, of) for name, of in names}
    return any(_words(text, of) <= held[of] for text, of in wanted if of in held)


def _place(path: str, told: str | None, title: str, language: str) -> Place:
    parts = path.strip("/").split("/")
    place = parts[-3:] if parts[-2].isdecimal() else parts[-2:]
    name = tongue(told, language) if told else tongue(title)
    return Place(name, f"/{'/'.join(place)}/", int(parts[-2]) if parts[-2].isdecimal() else 0)


def _first(places: list[Place]) -> list[Place]:
    themes = [place for place in places if not place.year]
    forums = sorted((place for place in places if place.year not in (0, FICTITIOUS_YEAR)), key=lambda each: -each.year)
    return (themes or forums)[:MOST]


@lru_cache(maxsize=2048)
def _words(text: str, language: str) -> frozenset[str]:
    """Stems, without words that say nothing. The names of the library are few, and looked at in each search."""
    return stems_beside(text, language, _ASKING)
