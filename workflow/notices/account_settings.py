"""A person's own wishes, in "Account" of the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from workflow.notices.forms import NoticePreferenceForm
from workflow.notices.models import NoticePreference


class NoticeSettingsPanel(BaseSettingsPanel):
    name = "documents"
    title = gettext_lazy("Mail about my documents")
    tab = notifications_tab
    order = 50
    form_class = NoticePreferenceForm

    def get_form(self) -> Any:
        found = NoticePreference.objects.filter(user=self.user).first() or NoticePreference(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return NoticePreferenceForm(data, instance=found, prefix=self.name)
