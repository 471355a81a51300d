"""Themes: families of forums that continue each other over the years."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from bpf_pages.listings import documents as listings
from bpf_pages.listings import statements
from bpf_pages.models.fields import ADDRESS_PART, refuse_slug_other_than
from bpf_pages.statistics.lineage_map import LineageMap, lineage_map
from bpf_pages.wordings.models import named, wordings_panel
from core.form_fields import tidy_lines
from core.languages.template_tags import OWN
from core.pagination import page_of


class ThemeIndexPage(Page):
    introduction = models.TextField(_("introduction"), blank=True, max_length=1000)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), wordings_panel()]
    parent_page_types = ["bpf_pages.HomePage"]
    subpage_types = ["bpf_pages.ThemePage"]
    max_count = 1
    template = "bpf_pages/tree/theme_index.html"

    class Meta:
        verbose_name = _("theme index")

    def clean(self) -> None:
        super().clean()
        tidy_lines(self)
        refuse_slug_other_than("themes", self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        themes = ThemePage.objects.child_of(self).live().select_related("merged_into").order_by("title", "pk")
        themes = themes.annotate(forum_count=Count("forums", filter=Q(forums__is_joint=False), distinct=True))
        page, drawn = page_of(request.GET, themes), lineage_map()
        return super().get_context(request, *args, **kwargs) | {
            "themes": page,
            "map": drawn,
            "merged_years": merged_years(page, drawn),
            "breadcrumb": listings.breadcrumb((_("Themes"), self.url)),
        }


class ThemePage(Page):
    description = models.TextField(_("description"), blank=True, max_length=2000)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from",
        verbose_name=_("merged into"),
    )  # fmt: skip

    content_panels = [
        *Page.content_panels, FieldPanel("description"), FieldPanel("merged_into"), wordings_panel()
    ]  # fmt: skip
    parent_page_types = ["bpf_pages.ThemeIndexPage"]
    subpage_types: list[str] = []
    template = "bpf_pages/tree/theme.html"

    class Meta:
        verbose_name = _("theme")

    def clean(self) -> None:
        super().clean()
        tidy_lines(self)
        ADDRESS_PART(self.slug)
        if self.merged_into_id and self.merged_into_id == self.pk:
            raise ValidationError({"merged_into": _("A theme cannot merge into itself.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        forums = page_of(request.GET, self.forums.live().order_by("-url_path"))
        places = ((forum.year, forum.slug) for forum in forums)
        told = statements.of_forums(places, language=get_language() or OWN)
        counts = listings.documents_per_forum(forum.year for forum in forums)
        newest = _newest_outcome(forums, told) if forums.number == 1 else None
        merged_from, drawn = list(self.merged_from.live().order_by("title")), lineage_map(self.slug)
        return super().get_context(request, *args, **kwargs) | {
            "forums": forums,
            "feed": f"/feeds/themes/{self.slug}.atom",
            "documents": {(forum.pk): counts.get((forum.year, forum.slug), 0) for forum in forums},
            "statements": {forum.pk: told.get((forum.year, forum.slug)) for forum in forums},
            "newest": newest.pk if newest else None,
            "newest_outcome": told[newest.year, newest.slug] if newest else None,
            "map": drawn,
            "merged_from": merged_from,
            "merged_years": merged_years([self, *merged_from], drawn),
            "breadcrumb": listings.breadcrumb((_("Themes"), "/themes/"), (named(self), self.url)),
        }


def _newest_outcome(forums: Iterable[Any], told: Mapping[tuple[int, str], statements.Statements]) -> Any | None:
    """The first of the forums, newest first, whose document is an outcome and no draft or part of one."""
    for forum in forums:
        known = told.get((forum.year, forum.slug))
        if known and listings.is_outcome(known.edition) and not known.edition.metadata.get("fictitious"):
            return forum
    return None


def merged_years(themes: Iterable[ThemePage], drawn: LineageMap) -> dict[str, int]:
    """In which year each theme's work went on in the theme that it merged into, by slug; 0 where nothing shows it."""
    return {theme.slug: drawn.taken_up(theme.slug, theme.merged_into.slug) for theme in themes if theme.merged_into}
