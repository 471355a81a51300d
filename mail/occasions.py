"""The registry of what is told by mail, and of whom a mail may reach besides accounts. Rooms above fill it at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from mail.models import Message
from mail.retries import MOST_ATTEMPTS

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    """A subject and a text with places such as $title in them."""

    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Gathering:
    """News of one sort for one reader in one mail. template: of the mail for several. wait: how long news waits for
    more of its kind."""

    template: str
    wait: timedelta


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that is told by mail: in which words, and within which limits.

    Words are of one of two sorts. A `template`, whose first line is the subject, is filled in when the mail is sent.
    `words`, which the Secretariat may change, are filled in when it is written; list_words go to a mailing list, or to
    none; examples: each of their places, with what a preview shows there. Told to the owner of a row, they are filled
    in when the mail is sent, with the message's facts and the row's context.

    gathered: how several occasions become one mail; those that name the same wait for each other.
    asks: whether it asks an address to confirm something; mail.delivery limits how often one address is asked.
    attempts: after so many failures it is given up; None: never.
    """

    name: str
    label: Text
    template: str = ""
    words: Words | None = None
    list_words: Words | None = None
    examples: Mapping[str, Any] = field(default_factory=dict)
    gathered: Gathering | None = None
    asks: bool = False
    attempts: int | None = MOST_ATTEMPTS

    def still_reaches(self, user: Any, about: str) -> bool:
        """Whether a person is to get a mail that waited. Asked when it is sent: days may have passed."""
        return bool(user.is_active)

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(self.examples)


@dataclass(frozen=True, slots=True)
class Owner:
    """A table whose rows belong to somebody who is written to; each has a `language`.

    A row is looked up when its mail is sent: whoever was erased meanwhile gets none. rows: with all that the words
    need. email: the lookup from a row to its address, such as "sender__email". context: what templates say of a row.
    wants: whether a row is written to on an occasion; None: on all. waits: whether it still waits to be confirmed by
    its address, at the context's `confirm`; None: rows of this table never do.
    """

    rows: QuerySet[Any]
    email: str
    context: Callable[[Any], dict[str, Any]]
    wants: Callable[[Any, Occasion], bool] | None = None
    waits: Callable[[Any], bool] | None = None


MOST_LISTED = 50
OCCASIONS: dict[str, Occasion] = {}
OWNERS: dict[str, Owner] = {}
Registered = TypeVar("Registered", bound=Occasion)


def register(occasion: Registered) -> Registered:
    """A name can be taken once."""
    if occasion.name in OCCASIONS:
        raise ValueError(f"occasion {occasion.name!r} is declared twice")
    OCCASIONS[occasion.name] = occasion
    return occasion


def register_owner(owner: Owner) -> None:
    OWNERS[type_of(owner.rows.model)] = owner


def occasion_of(message: Message) -> Occasion:
    """One that no room registers any more is sent all the same if its words were fixed when it was written."""
    return OCCASIONS.get(message.occasion) or Occasion(message.occasion, message.occasion)


def owner_of(message: Message, occasion: Occasion) -> tuple[Any, str]:
    """(row, address) as they are at this moment; (None, "") where nobody is to be written to."""
    owner = OWNERS.get(message.owner_type)
    row = owner.rows.filter(pk=message.owner_id).first() if owner else None
    if owner is None or row is None or (owner.wants and not owner.wants(row, occasion)):
        return None, ""
    if occasion.asks and not (owner.waits and owner.waits(row)):
        return None, ""
    return row, _address_of(row, owner)


def _address_of(row: Any, owner: Owner) -> str:
    address = row
    for step in owner.email.split("__"):
        address = getattr(address, step)
    return str(address)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something under an address that waits for its confirmation. path: of the page that confirms it."""

    label: Text
    path: str
    since: datetime


def others_waiting(row: Model) -> list[Waiting]:
    """What else waits under the address of a row, newest first. For whoever opened a link that was mailed there: they
    could have got a mail for each, and one mail a day is all that an address gets (mail.delivery)."""
    address = _address_of(row, OWNERS[type_of(row)])
    if not address:
        return []
    asking = [name for name, occasion in OCCASIONS.items() if occasion.asks]
    messages = Message.objects.filter(sent_to(address), occasion__in=asking).order_by("-pk")[:MOST_LISTED]
    found: dict[str, Waiting] = {}
    for message in messages:
        occasion = OCCASIONS[message.occasion]
        other, _address = owner_of(message, occasion)
        if other is not None and other != row:
            path = str(OWNERS[message.owner_type].context(other)["confirm"])
            found.setdefault(
                f"{message.owner_type}:{message.owner_id}", Waiting(occasion.label, path, message.created_at)
            )
    return list(found.values())


def type_of(row: Model | type[Model]) -> str:
    return str(row._meta.model_name)


def sent_to(email: str) -> Q:
    """Which messages go to the owners of an address."""
    return _sent_to_owners(lambda field: Q((field, email)))


def sent_to_between(begin: str, end: str) -> Q:
    """Which messages go to the owners of addresses that begin and end so."""
    return _sent_to_owners(lambda field: Q((f"{field}__startswith", begin), (f"{field}__endswith", end)))


def _sent_to_owners(whose: Callable[[str], Q]) -> Q:
    found = Q(pk=None)
    for name, owner in OWNERS.items():
        found |= Q(owner_type=name, owner_id__in=owner.rows.filter(whose(owner.email)).order_by().values("pk"))
    return found
