"""Subscribing to a search: ask, confirm, stop. A followed link only shows a button: mail scanners follow too."""

from django import forms


class AlertForm(forms.Form):
    """The address of the search comes with it; whatever that holds means some search, so it cannot be wrong."""

    email = forms.EmailField(max_length=254)
