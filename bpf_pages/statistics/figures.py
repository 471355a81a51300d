"""What the statistics count: public editions, the comments on them with their answers, and what they leave open.

Four queries, whatever the library holds, and never the text of an edition.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bpf_pages.rendering.labels import SECTIONS
from bpf_pages.statistics.charts import Chart, Label, chart
from consultation.reports.library_documents import NO_THEME, Document, by_theme, by_year, left_open, public_documents
from consultation.reports.library_tallies import Tally, summed, tallies
from consultation.reports.outcome_bar import Slice, slices
from consultation.reports.tables import outcome_labels
from consultation.vocabulary import Region, StakeholderGroup
from core.languages.names import name_here
from editions.document.model import OPEN_KINDS
from editions.models import Edition
from workflow.states import Recorded, State, standing_words

STANDINGS = (
    State.FINAL, State.WRAP_UP, State.INCORPORATING, State.COMMENT, Recorded.OUTCOME, Recorded.PART, Recorded.OVERVIEW,
    Recorded.SUMMARY, Recorded.INTERIM, Recorded.DRAFT, Recorded.WORKING, Recorded.PLANNED,
)  # fmt: skip
"""Columns of the documents by year, what is settled first."""

COUNT = "count"


@dataclass(frozen=True, slots=True)
class Participation:
    """Comments by one property. head: what a row is. through_years: a column is a year, else the one is the count."""

    slug: str
    head: str
    chart: Chart
    through_years: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """answers: of all comments, as one bar."""

    documents: Chart
    themes: Chart
    left_open: Chart
    comments: list[Participation]
    answers: list[Slice]


def figures(fictitious: bool = False) -> Figures:
    """All charts. fictitious: with what was invented for 2099."""
    public = Edition.objects.public()
    if not fictitious:
        public = public.real()
    documents, names = public_documents(fictitious)
    given = tallies(public)
    return Figures(
        _by_year(documents),
        _by_theme(documents, names),
        _left_open(documents, names),
        _participation(given),
        slices(summed(given, lambda tally: tally.outcome), outcome_labels()),
    )


def _years(documents: list[Document]) -> list[Label]:
    years = sorted({document.year for document in documents})
    return [Label(str(year), str(year), f"/library/{year}/") for year in years]


def _themes(names: dict[str, str]) -> list[Label]:
    themes = [
        Label(slug, name, f"/themes/{slug}/", is_theme=True)
        for slug, name in sorted(names.items(), key=lambda pair: pair[1])
    ]
    return [*themes, Label(NO_THEME, _("No theme"))]


def _by_year(documents: list[Document]) -> Chart:
    columns = [Label(value, str(standing_words(value))) for value in STANDINGS]
    return chart(_years(documents), columns, _written(by_year(documents)))


def _by_theme(documents: list[Document], names: dict[str, str]) -> Chart:
    return chart(_themes(names), _years(documents), _written(by_theme(documents)))


def _left_open(documents: list[Document], names: dict[str, str]) -> Chart:
    columns = [Label(kind.value, str(SECTIONS[kind]), f"/open-questions/?part={kind.value}") for kind in OPEN_KINDS]
    return chart(_themes(names), columns, left_open(documents))


def _written(counts: Mapping[tuple[Any, Any], int]) -> dict[tuple[str, str], int]:
    """With the values as labels have them."""
    return {(str(row), str(column)): count for (row, column), count in counts.items()}


def _participation(given: list[Tally]) -> list[Participation]:
    """Comments by year, and by group, region and language through the years. None where nobody commented.

    A year is the sum of its documents, whose reports tell the same of each: nothing is told here that they hide.
    """
    if not given:
        return []
    by_year = summed(given, lambda tally: str(tally.year))
    years = sorted(by_year)
    spoken = sorted(summed(given, lambda tally: tally.language))
    properties: tuple[tuple[str, str, Iterable[tuple[str, Any]], Callable[[Tally], str]], ...] = (
        ("groups", _("Stakeholder group"), StakeholderGroup.choices, lambda tally: tally.group),
        ("regions", _("Regional group"), Region.choices, lambda tally: tally.region),
        (
            "languages",
            pgettext("statistic", "Language"),
            [(code, name_here(code)) for code in spoken],
            lambda tally: tally.language,
        ),
    )
    return [
        Participation("years", _("Year"), _single([(year, year) for year in years], by_year)),
        *(
            _through_the_years(slug, head, choices, given, of, years) if len(years) > 1
            else Participation(slug, head, _single(choices, summed(given, of)))
            for slug, head, choices, of in properties
        ),
    ]  # fmt: skip


def _through_the_years(
    slug: str,
    head: str,
    choices: Iterable[tuple[str, Any]],
    given: list[Tally],
    of: Callable[[Tally], str],
    years: list[str],
) -> Participation:
    rows = [Label(value, str(words)) for value, words in choices]
    columns = [Label(year, year, f"/library/{year}/") for year in years]
    counts = summed(given, lambda tally: (of(tally), str(tally.year)))
    return Participation(slug, head, chart(rows, columns, counts), through_years=True)


def _single(choices: Iterable[tuple[str, Any]], counts: Counter[str]) -> Chart:
    rows = [Label(value, str(words)) for value, words in choices]
    return chart(rows, [Label(COUNT, _("Comments"))], {(value, COUNT): count for value, count in counts.items()})
