"""What is kept of a stranger's connection (core.personal_data)."""

from django.utils.translation import gettext_lazy as _

from core.personal_data import Holding, register

register(
    Holding(
        model="gate.Tally",
        what=_("How often one network used a form"),
        why=_("So that nobody can flood the library. Only a keyed hash of a part of the network address is kept."),
        until=_("Two days"),
        traces=("caller",),
        impersonal=("name",),
    ),
    Holding(model="gate.SpentToken", impersonal=("use", "nonce")),
)
