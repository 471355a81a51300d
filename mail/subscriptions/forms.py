"""Form of whoever subscribes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.email_addresses import AddressField


class SubscribeForm(forms.Form):
    email = AddressField(label=_("E-mail"), max_length=254)
