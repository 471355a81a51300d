"""Public forms of a comment and of who sends it. They check and tidy; services decide."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.comments.models import Comment
from consultation.periods.models import Period
from consultation.periods.services import scope_of
from consultation.submissions.drafts import DOCUMENT
from consultation.submissions.limits import MOST_TARGETS
from consultation.submissions.paragraph_numbers import anchors_in, too_many
from consultation.vocabulary import (
    MOST_BODY,
    MOST_PROPOSED,
    MOST_RATIONALE,
    Display,
    IdentityPolicy,
    Kind,
    Region,
    StakeholderGroup,
)
from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField
from core.languages.template_tags import tongue
from gate.forms.honeypot import is_sprung, trap_field


class RemarkForm(forms.Form):
    """One comment. cleaned_data["targets"]: anchors, and DOCUMENT for the whole."""

    form_token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    paragraphs = LineField(
        label=gettext_lazy("Paragraphs"),
        help_text=gettext_lazy("Numbers as they stand beside the text, such as 12, 14-16."),
        required=False,
        max_length=300,
    )
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("Sections"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole = forms.BooleanField(label=gettext_lazy("The document as a whole"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of comment"), choices=Kind.choices, initial=Kind.GENERAL, widget=forms.RadioSelect
    )
    body = ProseField(
        label=gettext_lazy("Your comment"),
        help_text=gettext_lazy("Plain text. What do you think, and what should change?"),
        required=False,
        max_length=MOST_BODY,
        rows=8,
    )
    proposed = ProseField(
        label=gettext_lazy("Proposed wording"),
        help_text=gettext_lazy(
            "If you wish: the paragraph as it should read. The difference is worked out and shown to everybody."
        ),
        required=False,
        max_length=MOST_PROPOSED,
        rows=5,
    )
    rationale = ProseField(label=gettext_lazy("Reasons"), required=False, max_length=MOST_RATIONALE, rows=3)
    supports = forms.BooleanField(
        label=gettext_lazy("I support the text as it stands"),
        help_text=gettext_lazy("Noted beside your comment. It is not a vote."),
        required=False,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of your comment"), choices=settings.LANGUAGES)

    def __init__(self, period: Period, *args: Any, parent: Comment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period
        self.parent = parent
        for name in ("body", "paragraphs"):  # not required alone, but together with others: never called optional
            self.fields[name].is_needed = True  # type: ignore[attr-defined]
        headings = period.edition.passages.filter(number=0).order_by("ordinal")
        choices = [(heading.anchor, tongue(heading.text, heading.language)) for heading in headings]
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]
        self.scope = scope_of(period)
        if self.scope is not None:
            choices = [choice for choice in choices if choice[0] in self.scope]
            self.fields["sections"].choices = choices  # type: ignore[attr-defined]
            del self.fields["whole"]
        if not choices:
            del self.fields["sections"]
        self._ask_in_the_languages_of(period)
        if parent is not None:
            for name in ("paragraphs", "sections", "whole", "proposed", "rationale", "supports"):
                self.fields.pop(name, None)

    def _ask_in_the_languages_of(self, period: Period) -> None:
        """The languages a call asks for come first; a comment in another one is taken all the same."""
        asked = set(period.languages)
        self.fields["language"].choices = sorted(  # type: ignore[attr-defined]
            settings.LANGUAGES, key=lambda language: bool(asked) and language[0] not in asked
        )

    def clean_paragraphs(self) -> list[str]:
        anchors = anchors_in(self.cleaned_data["paragraphs"], self.period.edition)
        if self.scope is not None and (outside := [anchor for anchor in anchors if anchor not in self.scope]):
            raise ValidationError(_("This call does not ask about paragraph %s.") % outside[0][1:], code="scope")
        return anchors

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.parent is not None:
            data |= {"targets": [], "parent": self.parent.number}
            if not data.get("body") and "body" not in self.errors:
                self.add_error("body", _("Write your reply."))
            return data
        paragraphs = data.get("paragraphs", [])
        data["targets"] = [*([DOCUMENT] if data.get("whole") else []), *data.get("sections", []), *paragraphs]
        if len(data["targets"]) > MOST_TARGETS:
            self.add_error("paragraphs", too_many(len(data["targets"])))
        if not data["targets"] and not self.errors.keys() & {"paragraphs", "sections"}:
            self.add_error("paragraphs", _("Say what your comment is about: paragraphs, sections or the whole."))
        if data.get("proposed") and self._is_wording_of_today(data["proposed"]):
            data["proposed"] = ""
        if data.get("proposed") and not paragraphs and "paragraphs" not in self.errors:
            self.add_error("paragraphs", _("Proposed wording replaces a paragraph: give its number."))
        if not data.get("body") and not data.get("proposed") and not self.errors.keys() & {"body", "proposed"}:
            self.add_error("body", _("Write a comment, or propose another wording."))
        return data

    def _is_wording_of_today(self, proposed: str) -> bool:
        """The form begins with the words of a paragraph: left as they are, they propose nothing, for whichever one."""
        return bool(self.period.edition.passages.filter(text=" ".join(proposed.split()), number__gt=0).exists())


class PersonForm(forms.Form):
    """Who sends. cleaned_data["suspicious"]: "trap" if the trap was filled."""

    name = LineField(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("Several authors: separate them with commas."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = AddressField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Never published. You get a link to confirm it, and the answer to your comment."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = LineField(
        label=gettext_lazy("On behalf of"),
        help_text=gettext_lazy("An organization or community, if you speak for one."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Stakeholder group"),
        choices=StakeholderGroup.choices,
        initial=StakeholderGroup.NOT_STATED,
    )
    region = forms.ChoiceField(label=gettext_lazy("Regional group"), choices=Region.choices, initial=Region.NOT_STATED)
    display = forms.ChoiceField(
        label=gettext_lazy("What is shown"), choices=Display.choices, initial=Display.NAME, widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label=gettext_lazy("I have read this and agree"))
    leave_this_empty_7 = trap_field()

    def __init__(self, period: Period, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if period.identity == IdentityPolicy.NAME:
            self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("display") == Display.ORGANISATION and not data.get("organisation"):
            self.add_error("organisation", _("Name the organization that shall be shown."))
        data["suspicious"] = "trap" if is_sprung(data) else ""
        return data
