"""Register of personal data: which fields of which tables say something about a person or open something secret.

A room declares each of its tables once, in its module `personal_data`. Export, erasure, the terms told at /privacy/ and
the test that no text field was forgotten are all made from these declarations.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import EmailField, FileField, Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from core.email_addresses import names_address, spellings

Text = str | Promise

UNNAMED = "—"
"""Stands where a name was and a table wants one."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What a person asked for. with_text: their words too. with_account: their account and their name in records."""

    at: datetime
    with_text: bool = False
    with_account: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """Fields that are emptied by date. over: rows whose term is over, at a moment; those emptied before may be among
    them."""

    fields: tuple[str, ...]
    over: Callable[[datetime], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one table that are about people.

    model: label of the table, such as "mail.Subscription".
    what, why, until: said at /privacy/. days, unconfirmed: names of the settings that `until` gives as %(days)s and
    %(unconfirmed)s.
    names: fields that say who somebody is. words: what somebody wrote. traces: what a connection left. secrets: what
    opens something for its holder. impersonal: all other text fields, so that a new one is thought about.
    salts: those of the secrets that open nothing and only seal names and words of the row; an archive keeps them.
    about: rows about the person of an e-mail address; None: rows here say nothing by which a person is found.
    addresses: the e-mail addresses by which rows are found; None: those in e-mail fields.
    key: the list of these rows in an export; "": told with the rows of another table. described: one row there;
    None: its names and words as they are.
    erased: what stands afterwards in fields that may not be empty. erase: from primary keys; None: see `emptied`.
    endings: what goes by date, without being asked.
    of_account: goes only with the person's account.
    """

    model: str
    what: Text = ""
    why: Text = ""
    until: Text = ""
    days: str = ""
    unconfirmed: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    about: Callable[[str], QuerySet[Any]] | None = None
    addresses: Callable[[], Iterable[str]] | None = None
    key: str = ""
    described: Callable[[Any], dict[str, Any]] | None = None
    erased: Mapping[str, Any] = field(default_factory=dict)
    erase: Callable[[list[Any], Erasure], object] | None = None
    endings: tuple[Ending, ...] = ()
    of_account: bool = False

    @property
    def table(self) -> type[Model]:
        return apps.get_model(self.model)

    @property
    def term(self) -> str:
        """How long rows are kept, in the reader's language."""
        named = {"days": self.days, "unconfirmed": self.unconfirmed}
        days = {name: getattr(settings, setting) for name, setting in named.items() if setting}
        return str(self.until) % days if days else str(self.until)

    @property
    def not_for_an_archive(self) -> set[str]:
        """Fields that leave no instance: what opens something for its holder, and what a connection left."""
        return {*self.secrets, *self.traces} - set(self.salts)

    def known(self) -> Iterator[str]:
        """Every address under which something is kept, in small letters; some of them twice."""
        if self.addresses:
            yield from self.addresses()
        fields = [name for name in self.names if isinstance(self.table._meta.get_field(name), EmailField)]
        for name in fields if self.addresses is None else ():
            rows: QuerySet[Any] = QuerySet(self.table).exclude(**{name: ""}).order_by()
            yield from (str(found).casefold() for found in rows.values_list(name, flat=True).distinct().iterator())

    def told(self, row: Any) -> dict[str, Any]:
        if self.described:
            return self.described(row)
        return {name: _plain(row, name) for name in (*self.names, *self.words)}

    def forget(self, keys: list[Any], asked: Erasure) -> None:
        if self.erase:
            self.erase(keys, asked)
        else:
            # Not by its manager: a frozen table's refuses; the database lets only what may be erased be changed.
            QuerySet(self.table).filter(pk__in=keys).update(**self.emptied(asked))

    def emptied(self, asked: Erasure) -> dict[str, Any]:
        """Field -> what stands there afterwards: names and traces go, words if asked."""
        gone = (*self.names, *self.traces, *(self.words if asked.with_text else ()))
        return {name: self.erased.get(name, "") for name in gone}


def _plain(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return str(value) if isinstance(row._meta.get_field(name), FileField) else value


_REGISTER: dict[str, Holding] = {}


def register(*holdings: Holding) -> None:
    """A table can be declared once."""
    for holding in holdings:
        if holding.model in _REGISTER:
            raise ValueError(f"personal data of {holding.model} are declared twice")
        _REGISTER[holding.model] = holding


def holdings() -> list[Holding]:
    """All that is declared."""
    autodiscover_modules("personal_data")
    return list(_REGISTER.values())


def export(email: str) -> dict[str, list[dict[str, Any]]]:
    """All that is kept under an address, however it is spelled, by the key of each table. Secrets and traces are not
    told."""
    told: dict[str, list[dict[str, Any]]] = {}
    for holding, keys in _found(email):
        if holding.key:
            rows: QuerySet[Any] = QuerySet(holding.table).filter(pk__in=keys).order_by("pk")
            told[holding.key] = [holding.told(row) for row in rows]
    return told


def erase(email: str, asked: Erasure) -> dict[str, int]:
    """Forget a person everywhere; to be called in a transaction. Answers how many rows of each table were about them.

    All rows are found before any is changed: one table is found by what another says.
    """
    found = [(holding, keys) for holding, keys in _found(email) if asked.with_account or not holding.of_account]
    for holding, keys in found:
        if keys:
            holding.forget(keys, asked)
    return {holding.model: len(keys) for holding, keys in found}


def addresses() -> set[str]:
    """All e-mail addresses under which something is kept."""
    return {address for holding in holdings() for address in holding.known()}


def expire(now: datetime) -> int:
    """Empty what has outlived its term. Answers how many rows. Idempotent."""
    done = 0
    for holding in holdings():
        for ending in holding.endings:
            for name in ending.fields:
                empty = holding.erased.get(name, None if holding.table._meta.get_field(name).null else "")
                done += ending.over(now).exclude(**{name: empty}).update(**{name: empty})
    return done


def _found(email: str) -> Iterator[tuple[Holding, list[Any]]]:
    for holding in holdings():
        if holding.about:
            keys = {key for each in spellings(email) for key in holding.about(each).values_list("pk", flat=True)}
            yield holding, sorted(keys)


def naming(rows: QuerySet[Any], name: str, email: str) -> QuerySet[Any]:
    """Rows in whose field `name` an address stands whole. A database finds parts of words, which are other people's."""
    parts = rows.filter(**{f"{name}__icontains": email}).values_list("pk", name)
    return rows.filter(pk__in=[key for key, text in parts if names_address(text, email)])
