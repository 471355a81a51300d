"""What the statistics count: public editions, the comments on them with their answers, and what they leave open.

Four queries, whatever the library holds, and never the text of an edition.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bpf_pages.rendering.labels import SECTIONS
from bpf_pages.statistics.charts import Chart, Label, chart
from consultation.reports.library_documents import NO_THEME, Document, by_theme, by_year, left_open, public_documents
from consultation.reports.library_tallies import Tally, summed, tallies
from consultation.reports.outcome_bar import Slice, slices
from consultation.reports.tables import language_name, outcome_labels
from consultation.vocabulary import Region, StakeholderGroup
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
class Figures:
    """answers: of all comments, as one bar. comments: title of the first column, and its chart."""

    documents: Chart
    themes: Chart
    left_open: Chart
    comments: list[tuple[str, str, Chart]]
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


def _participation(given: list[Tally]) -> list[tuple[str, str, Chart]]:
    """Comments by year, group, region and language. None where nobody commented."""
    if not given:
        return []
    years = summed(given, lambda tally: str(tally.year))
    languages = summed(given, lambda tally: tally.language)
    return [
        ("years", _("Year"), _single([(year, year) for year in sorted(years)], years)),
        ("groups", _("Stakeholder group"), _single(StakeholderGroup.choices, summed(given, lambda tally: tally.group))),
        ("regions", _("Regional group"), _single(Region.choices, summed(given, lambda tally: tally.region))),
        (
            "languages",
            pgettext("statistic", "Language"),
            _single([(code, language_name(code)) for code in sorted(languages)], languages),
        ),
    ]


def _single(choices: Iterable[tuple[str, Any]], counts: Counter[str]) -> Chart:
    rows = [Label(value, str(words)) for value, words in choices]
    return chart(rows, [Label(COUNT, _("Comments"))], {(value, COUNT): count for value, count in counts.items()})
