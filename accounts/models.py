"""The record of accounts, second factors, and to whom mail about an account goes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.hash_chain import seal

USER = settings.AUTH_USER_MODEL


class Event(models.Model):
    """Something that happened to an account, or a try to sign in with a name that is nobody's (person is empty).

    All rows are one hash chain; `ordinal` counts them from 1. What is hashed never changes (a database trigger says
    so): person, actor and network stand in it as seals, so that each can be forgotten and the chain still holds.
    network: a keyed hash (gate.client_address), never an address; forgotten after NETWORK_DAYS. Rows go only once
    EventChain has sealed them away.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        FAILED = "failed", _("Sign-in failed")
        SECOND_FAILED = "second_failed", _("Second factor failed")
        SIGNED_OUT = "signed_out", _("Signed out")
        CONFIRM_FAILED = "confirm_failed", _("Confirming a change failed")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        CODES_MADE = "codes_made", _("Recovery codes made")
        CODE_USED = "code_used", _("Recovery code used")
        IDENTITY_LINKED = "identity_linked", _("Single sign-on linked")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        EMAIL_CHANGED = "email_changed", _("E-mail address changed")
        ROLE_CHANGED = "role_changed", _("Role changed")
        STANDING_CHANGED = "standing_changed", _("Account opened, closed or made administrator")
        RESET_ASKED = "reset_asked", _("Password reset asked for")
        SESSIONS_ENDED = "sessions_ended", _("Sessions ended")
        SEALED_AWAY = "sealed_away", _("Old rows of this record were deleted")

    HASHED: ClassVar = ("ordinal", "kind", "at", "person_seal", "by_seal", "network_seal", "data")

    ordinal = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(db_index=True)
    person = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="account_events")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    network = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    person_seal = models.CharField(max_length=64, blank=True)
    by_seal = models.CharField(max_length=64, blank=True)
    network_seal = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["ordinal"]

    def __str__(self) -> str:
        return f"event {self.ordinal}: {self.kind}"

    def content(self) -> dict[str, Any]:
        """What the row's hash covers, in JSON-ready form."""
        return {name: getattr(self, name) for name in self.HASHED} | {"at": self.at.isoformat()}

    def sealed(self, name: str) -> str:
        """What `<name>_seal` must be while the value of person, by or network is still known; "" without one."""
        value = getattr(self, "network" if name == "network" else f"{name}_id")
        return seal(f"{name}:{value}", self.salt) if value else ""


class EventChain(models.Model):
    """One row: how long the chain of events is and how it ends, and up to where old rows were sealed away and deleted.

    sealed_through, sealed_hash: the last deleted row. A row of the chain says the same (Kind.SEALED_AWAY).
    """

    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    sealed_through = models.PositiveBigIntegerField(default=0)
    sealed_hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"chain of {self.length} events"


class Factor(models.Model):
    """A second factor of a person: an app that makes codes (RFC 6238), or a passkey (WebAuthn).

    secret: of an app, encrypted (accounts.factors.encryption). credential: the public data of a passkey, which is no
    secret. last_step: the time step of the last code that was taken, so that none is taken twice.
    """

    class Kind(models.TextChoices):
        APP = "app", _("Authenticator app")
        PASSKEY = "passkey", _("Passkey")

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="second_factors")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60)
    secret = models.TextField(blank=True)
    credential_id = models.CharField(max_length=1400, blank=True)
    credential = models.TextField(blank=True)
    last_step = models.BigIntegerField(default=0)
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["credential_id"], condition=~models.Q(credential_id=""), name="passkey_of_one_account"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of the codes that stand in for a lost factor; each is taken once (accounts.factors.recovery_codes)."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=150)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class OpenSession(models.Model):
    """A session that stands: its row is named in the session, and a session without one is nobody's.

    seen_at: when it was last used, to some minutes. is_remembered: its person said that the browser is theirs.
    """

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="open_sessions")
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)
    is_remembered = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"session {self.pk}"


class ForeignIdentity(models.Model):
    """Who a provider of single sign-on says somebody is. The subject counts from then on, not the address."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="foreign_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="subject_of_one_account"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_subject_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"


class Addressee(models.Model):
    """To whom one mail about an account goes: the address as it was at that moment, which may be the former one."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254, db_index=True)
    language = models.CharField(max_length=16)
    zone = models.CharField(max_length=60)
    is_reset = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"addressee {self.pk}"


class ResetRequest(models.Model):
    """Somebody asked for a new password by an address, which may be nobody's; the worker looks, and deletes the row."""

    email = models.EmailField(max_length=254)
    network = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reset request {self.pk}"
