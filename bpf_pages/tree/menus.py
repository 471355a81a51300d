"""The entries of masthead and foot: years, themes, standing pages. Two queries a page, whatever the library holds."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from bpf_pages.models.library import MeetingPage
from bpf_pages.models.standard import StandardPage
from bpf_pages.models.theme import ThemePage
from editions.document.metadata import FICTITIOUS_YEAR

MOST_YEARS = 40
MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Entry:
    label: str
    address: str


def navigation_entries() -> dict[str, list[Entry]]:
    """`years` newest first, without the fictitious one; `themes` and `standing` by title."""
    years = MeetingPage.objects.live().exclude(year=FICTITIOUS_YEAR).order_by("-year").values_list("year", flat=True)
    kinds = ContentType.objects.get_for_models(ThemePage, StandardPage)
    others = Page.objects.live().filter(content_type__in=kinds.values()).order_by("title")
    found: dict[str, list[Entry]] = {"themes": [], "standing": []}
    for slug, title, kind in others.values_list("slug", "title", "content_type_id"):
        theme = kind == kinds[ThemePage].pk
        entry = Entry(title, f"/themes/{slug}/" if theme else f"/{slug}/")
        found["themes" if theme else "standing"].append(entry)
    return {
        "years": [Entry(str(year), f"/library/{year}/") for year in years[:MOST_YEARS]],
        "themes": found["themes"][:MOST_OTHERS],
        "standing": found["standing"][:MOST_OTHERS],
    }
