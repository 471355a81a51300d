"""The parameters of a search address, the same for people and programs; docs/search.md lists them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.plain_text import printable
from search.facets import definitions as facets
from search.facets.models import FacetValue
from search.query.question import DEEPEST, PAGE_SIZE, Question

SORTS = ("relevance", "newest", "oldest", "title", "stage", "place")
SWITCHES = ("forum", "document", "editions", "fictitious")
KNOWN = ("q", *facets.NAMES, "sort", "page", *SWITCHES)
MAX_VALUES = 50  # chosen values of one facet


@dataclass(frozen=True, slots=True)
class Fault:
    parameter: str
    reason: str


@dataclass(slots=True)
class Parameters:
    """What an address asks for, cleaned. faults: what was ignored; a program is refused because of them."""

    text: str = ""
    selected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    forum: str = ""
    document: str = ""
    superseded: bool = False
    fictitious: bool = False
    faults: list[Fault] = field(default_factory=list)

    def question(self, language: str) -> Question:
        within = {"forum": (self.forum,)} if self.forum else {}
        if self.document:
            within["document"] = (self.document,)
        return Question(
            self.text,
            self.selected,
            within,
            self.sort,
            self.page,
            PAGE_SIZE,
            language,
            self.superseded,
            self.fictitious,
        )

    def address(self, path: str, **changes: object) -> str:
        """The address with some parameters changed; a change to None takes one away. Page falls back to the first."""
        pairs = [pair for pair in self._pairs() if pair[0] not in {*changes, "page"}]
        pairs += [(name, str(value)) for name, value in changes.items() if value not in (None, "", 1)]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def address_without(self, path: str, facet: str, value: str) -> str:
        pairs = [pair for pair in self._pairs() if pair != (facet, value) and pair[0] != "page"]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form has to carry along besides its own fields."""
        return [pair for pair in self._pairs() if pair[0] not in {*without, "page"}]

    def _pairs(self) -> list[tuple[str, str]]:
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in facets.NAMES for value in self.selected.get(name, ())]
        pairs += [(name, value) for name in ("sort", "forum", "document") if (value := getattr(self, name))]
        if self.superseded:
            pairs.append(("editions", "all"))
        if self.fictitious:
            pairs.append(("fictitious", "yes"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs


def from_address(query: QueryDict) -> Parameters:
    """Total: whatever the address holds. What means nothing is left out and named in `faults`."""
    parameters = Parameters()
    for name in query:
        if name not in KNOWN:
            parameters.faults.append(Fault(name[:100], _("There is no such parameter.")))
    parameters.text = printable(query.get("q", ""))
    for name in facets.NAMES:
        if chosen := tuple(dict.fromkeys(_values(parameters, name, query.getlist(name)))):
            parameters.selected[name] = chosen
    parameters.sort = _one_of(parameters, "sort", query.get("sort", ""), SORTS)
    parameters.superseded = _one_of(parameters, "editions", query.get("editions", ""), ("current", "all")) == "all"
    parameters.fictitious = _one_of(parameters, "fictitious", query.get("fictitious", ""), ("yes", "no")) == "yes"
    parameters.page = _page(parameters, query.get("page", ""))
    forum = printable(query.get("forum", ""))
    if forum and not FacetValue.objects.filter(facet="forum", value=forum).exists():
        parameters.faults.append(Fault("forum", _("There is no such forum.")))
    else:
        parameters.forum = forum
    parameters.document = printable(query.get("document", ""))[:120].upper()
    return parameters


def _values(parameters: Parameters, name: str, values: list[str]) -> Iterator[str]:
    if len(values) > MAX_VALUES:
        parameters.faults.append(Fault(name, _("At most %d values can be chosen.") % MAX_VALUES))
    for value in values[:MAX_VALUES]:
        value = printable(value).strip()
        if not value:
            continue
        if len(value) <= 120 and facets.is_value(name, value):
            yield value
        else:
            parameters.faults.append(Fault(name, _("There is no such value.")))


def _one_of(parameters: Parameters, name: str, value: str, known: tuple[str, ...]) -> str:
    if not value or value in known:
        return value
    parameters.faults.append(Fault(name, _("Must be one of: %s.") % ", ".join(known)))
    return ""


def _page(parameters: Parameters, value: str) -> int:
    if not value:
        return 1
    last = DEEPEST // PAGE_SIZE
    if value.isascii() and value.isdecimal() and len(value) < 7 and 1 <= int(value) <= last:
        return int(value)
    parameters.faults.append(Fault("page", _("Must be a number from 1 to %d.") % last))
    return 1
