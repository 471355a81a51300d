"""The search of the site, for programs: the same question as the page's, refused where the page would only ignore."""

from typing import Any

from django.utils.translation import get_language

from api.v1.parameters import Asked, Refused
from search import services
from search.facets.choices import choices
from search.query import parameters
from search.results.json_answer import answer


def search(asked: Asked) -> dict[str, Any]:
    """Raises Refused."""
    question = parameters.from_address(asked.query)
    if question.faults:
        raise Refused([(fault.parameter, fault.reason) for fault in question.faults])
    found = services.search(question.question(get_language() or "en"))
    return answer(found, choices(found.counts, found.selected))
