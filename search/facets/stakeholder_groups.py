"""Which stakeholder groups contributed to an edition, as far as the edition says it."""

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.translation import override

from consultation.vocabulary import StakeholderGroup

_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def groups_named(contributors: Iterable[str]) -> tuple[str, ...]:
    """Values of the groups named at the end of a contributor's line, in brackets: the form in which an edition keeps
    what was stated. The language is the one it was written in. Nothing is guessed from an organisation's name."""
    found = {match[1].strip().casefold() for text in contributors if (match := _IN_BRACKETS.search(text))}
    return tuple(sorted({value for label, value in _labels().items() if label in found}))


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            labels |= {str(group.label).casefold(): group.value for group in StakeholderGroup}
    return labels
