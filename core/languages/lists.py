"""Several things named in one sentence, with the comma of the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _


def listed(parts: Iterable[Any]) -> str:
    """“a, b" in English, "a، b" in Arabic, "a、b" in Chinese."""
    return _(", ").join(map(str, parts))
