"""What stays open: the questions, challenges and future work that the newest public editions of all years state."""

from django.db.models import QuerySet

from editions.document import SectionKind
from editions.models import Passage

KINDS = (SectionKind.OPEN_QUESTION, SectionKind.CHALLENGE, SectionKind.FUTURE_WORK)
"""In the order in which the seed of the library asks for them; the first is shown where none is chosen."""

PAGE_SIZE = 40


def kind_named(name: str) -> SectionKind:
    """The kind an address asks for; one that is unknown gives the first."""
    return next((kind for kind in KINDS if kind.value == name), KINDS[0])


def passages_of(kind: SectionKind) -> QuerySet[Passage]:
    """The numbered passages of one kind, the newest year first, each with its edition but not the edition's text."""
    found = Passage.objects.filter(
        section=kind.value, number__gt=0, edition__withdrawn_at=None, edition__is_current=True
    )
    found = found.select_related("edition").defer("edition__document")
    return found.order_by("-edition__year", "edition__series", "ordinal")
