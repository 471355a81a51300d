"""Home, library, and one page a year."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from bpf_pages.archives.services import archive_of
from bpf_pages.listings import documents as listings
from bpf_pages.models.fields import refuse_slug_other_than
from bpf_pages.statistics.lineage_map import lineage_map
from bpf_pages.wordings.models import wordings_panel
from core.pagination import page_of
from editions.document.metadata import FICTITIOUS_YEAR, Meeting
from workflow.transitions.governed_pages import KeepingPage


class HomePage(KeepingPage):
    introduction = models.TextField(
        _("introduction"), blank=True, max_length=1000, help_text=_("One paragraph: what a newcomer finds here.")
    )

    content_panels = [*KeepingPage.content_panels, FieldPanel("introduction"), wordings_panel()]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["bpf_pages.LibraryPage", "bpf_pages.ThemeIndexPage", "bpf_pages.StandardPage"]
    max_count = 1
    template = "bpf_pages/tree/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        now = timezone.now()
        open_calls, closed_calls = listings.open_calls(now), listings.lately_closed_calls(now)
        return context | {
            "open_calls": open_calls,
            "closed_calls": closed_calls,
            "calls": [*open_calls, *closed_calls],
            "map": lineage_map(),
            "newest": listings.newest()[: listings.NEWEST],
        }


class LibraryPage(KeepingPage):
    introduction = models.TextField(_("introduction"), blank=True, max_length=1000)

    content_panels = [*KeepingPage.content_panels, FieldPanel("introduction"), wordings_panel()]
    parent_page_types = ["bpf_pages.HomePage"]
    subpage_types = ["bpf_pages.MeetingPage"]
    max_count = 1
    template = "bpf_pages/tree/library.html"

    class Meta:
        verbose_name = _("library")

    def clean(self) -> None:
        super().clean()
        refuse_slug_other_than("library", self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        meetings = MeetingPage.objects.child_of(self).live().order_by("-year")
        return super().get_context(request, *args, **kwargs) | {
            "meetings": page_of(request.GET, meetings),
            "documents": listings.documents_per_year(),
            "forums": _forums_per_year(),
            "breadcrumb": listings.breadcrumb((_("Library"), self.url)),
        }


def _forums_per_year() -> Counter[int]:
    """What covers all forums of a year, such as a common overview, is none of them."""
    forums = apps.get_model("bpf_pages", "ForumPage").objects.live().filter(is_joint=False)  # declared on this module
    return Counter(forum.year for forum in forums.only("url_path"))


class MeetingPage(KeepingPage):
    """A year: one annual meeting of the IGF and the forums that worked towards it."""

    class Format(models.TextChoices):
        IN_PERSON = "in_person", _("in person with remote participation")
        HYBRID = "hybrid", _("hybrid")
        ONLINE = "online", _("online only")

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    igf_number = models.PositiveSmallIntegerField(
        _("number of the meeting"), default=0, help_text=_("9 for the ninth meeting, 2014; 0 where it has none.")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=120, blank=True)
    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True)
    format = models.CharField(_("format"), max_length=20, choices=Format, blank=True)
    overarching_theme = models.CharField(_("overarching theme"), max_length=300, blank=True)
    doubts = models.TextField(
        _("doubts"),
        blank=True,
        max_length=2000,
        help_text=_("Where sources differ or nothing confirms a fact: say so."),
    )
    source = models.TextField(_("source"), blank=True, max_length=2000, help_text=_("Public source of these facts."))

    content_panels = [
        *KeepingPage.content_panels,
        FieldRowPanel([FieldPanel("year"), FieldPanel("igf_number")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("format")]),
                FieldPanel("overarching_theme"),
            ],
            _("Meeting"),
        ),
        FieldPanel("doubts"),
        FieldPanel("source"),
    ]
    parent_page_types = ["bpf_pages.LibraryPage"]
    subpage_types = ["bpf_pages.ForumPage"]
    template = "bpf_pages/tree/meeting.html"

    class Meta:
        verbose_name = _("year")

    @property
    def is_fictitious(self) -> bool:
        return self.year == FICTITIOUS_YEAR

    @property
    def place(self) -> str:
        if self.format == self.Format.ONLINE:
            return str(self.Format.ONLINE.label).capitalize()
        return ", ".join(part for part in (self.city, self.country) if part)

    def clean(self) -> None:
        if self.year:
            self.slug = str(self.year)  # whatever was made of the title
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("The last day is before the first.")})

    def as_metadata(self) -> Meeting:
        return Meeting(
            year=self.year,
            igf_number=self.igf_number,
            city=self.city,
            country=self.country,
            start=self.start.isoformat() if self.start else "",
            end=self.end.isoformat() if self.end else "",
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        counts = listings.documents_per_forum([self.year])
        forums = page_of(request.GET, self.get_children().live().order_by("title", "pk").specific())
        library = (_("Library"), "/library/")
        return super().get_context(request, *args, **kwargs) | {
            "forums": forums,
            "feed": f"/feeds/{self.year}.atom",
            "archive": archive_of(self.year),
            "documents": {slug: count for (_year, slug), count in counts.items()},
            "breadcrumb": listings.breadcrumb(library, (str(self.year), self.url)),
        }
