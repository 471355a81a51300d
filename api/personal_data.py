"""What the doors for programs hold of a person (core.personal_data): nothing, and how often a document was read."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import Holding, register

register(
    Holding(
        model="api.UsageCount",
        what=_("How often a document is read and downloaded, counted by month"),
        why=_(
            "To see what is used. Nothing says who read: no address is kept, no cookie is set, programs are left out."
        ),
        until=_("For good: they are numbers."),
    )
)
