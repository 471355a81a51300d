"""The form of a session record. Times are typed as the clock on the wall of the meeting shows them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from core.datetimes import TYPED, at_wall_clock
from core.form_fields import LineField
from workflow.access.grants import with_year
from workflow.sessions.models import Panelist, RatingSheet, Session
from workflow.transitions.models import Process


class WallClockField(forms.CharField):
    """A date and time without a zone; the form gives it the zone of the meeting's place."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return datetime.strptime(text, TYPED)  # noqa: DTZ007  SessionForm.clean() adds the zone
        except ValueError as error:
            raise ValidationError(_("Write date and time as 2099-12-31T14:30.")) from error


class ForumsField(forms.ModelMultipleChoiceField):
    """Newest year first; the year is a part of the address, and many forums bear the same title in several years."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Page) -> str:
        return with_year(obj)


class DocumentsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Process) -> str:
        return f"{obj.series}: {obj.title}"


class SessionForm(forms.ModelForm):
    forums = ForumsField(label=gettext_lazy("Forums"), queryset=Page.objects.none())
    documents = DocumentsField(
        label=gettext_lazy("Documents discussed"),
        queryset=Process.objects.none(),
        required=False,
        help_text=gettext_lazy("None chosen: all documents of the forums."),
    )
    starts = WallClockField(label=gettext_lazy("Starts"))
    ends = WallClockField(label=gettext_lazy("Ends"), required=False)
    remote_link = forms.URLField(
        label=gettext_lazy("Link to take part from afar"), required=False, assume_scheme="https"
    )
    recording = forms.URLField(label=gettext_lazy("Recording"), required=False, assume_scheme="https")
    captions = forms.URLField(label=gettext_lazy("Captions"), required=False, assume_scheme="https")

    class Meta:
        model = Session
        fields = [
            "title", "forums", "documents", "time_zone", "starts", "ends", "place", "remote_link", "rapporteur",
            "attendance", "minutes", "recording", "captions",
        ]  # fmt: skip
        field_classes = dict.fromkeys(("title", "place", "rapporteur"), LineField)

    def __init__(self, forums: Iterable[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [page.pk for page in forums]
        pages = Page.objects.filter(pk__in=ids).order_by("-url_path")
        self.fields["forums"].queryset = pages  # type: ignore[attr-defined]
        self.fields["documents"].queryset = self._documents(pages)  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("starts", "ends"):
                moment = getattr(self.instance, name)
                self.initial[name] = moment.astimezone(self.instance.zone).strftime(TYPED) if moment else ""

    def _documents(self, forums: Any) -> Any:
        found = Process.objects.none()
        for page in forums:
            found = found | Process.objects.filter(page__path__startswith=page.path)
        return found.order_by("-series")

    def clean_time_zone(self) -> str:
        name = str(self.cleaned_data["time_zone"]).strip()
        if name not in available_timezones():
            raise ValidationError(_("Write an IANA name such as Europe/Istanbul, or UTC."))
        return name

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self.cleaned_data
        if zone := found.get("time_zone"):
            for name in ("starts", "ends"):
                if found.get(name):
                    self._place(name, ZoneInfo(zone))
        if found.get("starts") and found.get("ends") and found["ends"] <= found["starts"]:
            self.add_error("ends", _("A session ends after it starts."))
        return found

    def _place(self, name: str, zone: ZoneInfo) -> None:
        try:
            self.cleaned_data[name] = at_wall_clock(self.cleaned_data[name], zone)
        except ValidationError as error:
            self.add_error(name, error)  # which takes the value out of cleaned_data


class RatingForm(forms.ModelForm):
    lines = forms.CharField(
        label=gettext_lazy("Options and counts"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=gettext_lazy("One a line, such as “agree: 41”."),
    )

    class Meta:
        model = RatingSheet
        fields = ["recommendation"]
        widgets = {"recommendation": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lines"] = "\n".join(f"{option}: {count}" for option, count in self.instance.counts)

    def clean_lines(self) -> list[list[Any]]:
        counts = []
        for line in filter(None, (raw.strip() for raw in self.cleaned_data["lines"].splitlines())):
            option, colon, number = line.rpartition(":")
            number = number.strip()
            if not (colon and option.strip() and number.isascii() and number.isdigit() and len(number) < 8):
                raise ValidationError(_("This line has no option and count: “%s”") % line[:60])
            counts.append([option.strip(), int(number)])
        return counts

    def save(self, commit: bool = True) -> RatingSheet:
        self.instance.counts = self.cleaned_data["lines"]
        return super().save(commit)


PanelFormSet = forms.inlineformset_factory(
    Session, Panelist, fields=["name", "role", "organisation"], extra=3, max_num=30
)
RatingFormSet = forms.inlineformset_factory(Session, RatingSheet, form=RatingForm, extra=2, max_num=60)
