"""Two editions side by side, as a page shows them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpf_pages.reading import edition_context
from editions.comparison.alignment import Change, Piece, align, word_diff
from editions.document.passages import Passage, passages
from editions.models import Edition

HISTORY = gettext_lazy("History")
CHANGES = {
    Change.SAME: gettext_lazy("unchanged"),
    Change.CHANGED: gettext_lazy("changed"),
    Change.MOVED: gettext_lazy("moved"),
    Change.ADDED: gettext_lazy("added"),
    Change.REMOVED: gettext_lazy("removed"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of a comparison: what became of it and its words."""

    change: str
    label: str
    old: Passage | None
    new: Passage | None
    pieces: list[Piece]

    @property
    def language(self) -> str:
        shown = self.new or self.old
        return shown.language if shown else ""


class ComparisonForm(forms.Form):
    """Numbers of two editions."""

    a = forms.IntegerField(min_value=1, max_value=9999)
    b = forms.IntegerField(min_value=1, max_value=9999)


def rows_of(old: Edition, new: Edition) -> list[Row]:
    alignment = align(list(passages(old.content)), list(passages(new.content)))
    rows = []
    for line in alignment.lines:
        before, after = (line.old.text if line.old else ""), (line.new.text if line.new else "")
        pieces = word_diff(before, after)
        rows.append(Row(line.change.value, str(CHANGES[line.change]), line.old, line.new, pieces))
    return rows


def context_of(old: Edition, new: Edition, path: str, *, only_changes: bool = False) -> dict[str, Any]:
    """only_changes: leave out what is the same in both."""
    rows = rows_of(old, new)
    differing = [row for row in rows if row.change != Change.SAME]
    changed = len(differing)
    step = (_("Edition %(old)s compared with edition %(new)s") % {"old": old.number, "new": new.number}, path)
    return {
        "old": old,
        "new": new,
        "rows": differing if only_changes else rows,
        "only_changes": only_changes,
        "comparison_address": f"{new.address}compare/{old.number}/{new.number}/",
        "changed": changed,
        "unchanged": len(rows) - changed,
        "breadcrumb": edition_context.steps_to(new, step),
    }
