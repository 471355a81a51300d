"""Labels of Wagtail's forms for a link in rich text. They have none, so Django makes them of the names, in English."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

from workflow.states import Text

LABELS: dict[Any, dict[str, Text]] = {
    choosers.ExternalLinkChooserForm: {},
    choosers.AnchorLinkChooserForm: {},
    choosers.EmailLinkChooserForm: {"email_address": _("E-mail"), "subject": _("Subject"), "body": _("Text")},
    choosers.PhoneLinkChooserForm: {"phone_number": _("Phone number")},
}


def name_them() -> None:
    for form, labels in LABELS.items():
        for name, label in ({"link_text": _("Link text")} | labels).items():
            form.base_fields[name].label = label
