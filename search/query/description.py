"""What a search is called where its results are not beside it: in feeds, in mails, before one agrees to them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages.template_tags import OWN
from editions.models import Edition
from search.facets.choices import NAMES_IN_LANGUAGES, choices
from search.facets.models import FacetValue
from search.query.parameters import Parameters

LONGEST = 200  # characters: it stands in the subjects of mails


def in_words(asked: Parameters) -> str:
    """Such as `“lamp oil” · Year: 2098 · Theme: Harbours`. One line, whatever was typed."""
    said = [_("“%(question)s”") % {"question": asked.text}] if asked.text.strip() else []
    for choice in choices({}, asked.selected):
        said += [f"{choice.kind.label}: {value.label}" for value in choice.selected]
    if place := inside(asked)[0]:
        said.append(place)
    name = " ".join(" · ".join(said or [_("all documents")]).split())
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def inside(asked: Parameters) -> tuple[str, str]:
    """The document or the forum that is searched alone, or "", and the language of these words, "" for no language.

    A forum is called as the reader calls it, where somebody said how.
    """
    if asked.document:
        edition = Edition.objects.public().current().filter(series=asked.document).only("title", "language").first()
        return (edition.title, edition.language) if edition else (asked.document, "")
    if asked.forum:
        language = get_language() or OWN
        names = NAMES_IN_LANGUAGES.get("forum")
        if names and (told := names(language).get(asked.forum)):
            return told, language
        row = FacetValue.objects.filter(facet="forum", value=asked.forum).first()
        return (row.label, OWN) if row else (asked.forum, "")
    return "", ""
