"""Form of a person's own wishes for their mails."""

from django import forms

from mail.models import Preference


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields = ["mode"]
