"""What stays open: the questions, challenges and future work that the newest public editions of all years state."""

from django.db.models import QuerySet

from editions.document.model import OPEN_KINDS, SectionKind
from editions.models import Edition, Passage

PAGE_SIZE = 40


def kind_named(name: str) -> SectionKind:
    """The kind an address asks for; one that is unknown gives the first."""
    return next((kind for kind in OPEN_KINDS if kind.value == name), OPEN_KINDS[0])


def passages_of(kind: SectionKind) -> QuerySet[Passage]:
    """What the newest public editions state of one kind, the newest year first."""
    found = Passage.objects.stating(kind, Edition.objects.public().current().originals())
    return found.order_by("-edition__year", "edition__series", "ordinal")
