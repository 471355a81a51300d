"""Form of the wording of an occasion."""

from string import Template
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import LineField
from mail.models import Wording
from mail.occasions import Occasion, Words


class WordingForm(forms.ModelForm):
    """The words of one occasion: for people, and for mailing lists where they are told."""

    class Meta:
        model = Wording
        fields = ["subject", "body", "list_subject", "list_body"]
        field_classes = {"subject": LineField, "list_subject": LineField}
        labels = {
            "subject": _("Subject"), "body": _("Text"),
            "list_subject": _("Subject, to the mailing list"), "list_body": _("Text, to the mailing list"),
        }  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in ("body", "list_body")}

    def __init__(self, occasion: Occasion, words: Words, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.occasion = occasion
        self._start_with("subject", "body", words)
        if occasion.list_words:
            self._start_with("list_subject", "list_body", occasion.list_words)
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
        if self.occasion.list_words:
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
        unknown = sorted(set(template.get_identifiers()) - set(self.occasion.places))
        if unknown:
            self.add_error(name, _("Unknown place: %s") % ", ".join(f"${place}" for place in unknown))
