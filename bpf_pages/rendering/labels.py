"""Words for the parts of a neutral document, in the language of the interface."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editions.document.metadata import TRANSLATION
from editions.document.model import SectionKind
from editions.models import Edition
from workflow.states import State, standing, standing_words

SECTIONS: dict[SectionKind, Promise] = {
    SectionKind.SUMMARY: _("Executive summary"),
    SectionKind.FINDING: _("Major finding"),
    SectionKind.DEFINITION: _("Definition"),
    SectionKind.PRACTICE: _("Practice"),
    SectionKind.CASE_STUDY: _("Case study"),
    SectionKind.RECOMMENDATION: _("Recommendation"),
    SectionKind.POLICY_MEASURE: _("Policy measure"),
    SectionKind.ALTERNATIVE: _("Open alternative"),
    SectionKind.OPTION: _("Option"),
    SectionKind.DISSENT: _("Dissent"),
    SectionKind.CHALLENGE: _("Challenge"),
    SectionKind.OPEN_QUESTION: _("Open question"),
    SectionKind.FUTURE_WORK: _("Possible future work"),
    SectionKind.CONTRIBUTORS: _("Contributors"),
    SectionKind.REFERENCES: _("References"),
    SectionKind.ANNEX: _("Annex"),
    SectionKind.DRAFT_NOTICE: _("Notice on this draft"),
    SectionKind.DISCLAIMER: _("Disclaimer"),
}

NUMBERED = frozenset({SectionKind.FINDING, SectionKind.RECOMMENDATION, SectionKind.PRACTICE, SectionKind.CASE_STUDY})
"""Kinds that readers count: “Recommendation 7”."""

DETAILS: dict[str, Promise] = {
    "what": _("What"),
    "where": _("Where"),
    "who": _("Who"),
    "result": _("Result"),
    "place": _("Place"),
    "actor": _("Actor"),
    "addressee": _("Addressed to"),
    "jurisdiction": _("Jurisdiction"),
    "held_by": _("Held by"),
}

KINDS: dict[str, Promise] = {
    "outcome": _("outcome document"),
    "draft": _("draft"),
    "part": _("part of an outcome"),
    "summary": _("summary"),
    "overview": _("overview"),
    "interim": _("interim report"),
    "working": _("working document"),
    "planned": _("planned, not seen"),
}
"""What an editor can call a document. The kind of a translation follows from what it translates."""

TRANSLATED = _("translation")

ORIGINALS: dict[str, Promise] = {
    "document": _("The document as published"),
    "copy": _("Third-party copy"),
    "landing": _("Page of the output"),
    "about": _("Page about the output"),
}
"""What stands at the address of an original: the words of the link that leads there."""


def kind_label(kind: str) -> str:
    return str(TRANSLATED if kind == TRANSLATION else KINDS.get(kind, kind))


def stage_label(edition: Edition, stage: str = "") -> str:
    """The stage in words; a recorded output is named by what it is. stage: another than that of today."""
    if not edition.is_public:
        return str(State.WITHDRAWN.label)
    metadata = edition.metadata
    return str(
        standing_words(standing(stage or edition.stage, bool(metadata.get("recorded")), metadata.get("kind", "")))
    )
