"""Every resource of the interface, one row each: routes, the OpenAPI file, `/developers/` and the tests read this."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.v1 import catalogue, consultations, meetings, response_types, search, uses
from api.v1.exports import EXPORTS
from api.v1.filters import FICTITIOUS, FILTERS
from api.v1.json_schema import Schema
from api.v1.pagination import SIZE, after
from api.v1.parameters import LARGEST, SERIES, SLUG, Asked, Parameter, number, one_of, word
from api.v1.serializers import BASE
from core.http.site_urls import absolute
from editions.document.metadata import FICTITIOUS_YEAR
from search.query import parameters as search_parameters
from search.query.question import DEEPEST, PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Part:
    """A variable part of a path. converter: Django's."""

    converter: str
    schema: Schema
    about: str


PARTS = {
    "identifier": Part("slug", word(SERIES)[0], "Identifier of a document, such as BPF-2014-SPAM."),
    "edition": Part(
        "slug", word(SERIES + r"-E[1-9][0-9]{0,3}")[0], "Identifier of an edition, such as BPF-2014-SPAM-E1."
    ),
    "year": Part("int", number(0, 9999)[0], "Year of the meeting."),
    "forum": Part("slug", word(SLUG)[0], "The forum's part of its address, such as spam."),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """path: below /api/v1/. item: the shape of an answer, or of a row of a list. gone: may have been withdrawn.

    changed: when the answer last changed, where that can be told. example: the path of an address that works, from a
    public edition. asks_itself: reads its parameters by its own rules; those given here describe them.
    """

    name: str
    path: str
    about: str
    item: Any
    answer: Callable[[Asked], Any]
    parameters: tuple[Parameter, ...] = ()
    is_list: bool = False
    gone: bool = False
    changed: Callable[[], datetime | None] | None = None
    example: Callable[[Any], str] = lambda edition: ""
    asks_itself: bool = False

    @property
    def template(self) -> str:
        """The address with its parts in braces."""
        return f"{BASE}{self.path}"

    @property
    def parts(self) -> list[str]:
        return [name for name in PARTS if f"{{{name}}}" in self.path]

    @property
    def route(self) -> str:
        route = self.path
        for name in self.parts:
            route = route.replace(f"{{{name}}}", f"<{PARTS[name].converter}:{name}>")
        return f"{BASE[1:]}{route}"

    def example_for(self, edition: Any) -> str:
        """An address that answers, for a public edition."""
        values = {"identifier": edition.series, "edition": edition.identifier, "year": edition.year,
                  "forum": edition.forum_slug}  # fmt: skip
        return BASE + self.path.format_map(values) + self.example(edition)


def _paged(key: Any) -> tuple[Parameter, ...]:
    return after(key), SIZE


COUNTED = number(0, LARGEST)


def _search_parameters() -> tuple[Parameter, ...]:
    """As search/query/parameters.py reads them: this describes, and refuses nothing itself."""
    text: Schema = {"type": "string"}
    one: dict[str, tuple[str, Schema]] = {
        "q": ("The question, in the language of the search page.", text),
        "sort": ("Best first unless given.", one_of(search_parameters.SORTS)[0]),
        "page": ("From 1.", number(1, DEEPEST // PAGE_SIZE)[0]),
        "forum": ("Only in this forum, by its value among the facets.", text),
        "document": ("Only in the document with this identifier.", text),
        "editions": ("all: superseded editions too.", one_of(("current", "all"))[0]),
        "fictitious": ("yes: invented documents of 2099 too.", one_of(("yes", "no"))[0]),
    }
    many: Schema = {"type": "array", "items": text}
    about = "A value of the facet in an answer. Given several times: any of them."
    described = {name: one.get(name, (about, many)) for name in search_parameters.KNOWN}
    return tuple(Parameter(name, about, schema, str) for name, (about, schema) in described.items())


def _entry(asked: Asked) -> response_types.Entry:
    resources = [(each.name, each.template, each.about) for each in RESOURCES if each.path]
    exports = [(each.name, each.template, each.about) for each in EXPORTS]
    return {
        "name": "BPF Library",
        "version": response_types.SHAPE_VERSION,
        "documentation": absolute("/developers/"),
        "openapi": absolute(f"{BASE}openapi.json"),
        "resources": [_line(*row) for row in resources],
        "exports": [_line(*row) for row in exports],
    }


def _line(name: str, template: str, about: str) -> response_types.EntryLine:
    return {"name": name, "address": absolute(template), "about": about}


RESOURCES = (
    Resource("entry", "", "What there is.", response_types.Entry, _entry),
    Resource(
        "forums", "forums", "Forums of all years that have public documents.", response_types.Forum, catalogue.forums,
        (*(each for each in FILTERS if each.name in ("year", "theme")), *_paged(word(rf"[0-9]{{4}}-{SLUG}"))),
        is_list=True, changed=catalogue.changed, example=lambda edition: f"?year={edition.year}",
    ),
    Resource(
        "forum", "forums/{year}/{forum}", "One forum of one year.", response_types.Forum, catalogue.forum,
        changed=catalogue.changed,
    ),
    Resource(
        "meetings", "meetings", "Annual meetings of which something is public.", response_types.Meeting,
        meetings.meetings, (*(each for each in FILTERS if each.name in ("year", "theme")), *_paged(number(0, 9999))),
        is_list=True, changed=catalogue.changed, example=lambda edition: f"?year={edition.year}",
    ),
    Resource(
        "meeting", "meetings/{year}", "One annual meeting.", response_types.Meeting, meetings.meeting,
        changed=catalogue.changed,
    ),
    Resource(
        "sessions", "sessions", "Sessions at meetings, as their pages tell them.", response_types.Session,
        meetings.sessions, (*(each for each in FILTERS if each.name == "year"), *_paged(COUNTED)),
        is_list=True, example=lambda edition: f"?year={edition.year}",
    ),
    Resource(
        "documents", "documents", "Public documents, each as its newest edition tells it.",
        response_types.Document, catalogue.documents, (*FILTERS, *_paged(word(SERIES))),
        is_list=True, changed=catalogue.changed, example=lambda edition: f"?year={edition.year}&size=10",
    ),
    Resource(
        "document", "documents/{identifier}", "A document with all its public editions.",
        response_types.WholeDocument, catalogue.document, gone=True,
    ),
    Resource(
        "comments", "documents/{identifier}/comments", "Published comments with their published answers.",
        response_types.Comment, consultations.comments, _paged(COUNTED), is_list=True, gone=True,
    ),
    Resource(
        "history", "documents/{identifier}/history", "The public steps of a document. They outlive its text.",
        response_types.Move, consultations.history, _paged(COUNTED), is_list=True,
    ),
    Resource(
        "uses", "documents/{identifier}/uses", "How often its editions were read and downloaded, by month.",
        response_types.Use, uses.uses, _paged(COUNTED), is_list=True, gone=True,
    ),
    Resource("edition", "editions/{edition}", "One edition.", response_types.Edition, catalogue.edition, gone=True),
    Resource(
        "passages", "editions/{edition}/passages", "The text of an edition, passage by passage.",
        response_types.Passage, catalogue.passages, _paged(COUNTED), is_list=True, gone=True,
        example=lambda edition: "?size=5",
    ),
    Resource(
        "open_calls", "open-calls", "Calls for comment that are open or announced.",
        response_types.Call, consultations.open_calls,
        _paged(word(rf"{SERIES}-E[1-9][0-9]{{0,3}}-[0-9]{{1,4}}")), is_list=True,
    ),
    Resource(
        "themes", "themes", "Themes of public documents.", response_types.Theme, catalogue.themes, _paged(word(SLUG)),
        is_list=True, changed=catalogue.changed,
    ),
    Resource(
        "statistics", "statistics", "The library in numbers: documents, themes, what is left open, comments.",
        response_types.Statistics, meetings.statistics, (FICTITIOUS,),
        example=lambda edition: "?fictitious=yes" if edition.year == FICTITIOUS_YEAR else "",
    ),
    Resource(
        "search", "search", "The search of the site, with the same parameters.",
        response_types.SearchAnswer, search.search, _search_parameters(),
        example=lambda edition: f"?q={edition.forum_slug}", asks_itself=True,
    ),
)  # fmt: skip
