"""Queries whose SQL is made once in a process and asked again and again with other values.

Django builds and compiles a queryset at every call. For a few rows by an index that costs ten times what the database
and the rows cost, and a page of a document asks more than a dozen of them (docs/adr/0153).

    @prepared
    def _editions_of(series: str) -> QuerySet[Edition]:
        return Edition.objects.public().filter(series=series).order_by("number")

    rows = _editions_of("BPF-2099-LAMPS-01")  # a list

What is decorated says which rows, and is called once for the whole process, with a stand-in for each value: it may hand
them to `filter()` and its like, for equality or in a list, and can do nothing else with them. It reads no rows, no
clock and no language of its own.
"""

import inspect
from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import Any, Generic, NoReturn, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, QuerySet

P = ParamSpec("P")
Row = TypeVar("Row")

MOST_SHAPES = 32
"""Lists of other lengths are other queries; so many are kept of one function."""
LARGEST = 2**63 - 1  # of an integer that a database takes; nothing is equal to a larger one


class Awaited(Expression):
    """Stands in a query for a value that is not known yet."""

    def __init__(self, name: str, place: int | None = None) -> None:
        super().__init__()
        self.name = name
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)

    def of(self, values: dict[str, Any]) -> Any:
        return values[self.name] if self.place is None else values[self.name][self.place]

    def __str__(self) -> NoReturn:
        raise TypeError(f"the value of {self.name} is not known where a query is prepared")


class _Shape(Generic[Row]):
    """A query and its SQL, with lists of certain lengths, for one kind of database."""

    def __init__(self, queryset: "QuerySet[Any, Row]") -> None:
        self._queryset = queryset
        self._compiler: Any = queryset.query.get_compiler(using=queryset.db)
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:  # in a list of no length is nothing
            self._sql, self._params = "", ()

    def rows(self, values: dict[str, Any]) -> list[Row]:
        if not self._sql:
            return []
        params = tuple(each.of(values) if isinstance(each, Awaited) else each for each in self._params)
        compiler = object.__new__(type(self._compiler))  # a copy, without asking how it wants to be copied
        compiler.__dict__.update(self._compiler.__dict__)
        compiler.connection = connections[compiler.using]
        compiler.as_sql = lambda: (self._sql, params)
        found = list(compiler.execute_sql())
        if not found:
            return []  # the most frequent answer: nothing more is made for it
        compiler.execute_sql = lambda *args, **more: found
        queryset = self._queryset.all()
        queryset.query.get_compiler = lambda *args, **more: compiler  # type: ignore[method-assign]
        return list(queryset)


class Prepared(Generic[P, Row]):
    def __init__(self, make: "Callable[P, QuerySet[Any, Row]]") -> None:
        update_wrapper(self, make)
        self._make: Callable[..., QuerySet[Any, Row]] = make
        self._signature = inspect.signature(make)
        self._names = tuple(self._signature.parameters)
        self._shapes: dict[tuple[Any, ...], _Shape[Row]] = {}

    def __call__(self, *args: P.args, **named: P.kwargs) -> list[Row]:
        """The rows that there are now."""
        if not named and len(args) == len(self._names):  # as nearly all are called; binding costs more than the rest
            values: dict[str, Any] = dict(zip(self._names, args, strict=True))
        else:
            values = self._signature.bind(*args, **named).arguments
        for value in values.values():
            for each in value if isinstance(value, list | tuple) else (value,):
                if not isinstance(each, str | int):
                    raise TypeError(f"{self._make.__qualname__}: {type(each).__name__} is no value to look for")
                if isinstance(each, int) and abs(each) > LARGEST:
                    return []
        return self._shape(values).rows(values)

    def first(self, *args: P.args, **named: P.kwargs) -> Row | None:
        return next(iter(self(*args, **named)), None)

    def unprepared(self, *args: P.args, **named: P.kwargs) -> "QuerySet[Any, Row]":
        """The same as Django would ask it; for tests."""
        return self._make(*args, **named)

    def _shape(self, values: dict[str, Any]) -> _Shape[Row]:
        lengths = tuple(len(value) if isinstance(value, list | tuple) else None for value in values.values())
        key = (connections[DEFAULT_DB_ALIAS].vendor, *lengths)
        shape = self._shapes.get(key)
        if shape is None:
            shape = _Shape(self._make(**{name: _awaited(name, value) for name, value in values.items()}))
            if len(self._shapes) < MOST_SHAPES:
                self._shapes[key] = shape
        return shape


def _awaited(name: str, value: Any) -> Awaited | Sequence[Awaited]:
    if isinstance(value, list | tuple):
        return [Awaited(name, place) for place in range(len(value))]
    return Awaited(name)


def prepared(make: "Callable[P, QuerySet[Any, Row]]") -> Prepared[P, Row]:
    return Prepared(make)
