"""`{% drawn_from "part.html" years=navigation.years %}`: a part of pages that shows these values and nothing else.

It is drawn once in a process for each language and each set of values, and kept by these. The part sees no request, no
user and no variable of the page around it: what is kept can hold nothing of a reader, and it can never be out of date,
for other values are another part (docs/adr/0153). At hand in every template (TEMPLATES in settings).
"""

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from django import template
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 64
"""Of one part: a few sets of values in each language. Beyond that all are forgotten, and drawn again."""

_kept: WeakKeyDictionary[Template, dict[Hashable, SafeString]] = WeakKeyDictionary()


@register.simple_tag(takes_context=True)
def drawn_from(context: Context, name: str, **values: Hashable) -> SafeString:
    """values: what the part shows; texts, numbers and tuples of such, not lists. A text is always marked as safe
    there, or never: the two are one value."""
    engine: Any = context.template.engine  # type: ignore[union-attr]  # of a context that is being drawn
    part: Template = engine.get_template(name)  # another object once the file has changed, where files are watched
    kept = _kept.setdefault(part, {})
    key = (get_language(), *sorted(values.items()))
    if (drawn := kept.get(key)) is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        drawn = kept[key] = part.render(Context(values))
    return drawn
