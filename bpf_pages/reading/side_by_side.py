"""A translation beside the edition that it translates, as a page shows them: one row a paragraph."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bpf_pages.reading import edition_context
from bpf_pages.rendering.document_html import drawn_runs
from editions.comparison.parallel import parallel
from editions.document.passages import Passage, PassageKind, passages
from editions.models import Edition

WITH_RUNS = frozenset(
    {PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.DETAIL, PassageKind.NOTE}
)
"""Kinds whose runs are all of their text; the others are told by their words alone."""


@dataclass(frozen=True, slots=True)
class Side:
    """A passage as one column shows it. address: where it stands in its edition."""

    passage: Passage
    html: SafeString | str
    address: str

    @property
    def is_heading(self) -> bool:
        return self.passage.kind == PassageKind.HEADING


@dataclass(frozen=True, slots=True)
class Row:
    """A side is None where the passage has no counterpart."""

    original: Side | None
    translation: Side | None


def context_of(original: Edition, translation: Edition, path: str) -> dict[str, Any]:
    return {
        "original": original,
        "translation": translation,
        "rows": list(_rows(original, translation)),
        "breadcrumb": edition_context.steps_to(translation, (_("Side by side"), path)),
    }


def _rows(original: Edition, translation: Edition) -> Iterator[Row]:
    for pair in parallel(list(passages(original.content)), list(passages(translation.content))):
        yield Row(_side(original, pair.original), _side(translation, pair.translation))


def _side(edition: Edition, passage: Passage | None) -> Side | None:
    if passage is None:
        return None
    html = drawn_runs(passage.runs, edition.content.language) if passage.kind in WITH_RUNS else passage.text
    return Side(passage, html, f"{edition.permanent_address}#{passage.anchor}")
