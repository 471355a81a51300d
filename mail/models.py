"""The outbox, the subscriptions, the words of the Secretariat, and how each person wants to be told."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        return self.filter(sent_at=None, ready_at__lte=now)


class Message(models.Model):
    """One mail of the outbox: about one occasion, to one recipient, told once.

    The recipient is a person with an account (user), a mailing list (list_address, as it was then), or the owner of a
    row of any room: owner_type names the table (see mail.occasions.Owner), owner_id the row. The address of an owner is
    looked up when the mail is sent and is not kept here.

    key: names the occasion. about: what it concerns, such as "process:12".
    subject, body: the words, where they are fixed when the row is written. Elsewhere `facts`, which hold nothing
    personal, are put into words when the mail is sent.
    ready_at: not before this moment; in the future while a mail is being sent, so that nobody sends it too; empty
    once it was given up. asked_at: when an address was asked to confirm something, which mail.delivery limits.
    """

    key = models.CharField(max_length=160)
    occasion = models.CharField(max_length=30)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="mails")
    list_address = models.EmailField(blank=True)
    list_archive = models.URLField(blank=True)
    owner_type = models.CharField(max_length=20, blank=True)
    owner_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    for_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, db_index=True)
    asked_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["owner_type", "owner_id"], name="message_by_owner"),
            models.Index(fields=["occasion", "about"], name="message_by_what_it_is_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key", "user"], name="message_once_a_person"),
            models.UniqueConstraint(fields=["key"], condition=Q(user=None), name="message_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, list_address="", owner_type="")
                | (Q(user=None, owner_type="") & ~Q(list_address=""))
                | (Q(user=None, list_address="", owner_id__isnull=False) & ~Q(owner_type="")),
                name="message_has_one_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} to {self.user or self.list_address or f'{self.owner_type} {self.owner_id}'}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def standing(self) -> Self:
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Subscription(models.Model):
    """An address that wants mail about a topic. Private; a signed link confirms it, and its secret ends it.

    kind: as a room above registered it (see mail.subscriptions.services). topic: in the words of that room.
    state: what the room keeps for it, such as what it was told already.
    """

    kind = models.CharField(max_length=20)
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    topic = models.CharField(max_length=2000)
    language = models.CharField(max_length=16)
    secret = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    state = models.JSONField(default=dict)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "topic"], name="subscription_by_topic")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "email", "topic"], condition=~Q(email=""), name="subscribed_once_an_address"
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def stands(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class Wording(models.Model):
    """The Secretariat's own words for an occasion. Without a row, and where a text is empty, the words as
    shipped stand. list_subject, list_body: for the forum's mailing list."""

    occasion = models.CharField(max_length=30, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    list_subject = models.CharField(max_length=200, blank=True)
    list_body = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.occasion


class Preference(models.Model):
    """How a person wants to be told. Without a row: each notice by itself."""

    class Mode(models.TextChoices):
        EACH = "each", _("Each notice by itself")
        DAILY = "daily", _("One mail a day")
        NONE = "none", _("No mail")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference")
    mode = models.CharField(_("mail about my documents"), max_length=10, choices=Mode, default=Mode.EACH)

    def __str__(self) -> str:
        return f"{self.user}: {self.mode}"
