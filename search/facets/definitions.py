"""The facets there are, what they are called, and which values each can have."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import StakeholderGroup
from core.languages.names import own_name
from editions.document.model import SectionKind
from search.facets.models import FacetValue
from workflow.states import PUBLIC, Recorded, standing_words

Text = str | Promise
SECTION_LABELS: dict[str, Text] = {
    SectionKind.SUMMARY: _("Summary"),
    SectionKind.FINDING: _("Finding"),
    SectionKind.DEFINITION: _("Definition"),
    SectionKind.PRACTICE: _("Practice"),
    SectionKind.CASE_STUDY: _("Case study"),
    SectionKind.RECOMMENDATION: _("Recommendation"),
    SectionKind.POLICY_MEASURE: _("Policy measure"),
    SectionKind.ALTERNATIVE: _("Alternative text"),
    SectionKind.OPTION: _("Option"),
    SectionKind.DISSENT: _("Dissent"),
    SectionKind.CHALLENGE: _("Challenge"),
    SectionKind.OPEN_QUESTION: _("Open question"),
    SectionKind.FUTURE_WORK: _("Future work"),
    SectionKind.CONTRIBUTORS: _("Contributors"),
    SectionKind.REFERENCES: _("References"),
    SectionKind.ANNEX: _("Annex"),
    SectionKind.DRAFT_NOTICE: _("Draft notice"),
    SectionKind.DISCLAIMER: _("Disclaimer"),
}


@dataclass(frozen=True, slots=True)
class FacetKind:
    """named: labels come from the editions (FacetValue). order: "value" descending for years, else by count."""

    name: str
    label: Text
    labels: Callable[[str], Text] | None = None
    newest_first: bool = False


FACETS = (
    FacetKind("year", _("Year"), str, newest_first=True),
    FacetKind("theme", _("Theme")),
    FacetKind("stage", _("Stage"), standing_words),
    FacetKind("kind", _("Contains"), lambda value: SECTION_LABELS.get(value, value)),
    FacetKind("language", _("Language"), own_name),
    FacetKind("meeting", _("Meeting")),
    FacetKind(
        "stakeholder",
        _("Stakeholder group"),
        lambda value: StakeholderGroup(value).label if value in StakeholderGroup else value,
    ),
)
NAMES = tuple(facet.name for facet in FACETS)


def is_value(facet: str, value: str) -> bool:
    """Whether a facet can have this value: whether a choice of it means anything."""
    match facet:
        case "year":
            return value.isascii() and value.isdecimal() and len(value) == 4
        case "stage":
            return value in PUBLIC or value in Recorded
        case "kind":
            return value in set(SectionKind)
        case "stakeholder":
            return value in StakeholderGroup
        case "language":
            return value.isascii() and 2 <= len(value) <= 8 and value.isalpha()
    return FacetValue.objects.filter(facet=facet, value=value).exists()
