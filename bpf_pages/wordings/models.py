"""What a page of the library is called and says in languages other than its editors'. Documents keep their own."""

from collections.abc import Mapping

from django.db import models
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from core.languages.template_tags import OWN, tongue
from core.prepared_queries import prepared

LANGUAGES = [
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
    ("fr", _("French")),
    ("ru", _("Russian")),
    ("es", _("Spanish")),
]


class Wording(models.Model):
    """Where a language has none, readers get the English words, marked as English."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("introduction or description"), blank=True, max_length=2000)
    body = RichTextField(
        _("body"), blank=True, features=["h2", "h3", "bold", "italic", "link", "ol", "ul"],
        help_text=_("Of a standard page: all of its text."),
    )  # fmt: skip

    panels = [FieldPanel("language"), FieldPanel("title"), FieldPanel("text")]

    class Meta:
        verbose_name = _("wording in another language")
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="bpf_pages_one_wording_a_language")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.language}: {self.title}"


def wordings_panel(*more: str) -> InlinePanel:
    """more: fields besides title and text."""
    panels = [*Wording.panels, *(FieldPanel(name) for name in more)]
    return InlinePanel("wordings", panels=panels, heading=_("In other languages"), label=_("Language"))


def wordings_in(language: str, *pages: int) -> Mapping[int, Wording]:
    """By page, of all or of some, each with its page's `path`; one query, none for the editors' own language."""
    if language not in dict(LANGUAGES):
        return {}
    return {row.page_id: row for row in (_of_pages(language).filter(page__in=pages) if pages else _all_in(language))}


def _of_pages(language: str) -> "QuerySet[Wording]":
    return Wording.objects.filter(language=language).defer("body").annotate(path=F("page__url_path"))


_all_in = prepared(_of_pages)


def named(page: Page) -> SafeString:
    """The title of a page in the reader's language, else in the editors', marked."""
    language = get_language() or OWN
    told = wordings_in(language, page.pk).get(page.pk)
    return tongue(told.title, language) if told else tongue(page.title)
