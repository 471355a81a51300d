"""Two editions compared, as a page shows them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpf_pages.reading import edition_context
from bpf_pages.rendering.redline_html import Addresses, compared, compared_runs
from editions.comparison.alignment import PieceKind
from editions.models import Edition
from formats.redline import change_of, redline

HISTORY = gettext_lazy("History")


class ComparisonForm(forms.Form):
    """Numbers of two editions."""

    a = forms.IntegerField(min_value=1, max_value=9999)
    b = forms.IntegerField(min_value=1, max_value=9999)


def context_of(old: Edition, new: Edition, path: str, *, only_changes: bool = False) -> dict[str, Any]:
    """only_changes: leave out what is the same in both."""
    change = redline(old.content, new.content)
    addresses = Addresses(old.permanent_address, new.permanent_address)
    changed = sum(key in change.passages for key in change.touched)
    step = (_("Edition %(old)s compared with edition %(new)s") % {"old": old.number, "new": new.number}, path)
    return {
        "old": old,
        "new": new,
        "document": change.document,
        "text": compared(change, addresses, only_changes=only_changes),
        "titles": [
            compared_runs(runs)
            for runs in (change.title, change.subtitle)
            if any(change_of(run) != PieceKind.EQUAL for run in runs)
        ],
        "only_changes": only_changes,
        "comparison_address": f"{new.address}compare/{old.number}/{new.number}/",
        "changed": changed,
        "unchanged": len(change.passages) - changed,
        "breadcrumb": edition_context.steps_to(new, step),
    }
