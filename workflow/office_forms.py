"""Forms of the Secretariat's desk and of a person's own account."""

from string import Template
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from workflow.draft_links import LONGEST
from workflow.events import Event, Words
from workflow.grants import with_year
from workflow.models import NoticePreference, NoticeWording, RoleGroup
from workflow.moments import MomentField


class RoleGroupField(forms.ModelChoiceField):
    def label_from_instance(self, obj: RoleGroup) -> str:
        return str(obj.get_role_display())


class GrantForm(forms.Form):
    """Who gets which of the offered roles, until when. The person is named as they log in, or by mail address."""

    user = forms.CharField(label=_("Person"), max_length=254, help_text=_("User name or mail address of an account."))
    role_group = RoleGroupField(label=_("Role"), queryset=RoleGroup.objects.none())
    until = MomentField(
        label=_("Until"), required=False, help_text=_("Empty: without end. At this moment the role is over.")
    )

    def __init__(self, role_groups: QuerySet[RoleGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role_group"].queryset = role_groups  # type: ignore[attr-defined]

    def clean_user(self) -> Any:
        said = self.cleaned_data["user"].strip()
        named = Q(username__iexact=said) | (Q(email__iexact=said) & ~Q(email=""))
        found = list(get_user_model().objects.filter(named, is_active=True)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("There is no account of this name, or more than one."))
        return found[0]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This moment has passed."))
        return until


class WordingForm(forms.ModelForm):
    """The words of one event: for people, and for mailing lists where they are told."""

    class Meta:
        model = NoticeWording
        fields = ["subject", "body", "list_subject", "list_body"]
        labels = {
            "subject": _("Subject"), "body": _("Text"),
            "list_subject": _("Subject, to the mailing list"), "list_body": _("Text, to the mailing list"),
        }  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("body", "list_body")}

    def __init__(self, event: Event, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self._start_with("subject", "body", event.words)
        if event.list_words:
            self._start_with("list_subject", "list_body", event.list_words)
        else:
            del self.fields["list_subject"], self.fields["list_body"]
        for name in self.fields:
            self.fields[name].required = True

    def _start_with(self, subject: str, body: str, shipped: Words) -> None:
        """Where the Secretariat has no words of its own yet, those as shipped are changed."""
        for name, text in ((subject, shipped.subject), (body, shipped.body)):
            if not self.initial.get(name):
                self.initial[name] = str(text)

    def words(self) -> list[tuple[str, Words]]:
        """(to whom, words) as they stand in the form."""
        said = self.cleaned_data if self.is_bound else self.initial
        found = [(str(_("To people")), Words(said["subject"], said["body"]))]
        if self.event.list_words:
            found.append((str(_("To the mailing list")), Words(said["list_subject"], said["list_body"])))
        return found

    def clean(self) -> dict[str, Any]:
        for name in self.fields:
            text = self.cleaned_data.get(name)
            if text is not None:
                self.cleaned_data[name] = " ".join(text.split()) if name.endswith("subject") else text
                self._check(name, text)
        return self.cleaned_data

    def _check(self, name: str, text: str) -> None:
        """A misspelt place would reach every reader as it stands."""
        template = Template(text)
        if not template.is_valid():
            self.add_error(name, _("A dollar sign stands before something that is no place; write $$ for $."))
            return
        unknown = sorted(set(template.get_identifiers()) - set(self.event.places))
        if unknown:
            self.add_error(name, _("Unknown place: %s") % ", ".join(f"${place}" for place in unknown))


class NoticePreferenceForm(forms.ModelForm):
    class Meta:
        model = NoticePreference
        fields = ["mode"]


class DraftLinkForm(forms.Form):
    made_for = forms.CharField(
        label=_("Made for"), max_length=200, help_text=_("A name or a group; it stands across the draft.")
    )
    expires_at = MomentField(label=_("Open until"), help_text=_("At most 90 days from now."))

    def clean_expires_at(self) -> Any:
        moment = self.cleaned_data["expires_at"]
        if not timezone.now() < moment <= timezone.now() + LONGEST:
            raise forms.ValidationError(_("Choose a moment within the next 90 days."))
        return moment


class RestorationForm(forms.Form):
    """Into which forum a draft of the recycle bin comes back: one of those offered."""

    def __init__(self, forums: list[Page], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(page.pk): page for page in forums}
        self.fields["forum"] = forms.TypedChoiceField(
            label=_("Forum"), choices=[(pk, with_year(page)) for pk, page in by_id.items()], coerce=by_id.__getitem__
        )


class RemovalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("Kept in the library; not public."), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
