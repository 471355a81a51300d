"""A person's own wishes, in "Account" of the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from mail.models import Preference
from mail.preferences.forms import PreferenceForm


class PreferencePanel(BaseSettingsPanel):
    name = "documents"
    title = gettext_lazy("Mail about my documents")
    tab = notifications_tab
    order = 50
    form_class = PreferenceForm

    def get_form(self) -> Any:
        found = Preference.objects.filter(user=self.user).first() or Preference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return PreferenceForm(data, instance=found, prefix=self.name)
