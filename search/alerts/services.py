"""Saved searches that mail what is new. Double opt-in; the reader's address goes with the subscription."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from mail import outbox
from mail.models import Subscription
from mail.subscriptions import services as subscriptions
from search.alerts.occasions import CONFIRM_ALERT, NEWS
from search.answering.answer import search
from search.answering.cards import Card
from search.query import parameters
from search.query.description import in_words

EVERY = timedelta(days=1)  # one mail a period, whatever was published
UNCONFIRMED = timedelta(days=settings.UNCONFIRMED_DAYS)
DEPTH = 100  # newest answers compared with those told
MOST_TOLD = 1000
FORMER_SALT = "search alert"


def _context(alert: Subscription) -> dict[str, Any]:
    return {"name": name_of(alert.topic)}


_VIEWS = ("search:alert_confirm", "search:alert_stop")
ALERTS = subscriptions.register_kind(subscriptions.Kind("alert", CONFIRM_ALERT, *_VIEWS, _context))
"""The topic is the path and parameters of the search; state["told"]: identifiers of editions the reader knows of."""


def tidy(address: str) -> str:
    """The search part of an address, rebuilt from what the library understands of it."""
    return _asked(address[:2000]).address(reverse("search:results"))[:2000]


def name_of(address: str) -> str:
    """The search in words."""
    return in_words(_asked(address))


def _asked(address: str) -> parameters.Parameters:
    return parameters.from_address(QueryDict(urlsplit(address).query))


def by_confirm_link(token: str) -> Subscription | None:
    """The alert of a link to confirm it. Raises core.tokens.BadLink."""
    return _former(token, settings.TOKEN_DAYS["confirm"]) or ALERTS.by_link(token)


def by_stop_link(token: str, now: datetime) -> Subscription | None:
    """The alert of a link to stop it. Raises core.tokens.BadLink."""
    return _former(token, settings.TOKEN_DAYS["unsubscribe"]) or ALERTS.by_end_link(token, now)


def _former(token: str, days: int) -> Subscription | None:
    """Links of before docs/adr/0080 sign the number that the alert had then; they are in mails that people keep."""
    with suppress(signing.BadSignature):
        number = signing.loads(token, salt=FORMER_SALT, max_age=timedelta(days=days))
        return ALERTS.subscriptions.filter(state__number=number).first()
    return None


def confirm(alert: Subscription, now: datetime) -> None:
    """From now on; what answers the search today is not news."""
    if alert.confirmed_at is None:
        alert.state["told"] = [card.data["edition"] for card in answers(alert)]
        subscriptions.begin(alert, now)


def answers(alert: Subscription) -> tuple[Card, ...]:
    question = _asked(alert.topic).question(alert.language)
    return search(replace(question, sort="newest", page=1, size=DEPTH)).cards


def mail_news(now: datetime) -> int:
    """Note a mail to each confirmed alert with what it has not told yet. Answers how many; safe to repeat."""
    subscriptions.forget(ALERTS.subscriptions.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED))
    noted = 0
    for alert in ALERTS.subscriptions.standing().order_by("pk"):
        if alert.mailed_at and abs(now - alert.mailed_at) < EVERY:  # also where the clock was far ahead then
            continue
        told = set(alert.state.get("told", ()))
        if new := [card.data for card in answers(alert) if card.data["edition"] not in told]:
            _note(alert, new, now)
            noted += 1
    return noted


@transaction.atomic
def _note(alert: Subscription, new: list[dict[str, Any]], now: datetime) -> None:
    documents = [{name: str(data[name]) for name in ("title", "year", "permanent_url")} for data in new]
    since = alert.mailed_at.isoformat() if alert.mailed_at else ""
    outbox.write(NEWS, f"news:{alert.pk}:{since}", now, alert, {"documents": documents})
    alert.state["told"] = [*alert.state.get("told", ()), *(data["edition"] for data in new)][-MOST_TOLD:]
    alert.mailed_at = now
    alert.save(update_fields=["state", "mailed_at"])
