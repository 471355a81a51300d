"""The form that begins a translation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bpf_pages.models.outcome import OutcomePage
from bpf_pages.translating.services import languages_for, translatable
from editions.models import Edition


class TranslationForm(forms.Form):
    """edition: number of a public outcome of the document; language: one that it does not speak yet."""

    language = forms.ChoiceField(label=_("Language of the translation"))
    edition = forms.TypedChoiceField(
        label=_("Edition that is translated"), coerce=int,
        help_text=_("It stays the authoritative one, and the translation names it."),
    )  # fmt: skip

    def __init__(self, page: OutcomePage, data: Any = None) -> None:
        super().__init__(data)
        self.editions: dict[int, Edition] = {edition.number: edition for edition in translatable(page)}
        self.fields["language"].choices = languages_for(page)  # type: ignore[attr-defined]
        self.fields["edition"].choices = [  # type: ignore[attr-defined]
            (number, edition.identifier) for number, edition in self.editions.items()
        ]

    @property
    def chosen(self) -> Edition:
        return self.editions[self.cleaned_data["edition"]]
