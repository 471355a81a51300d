"""A session of the annual meeting in which documents were discussed; one may serve all forums, as in 2014."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from workflow.transitions.models import Process


class Session(models.Model):
    """starts, ends: instants. time_zone: IANA name of the meeting's place, by which they are shown beside UTC."""

    title = models.CharField(_("title"), max_length=200)
    forums = models.ManyToManyField(Page, related_name="forum_sessions", verbose_name=_("forums"))
    documents = models.ManyToManyField(
        Process, related_name="meeting_sessions", verbose_name=_("documents discussed"), blank=True
    )
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone of the place"), max_length=60, default="UTC")
    place = models.CharField(_("place"), max_length=300, help_text=_("Room and city, or “online”."))
    remote_link = models.URLField(_("link to take part from afar"), blank=True)
    rapporteur = models.CharField(_("rapporteur"), max_length=200, blank=True)
    attendance = models.PositiveIntegerField(
        _("attendance"), null=True, blank=True, help_text=_("In the room and online.")
    )
    minutes = RichTextField(
        _("minutes"), blank=True, max_length=60_000, features=["h3", "h4", "bold", "italic", "ol", "ul", "link"]
    )
    recording = models.URLField(_("recording"), blank=True)
    captions = models.URLField(_("captions"), blank=True)

    class Meta:
        ordering = ["-starts", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime:
        return self.starts.astimezone(self.zone)

    @property
    def has_minutes(self) -> bool:
        return bool(self.minutes.strip())


class Panelist(models.Model):
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="panel")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("Such as moderator."))
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class RatingSheet(models.Model):
    """How the people in the room rated one recommendation. Kept as input to the text, never as a vote on it.

    counts: list of [option, number of sheets], in the order of the sheet.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="ratings")
    recommendation = models.TextField(_("recommendation"), max_length=2000)
    document = models.ForeignKey(Process, null=True, blank=True, on_delete=models.SET_NULL, related_name="ratings")
    counts = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.recommendation[:60]

    @property
    def total(self) -> int:
        return sum(count for _option, count in self.counts)
