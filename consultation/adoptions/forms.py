"""The form of the register of voluntary adoption."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from consultation.vocabulary import AdoptionKind, Region, StakeholderGroup
from core.email_addresses import AddressField
from core.form_fields import LineField, ProseField
from core.languages.template_tags import tongue
from editions.document.model import SectionKind
from editions.models import Edition
from gate.forms.honeypot import is_sprung, trap_field

WHO = (("organisation", _("An organization")), ("person", _("A person")))


class AdoptionForm(forms.Form):
    """declared() gives the keyword arguments of consultation.adoptions.services.Declared."""

    kind = forms.ChoiceField(label=_("What do you declare?"), choices=AdoptionKind.choices, widget=forms.RadioSelect)
    passages = forms.MultipleChoiceField(
        label=_("Which recommendations? None chosen: the whole outcome."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.ChoiceField(label=_("In whose name?"), choices=WHO, initial="organisation", widget=forms.RadioSelect)
    declarer = LineField(label=_("Name, as it shall be shown"), max_length=200)
    email = AddressField(label=_("E-mail"), help_text=_("Never published. You confirm it by a link."), max_length=254)
    statement = ProseField(
        label=_("Statement"),
        help_text=_("In your own words, how you use it."),
        required=False,
        max_length=5_000,
        rows=5,
    )
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    group = forms.ChoiceField(
        label=_("Stakeholder group"), choices=StakeholderGroup.choices, initial=StakeholderGroup.NOT_STATED
    )
    region = forms.ChoiceField(label=_("Regional group"), choices=Region.choices, initial=Region.NOT_STATED)
    entitled = forms.BooleanField(
        label=_("I may declare this in that name, and it may be published. It may be revoked at any time.")
    )
    leave_this_empty_7 = trap_field()

    def __init__(self, edition: Edition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = edition.passages.filter(section=SectionKind.RECOMMENDATION).exclude(number=0).order_by("ordinal")
        self.recommendations = {passage.anchor: passage for passage in found}
        choices = [
            (anchor, format_html("¶ {}: {}", passage.number, tongue(passage.text[:120], passage.language)))
            for anchor, passage in self.recommendations.items()
        ]
        self.fields["passages"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["passages"]

    def declared(self) -> dict[str, Any]:
        data = self.cleaned_data
        plain = ("kind", "declarer", "email", "statement", "since", "link", "group", "region")
        return {name: data[name] for name in plain} | {
            "is_organisation": data["who"] == "organisation",
            "passages": tuple(self.recommendations[anchor] for anchor in data.get("passages", ())),
            "suspicious": is_sprung(data),
        }
