"""The public forms. They check and tidy; services decide."""

from django import forms
from django.utils.translation import gettext_lazy


class FollowForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
