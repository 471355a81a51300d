"""A forum of one year: the unit that has facilitators, a mailing list and documents."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from bpf_pages.listings import documents as listings
from bpf_pages.models.fields import ADDRESS_PART, LinesField, PersonFields, lines_of
from bpf_pages.models.library import MeetingPage
from bpf_pages.wordings.models import named, wordings_panel
from core.pagination import page_of
from editions.document.identifiers import CODE
from editions.document.metadata import Forum, Theme
from workflow.access.role_holders import ensure_forum_groups, remove_forum_groups
from workflow.transitions.governed_pages import KeepingPage, has_editions


class ForumPage(KeepingPage):
    code = models.CharField(
        _("code"), max_length=24, help_text=_("Capitals and digits, as in the identifier: SPAM in BPF-2014-SPAM-E1.")
    )
    title_as_set = models.CharField(
        _("title as set by the MAG"), max_length=300, blank=True, help_text=_("Where it differs from the title.")
    )
    former_titles = LinesField(_("former titles"), help_text=_("One a line. Readers who know the old title find it."))
    scope = models.TextField(_("scope"), blank=True, max_length=5000, help_text=_("What the forum looked into."))
    facts = LinesField(_("recorded facts"), help_text=_("One a line, only what a public source says."))
    session = models.CharField(
        _("session"), max_length=300, blank=True, help_text=_("Date, time and room of its session at the meeting.")
    )
    doubts = LinesField(_("doubts"), help_text=_("What is not certain, and where sources differ. One a line."))
    sources = LinesField(_("public sources"), help_text=_("One a line."))
    address = models.URLField(
        _("page of the forum"), max_length=1000, blank=True, help_text=_("Its own page, outside this library.")
    )
    mailing_list = models.URLField(_("mailing list"), blank=True, help_text=_("How to join, also after the session."))
    record = models.CharField(_("id in the sample library"), max_length=60, blank=True)
    is_joint = models.BooleanField(
        _("covers all forums of the year"), default=False, help_text=_("For documents such as a common overview.")
    )
    themes = ParentalManyToManyField("bpf_pages.ThemePage", related_name="forums", blank=True, verbose_name=_("themes"))
    continues = ParentalManyToManyField(
        "self", symmetrical=False, related_name="continued_by", blank=True, verbose_name=_("continues")
    )

    content_panels = [
        *KeepingPage.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("is_joint")]),
        FieldPanel("title_as_set"),
        FieldPanel("former_titles"),
        FieldPanel("scope"),
        FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
        FieldPanel("continues", widget=forms.CheckboxSelectMultiple),
        MultiFieldPanel(
            [FieldPanel("facts"), FieldPanel("session"), FieldPanel("doubts"), FieldPanel("sources")], _("Record")
        ),
        InlinePanel("people", heading=_("People, as publicly recorded"), label=_("Person")),
        FieldPanel("address"),
        FieldPanel("mailing_list"),
        wordings_panel(),
    ]
    parent_page_types = ["bpf_pages.MeetingPage"]
    subpage_types = ["bpf_pages.OutcomePage"]
    template = "bpf_pages/tree/forum.html"

    class Meta:
        verbose_name = _("forum")

    @cached_property
    def meeting(self) -> MeetingPage:
        return MeetingPage.objects.ancestor_of(self).get()

    def clean(self) -> None:
        super().clean()
        ADDRESS_PART(self.slug)
        if not CODE.fullmatch(self.code):
            raise ValidationError({"code": _("Use 2 to 24 capitals A to Z and digits.")})
        if not self.path:
            return  # not in the tree yet: the form of a new page has no siblings to compare with
        siblings = ForumPage.objects.sibling_of(self, inclusive=False)
        if siblings.filter(code=self.code).exists():
            raise ValidationError({"code": _("Another forum of this year has this code.")})
        stored = ForumPage.objects.filter(pk=self.pk).values_list("code", flat=True).first()
        if stored and stored != self.code and has_editions(self):
            message = _("Editions were published under the code %s, and identifiers never change.")
            raise ValidationError({"code": message % stored})

    def as_metadata(self) -> Forum:
        return Forum(slug=self.slug, code=self.code, title=self.title, former_titles=lines_of(self.former_titles))

    def themes_as_metadata(self) -> list[Theme]:
        themes = self.themes.values_list("slug", "title")
        return [Theme(slug=slug, label=title) for slug, title in themes]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        meeting = self.meeting
        steps = (_("Library"), "/library/"), (str(meeting.year), meeting.url), (named(self), self.url)
        return super().get_context(request, *args, **kwargs) | {
            "meeting": meeting,
            "feed": f"/feeds/{meeting.year}/{self.slug}.atom",
            "documents": page_of(request.GET, listings.of_forum(meeting.year, self.slug)),
            "themes": self.themes.live(),
            "people": self.people.all(),
            "facts": lines_of(self.facts),
            "doubts": lines_of(self.doubts),
            "sources": lines_of(self.sources),
            "former_titles": [title for title in lines_of(self.former_titles) if title != self.title_as_set],
            "predecessors": self.continues.live().order_by("title", "pk"),
            "successors": ForumPage.objects.filter(continues=self).live().order_by("title", "pk"),
            "breadcrumb": listings.breadcrumb(*steps),
        }

    @property
    def year(self) -> int:
        """The year in the address of the forum, without a query."""
        return int(self.url_path.rstrip("/").split("/")[-2])


class ForumPerson(PersonFields, Orderable):
    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="people")


@receiver(post_save, sender=ForumPage, dispatch_uid="bpf_pages.make_role_groups")
def make_role_groups(sender: type[ForumPage], instance: ForumPage, created: bool, raw: bool, **kwargs: Any) -> None:
    """A forum is not workable without somebody who may lead and draft it."""
    if created and not raw:
        ensure_forum_groups(instance)


@receiver(pre_delete, sender=ForumPage, dispatch_uid="bpf_pages.remove_role_groups")
def remove_role_groups(sender: type[ForumPage], instance: ForumPage, **kwargs: Any) -> None:
    """A group without its forum would be a role over nothing."""
    remove_forum_groups(instance)
