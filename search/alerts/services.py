"""Saved searches that mail what is new. Double opt-in; the reader's address goes with the subscription."""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.addresses import absolute
from search.alerts.models import Alert
from search.query import parameters
from search.query.description import in_words
from search.results.cards import Card
from search.results.service import search

SALT = "search alert"
EVERY = timedelta(days=1)  # one mail a period, whatever was published
UNCONFIRMED = timedelta(days=settings.UNCONFIRMED_DAYS)
MOST_WAITING = 5  # unconfirmed alerts of one address: nobody can be flooded through this form
DEPTH = 100  # newest answers compared with those told


def begin(email: str, address: str, language: str) -> None:
    """Send a confirmation, and nothing else until it is followed. Silent where one was sent or the limit is reached."""
    email = email.strip().lower()
    address = tidy(address)
    if Alert.objects.filter(email=email, confirmed_at=None).count() >= MOST_WAITING:
        return
    alert, made = Alert.objects.get_or_create(email=email, address=address, defaults={"language": language})
    if made:
        send(alert, _("Confirm your search alert"), "search/alerts/mail/confirm.txt", {})


def tidy(address: str) -> str:
    """The search part of an address, rebuilt from what the library understands of it."""
    return _asked(address[:2000]).address(reverse("search:results"))[:2000]


def name_of(address: str) -> str:
    """The search in words."""
    return in_words(_asked(address))


def _asked(address: str) -> parameters.Parameters:
    return parameters.from_address(QueryDict(urlsplit(address).query))


def token_of(alert: Alert) -> str:
    return signing.dumps(alert.pk, salt=SALT)


def by_token(token: str) -> Alert | None:
    try:
        return Alert.objects.filter(pk=signing.loads(token, salt=SALT)).first()
    except signing.BadSignature:
        return None


def confirm(alert: Alert, now: datetime) -> None:
    """From now on; what answers the search today is not news."""
    if alert.confirmed_at is None:
        alert.confirmed_at = now
        alert.told = [card.data["edition"] for card in answers(alert)]
        alert.save(update_fields=["confirmed_at", "told"])


def answers(alert: Alert) -> tuple[Card, ...]:
    question = _asked(alert.address).question(alert.language)
    return search(replace(question, sort="newest", page=1, size=DEPTH)).cards


def mail_news(now: datetime) -> int:
    """Mail each confirmed alert what it has not told yet. Answers how many mails were sent; safe to repeat."""
    Alert.objects.unconfirmed_since(now - UNCONFIRMED).delete()
    sent = 0
    for alert in Alert.objects.confirmed().order_by("pk"):
        if alert.mailed_at and now - alert.mailed_at < EVERY:
            continue
        new = [card for card in answers(alert) if card.data["edition"] not in set(alert.told)]
        if not new:
            continue
        with override(alert.language):
            subject = _("New in the library: %(search)s") % {"search": name_of(alert.address)}
            send(alert, subject, "search/alerts/mail/news.txt", {"cards": new})
        alert.told = [*alert.told, *(card.data["edition"] for card in new)][-1000:]
        alert.mailed_at = now
        alert.save(update_fields=["told", "mailed_at"])
        sent += 1
    return sent


def send(alert: Alert, subject: str, template: str, context: dict[str, object]) -> None:
    token = token_of(alert)
    stop = absolute(reverse("search:alert_stop", args=[token]))
    context |= {
        "site": absolute(""),
        "alert": alert,
        "name": name_of(alert.address),
        "confirm": absolute(reverse("search:alert_confirm", args=[token])),
        "stop": stop,
    }
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    EmailMessage(subject, render_to_string(template, context), to=[alert.email], headers=headers).send()
