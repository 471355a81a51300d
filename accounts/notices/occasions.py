"""Mail about an account, in words that the Secretariat may change: what changed, and the way to a new password."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mail.occasions import Occasion, Words, register


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOccasion(Occasion):
    """Told to whoever has the account, soon and whatever they chose about other mail: nobody can stop it."""

    attempts: int | None = 12
    first_pause: timedelta = timedelta(minutes=1)

    @property
    def role_labels(self) -> list[str]:
        """For the list of wordings."""
        return [str(_("Whoever has the account"))]


EXAMPLES = {
    "name": "Ficta Tester",
    "at": datetime(2099, 5, 1, 12, 0, tzinfo=UTC),
    "what": "A second factor was added: Passkey",
    "address": "/admin/account/sign-ins/",
}
"""The places of every such mail."""

EMAIL_CHANGED = register(
    AccountOccasion(
        "account_email",
        _("The e-mail address of an account was changed (to the former address)"),
        words=Words(
            _("Your e-mail address at the BPF Library was changed"),
            _(
                "Dear $name,\n\nthis is no longer the e-mail address of your account at the BPF Library. It was "
                "changed on $at.\n\nIf it was not you, tell the Secretariat at once. Your sign-ins: $address"
            ),
        ),
        examples={place: EXAMPLES[place] for place in ("name", "at", "address")},
    )
)
PASSWORD_CHANGED = register(
    AccountOccasion(
        "account_password",
        _("The password of an account was changed"),
        words=Words(
            _("Your password at the BPF Library was changed"),
            _(
                "Dear $name,\n\nthe password of your account at the BPF Library was changed on $at. All other sessions "
                "have ended.\n\nIf it was not you, tell the Secretariat at once. Your sign-ins: $address"
            ),
        ),
        examples={place: EXAMPLES[place] for place in ("name", "at", "address")},
    )
)
FACTORS_CHANGED = register(
    AccountOccasion(
        "account_factors",
        _("Second factors or single sign-on of an account were changed"),
        words=Words(
            _("Your sign-in to the BPF Library was changed"),
            _(
                "Dear $name,\n\n$what\n\n$at\n\n"
                "If it was not you, tell the Secretariat at once. Your sign-ins: $address"
            ),
        ),
        examples=EXAMPLES,
    )
)
ROLES_CHANGED = register(
    AccountOccasion(
        "account_roles",
        _("Roles or rights of an account were changed"),
        words=Words(
            _("Your roles at the BPF Library were changed"),
            _("Dear $name,\n\n$what\n\n$at\n\nIf you did not expect it, ask the Secretariat. Your sign-ins: $address"),
        ),
        examples=EXAMPLES | {"what": "You were put into: Secretariat"},
    )
)
RESET = register(
    AccountOccasion(
        "account_reset",
        _("A new password was asked for"),
        words=Words(
            _("A new password for the BPF Library"),
            _(
                "Dear $name,\n\nsomebody asked for a new password for your account at the BPF Library; your user name "
                "is $username. To choose one, open this address within $hours hours:\n\n$link\n\n"
                "If it was not you, nothing has changed and nothing needs to be done."
            ),
        ),
        examples={
            "name": "Ficta Tester",
            "username": "ficta",
            "hours": "4",
            "link": "https://library.example/admin/password_reset/confirm/…/",
        },
    )
)
INVITED = register(
    AccountOccasion(
        "account_invited",
        _("An account was made"),
        words=Words(
            _("Your account at the BPF Library"),
            _(
                "Dear $name,\n\nan account was made for you at the BPF Library; your user name is $username. To choose "
                "a password, open this address within $hours hours:\n\n$link\n\nLater, ask for another link here: $ask"
            ),
        ),
        examples={
            "name": "Ficta Tester",
            "username": "ficta",
            "hours": "4",
            "link": "https://library.example/admin/password_reset/confirm/…/",
            "ask": "https://library.example/admin/password_reset/",
        },
    )
)


def words_of_standing(changed: dict[str, bool]) -> str:
    """What a mail says of each flag of an account that was changed, a line each, in the language that is turned on."""
    said = {
        ("is_active", True): _("Your account was opened."),
        ("is_active", False): _("Your account was closed."),
        ("is_superuser", True): _("You were made an administrator."),
        ("is_superuser", False): _("You are no longer an administrator."),
    }
    return "\n".join(str(said[change]) for change in changed.items())


def words_of_role(change: str, group: str) -> str:
    """change: "added" or "removed"."""
    said = _("You were put into: %s") if change == "added" else _("You were taken out of: %s")
    return str(said) % group
