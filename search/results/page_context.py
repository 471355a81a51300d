"""What the results page shows and links to, from an address and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.languages.template_tags import tongue
from editions.document.identifiers import squeeze
from editions.models import Edition
from search.answering.cards import Results
from search.facets import definitions as facets
from search.facets.choices import choices as choices_of
from search.query.description import inside
from search.query.parameters import Parameters
from search.results.timeline import Bar, bars
from search.tuning.recommendations import recommended

SORT_LABELS = {
    "relevance": gettext_lazy("best match"),
    "newest": gettext_lazy("newest"),
    "oldest": gettext_lazy("oldest"),
    "title": gettext_lazy("by title"),
    "stage": gettext_lazy("by stage"),
}
PLACE_SORTS = {"relevance": SORT_LABELS["relevance"], "place": gettext_lazy("order of the text")}

FILES = {"csv": "CSV", "json": "JSON", "bib": "BibTeX", "ris": "RIS"}
"""Ending to name of the files that the room above draws of a search."""


@dataclass(frozen=True, slots=True)
class SortLink:
    label: Any
    address: str
    current: bool


def context(asked: Parameters, results: Results) -> dict[str, Any]:
    path = reverse("search:results")
    asked = replace(asked, selected=dict(results.selected))
    choices = choices_of(results.counts, results.selected)
    chosen = [
        (choice.kind, value, asked.address_without(path, choice.kind.name, value.value))
        for choice in choices
        for value in choice.selected
    ]
    return {
        "asked": asked,
        "results": results,
        "choices": choices,
        "timeline": _timeline(path, asked, results),
        "chosen": chosen,
        "heading": _heading(asked),
        "status": _status(results, chosen),
        "action": path,
        "here": asked.address(path),
        "feed": asked.address(reverse("search:feed")),
        "files": _files(asked) if results.cards else (),
        "carried": asked.hidden("q"),
        "filter_carried": asked.hidden(*facets.NAMES, "editions", "fictitious"),
        "without_filters": asked.address(path, **dict.fromkeys(facets.NAMES)),
        "held": [(word, asked.address(path, q=word)) for word in results.held],
        "did_you_mean": asked.address(path, q=results.did_you_mean),
        "all_editions": asked.address(path, editions="all"),
        "fictitious_too": asked.address(path, fictitious="yes"),
        "everywhere": asked.address(path, forum=None, document=None),
        "inside": tongue(*inside(asked)),
        "inside_document": asked.address("", document=None)[1:],
        "sorts": _sorts(path, asked, results),
        "pages": _pages(path, asked, results),
        "before": 0 if results.places else (asked.page - 1) * results.question.size,
        "first": 1 if results.places else (asked.page - 1) * results.question.size + 1,
        "identified": identified(results.query.identifier),
        "recommended": recommended(results.query.text) if asked.page == 1 else (),
        "hide_masthead_query": True,
    }


def _heading(asked: Parameters) -> str:
    return _("Search the library") if not asked.text else _("Results")


def _status(results: Results, chosen: list[Any]) -> SafeString:
    """One sentence: how many, and limited by what."""
    said = ngettext("%d document", "%d documents", results.total) % results.total
    if results.query.text:
        facts = {"documents": said, "question": tongue(results.query.text[:120], "")}
        said = escape(_("%(documents)s for “%(question)s”")) % facts
    if chosen:
        filters = format_html_join(
            _(", "), "{}{}{}", ((kind.label, _(": "), value.name) for kind, value, _at in chosen)
        )
        said = escape(_("%(documents)s, filtered by %(filters)s")) % {"documents": said, "filters": filters}
    return SafeString(said)


def _files(asked: Parameters) -> list[tuple[str, str]]:
    """What each form of file is called, and its address."""
    return [(name, asked.address(reverse("api:search_file", args=[form]))) for form, name in FILES.items()]


def _timeline(path: str, asked: Parameters, results: Results) -> list[tuple[Bar, str]]:
    """Bars with the address that limits the results to the year, or lifts the limit. None inside one document."""
    if results.places:
        return []
    drawn = bars(results.counts.get("year", {}), results.selected.get("year", ()))
    return [
        (bar, asked.address_without(path, "year", bar.year) if bar.selected else asked.address(path, year=bar.year))
        for bar in drawn
    ]


def _sorts(path: str, asked: Parameters, results: Results) -> list[SortLink]:
    labels = PLACE_SORTS if results.places else SORT_LABELS
    names = [name for name in labels if name != "relevance" or results.query.text]
    usual = "relevance" if results.query.text else "newest"
    return [
        SortLink(labels[name], asked.address(path, sort=None if name == usual else name), name == results.sort)
        for name in names
    ]


def _pages(path: str, asked: Parameters, results: Results) -> Mapping[str, str]:
    links = {}
    if asked.page > 1:
        links["previous"] = asked.address(path, page=asked.page - 1)
    if asked.page < results.pages:
        links["next"] = asked.address(path, page=asked.page + 1)
    return links


def identified(squeezed: str, limit: int = 3) -> list[Edition]:
    """Newest public editions of the documents an identifier may name, whatever its spelling."""
    if not squeezed:
        return []
    series = squeezed.rpartition("e")[0] if squeezed[-1].isdecimal() else squeezed
    of_year = (
        Edition.objects.public()
        .current()
        .filter(year=int(squeezed[3:7]))
        .only(
            "identifier", "series", "title", "language", "year", "forum_slug", "document_slug", "is_current", "number"
        )
    )
    return [edition for edition in of_year if squeeze(edition.series) in {squeezed, series}][:limit]
