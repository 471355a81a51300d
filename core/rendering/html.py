"""HTML of a fixed pattern and escaped values, as Django's `format_html`, without its care for lazy results.

Django's looks three times at each value for a text that is to be translated later, so that it could be later too. Pages
of documents are drawn at once, of thousands of small parts; there that care costs more than the escaping itself.
"""

from html import escape
from typing import Any

from django.utils.safestring import SafeString


def format_html(pattern: str, *values: Any, **named: Any) -> SafeString:
    """pattern: written by us, with a place for each value. Values are escaped, but those that say they are HTML."""
    return SafeString(
        pattern.format(
            *(_escaped(value) for value in values), **{name: _escaped(value) for name, value in named.items()}
        )
    )


def _escaped(value: Any) -> str:
    html: str = value.__html__() if hasattr(value, "__html__") else escape(str(value))
    return html
