"""Sign-in to the admin: failed tries are counted for each account from each network, and for each network.

A stranger who guesses passwords of an account is refused; whoever owns it and comes from elsewhere is not, nor from the
same network in a browser that signed in before (gate.known_browsers). Counts are kept in the database, which no other
name pushes out. Nothing is logged that says whose account it was.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from gate.client_address import keyed_hash, network
from gate.known_browsers import known_as
from gate.rate_limits import TooMany, clear, note, refuse_beyond

logger = logging.getLogger(__name__)


class ThrottledLoginForm(LoginForm):  # type: ignore[misc]
    """Refuses further tries after LOGIN_TRIES failures for an account, and LOGIN_TRIES_A_NETWORK for any, within
    LOGIN_PAUSE_SECONDS from one network.

    Unknown names are counted too, so that the answer does not tell which accounts exist. A refused try asks no password
    hasher, which takes most of a second.
    """

    error_messages = LoginForm.error_messages | {
        "too_many": _("Too many failed tries for this account. Wait %(minutes)d minutes, then try again.")
    }

    retry_after = 0
    """Seconds until a further try is taken, where this one was refused: the view answers 429."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")  # which Wagtail leaves to its name, in English

    def clean(self) -> Any:
        now, window = timezone.now(), timedelta(seconds=settings.LOGIN_PAUSE_SECONDS)
        limits = list(self._limits())
        try:
            for name, caller, most in limits:
                refuse_beyond(name, caller, most, now, window)
        except TooMany as error:
            logger.warning("sign-in refused: too many failed tries from one network")
            self.retry_after = error.retry_after
            minutes = {"minutes": -(-error.retry_after // 60)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=minutes) from error
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("sign-in failed")
            for name, caller, _most in limits:
                note(name, caller, now, window)
            raise
        clear(*limits[0][:2])
        return cleaned

    @property
    def account(self) -> str:
        """As it was typed, in one form; "" where nothing was."""
        return str(self.cleaned_data.get("username", "")).lower()[:150]

    def _limits(self) -> Iterator[tuple[str, str, int]]:
        """(name of the tally, caller, failures), the account's own first. Of a browser that is known, its own only: it
        waits for nobody else of its network."""
        account = self.account
        if browser := known_as(self.request, account):
            yield "failed sign-in, browser", keyed_hash(f"{browser}:{account}"), settings.LOGIN_TRIES
            return
        here = network(self.request)
        yield "failed sign-in, account", keyed_hash(f"{here}:{account}"), settings.LOGIN_TRIES
        yield "failed sign-in, network", here, settings.LOGIN_TRIES_A_NETWORK
