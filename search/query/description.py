"""What a search is called where its results are not beside it: in feeds, in mails, before one agrees to them."""

from django.utils.translation import gettext as _

from editions.models import Edition
from search.facets.choices import choices
from search.facets.models import FacetValue
from search.query.parameters import Parameters

LONGEST = 200  # characters: it stands in the subjects of mails


def in_words(asked: Parameters) -> str:
    """Such as `“lamp oil” · Year: 2098 · Theme: Harbours`. One line, whatever was typed."""
    said = [_("“%(question)s”") % {"question": asked.text}] if asked.text.strip() else []
    for choice in choices({}, asked.selected):
        said += [f"{choice.kind.label}: {value.label}" for value in choice.selected]
    if place := inside(asked):
        said.append(place)
    name = " ".join(" · ".join(said or [_("all documents")]).split())
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def inside(asked: Parameters) -> str:
    """The document or the forum that is searched alone, or ""."""
    if asked.document:
        edition = Edition.objects.public().current().filter(series=asked.document).only("title").first()
        return edition.title if edition else asked.document
    if asked.forum:
        row = FacetValue.objects.filter(facet="forum", value=asked.forum).first()
        return row.label if row else asked.forum
    return ""
