"""Copy a whole library from one database to another, such as from SQLite to PostgreSQL, row by row and checked.

`dumpdata` and `loaddata` will not do: they run signals and save(), which frozen models refuse, and they hold all in
memory. Here rows go in as they are, in one transaction that either ends with equal counts or leaves nothing behind.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from bpf_site.stored_pages.models import Purge
from editions.models import FrozenModel

SOURCE, TARGET = "source", "default"
BATCH = 500
REMADE = ("wagtailsearch", "modelsearch")
"""Apps whose tables are the admin's search index: another shape on every database, and made anew by update_index."""

Say = Callable[[str], None]


class CannotMove(Exception):
    """The two databases do not fit, or the copy is not equal; nothing was changed."""


def add_source(configuration: dict[str, Any]) -> None:
    """configuration: as in DATABASES; what it leaves open is taken from the default.

    Raises CannotMove where there is no such file: SQLite would make an empty one and say nothing.
    """
    if "sqlite3" in configuration["ENGINE"] and not Path(configuration["NAME"]).is_file():
        raise CannotMove(f"there is no database at {configuration['NAME']}")
    connections.databases[SOURCE] = {**connections.databases[TARGET], "OPTIONS": {}, **configuration}


def move(say: Say) -> int:
    """Copy every row of every table; answers how many. Raises CannotMove, and then changes nothing."""
    require_same_migrations()
    return fill(lambda model: copy(model, say))


def fill(put: Callable[[type[models.Model]], int]) -> int:
    """Every table of an empty library, in one transaction. put: puts the rows of a table in, and answers how many.

    Answers how many rows. Raises CannotMove, and then changes nothing.
    """
    with transaction.atomic(using=TARGET):
        require_empty_library()
        tables = list(models_with_tables())
        for model in tables:
            clear(model)  # what migrations put there: the same rows come from the source, under their own numbers
        copied = sum(put(model) for model in tables)
        with connections[TARGET].cursor() as cursor:
            for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)
        connections[TARGET].check_constraints()
    return copied


def require_same_migrations(source: set[tuple[str, str]] | None = None) -> None:
    """source: as applied_migrations(); by default those of the database to move from."""
    if missing := sorted((applied_migrations(SOURCE) if source is None else source) ^ applied_migrations(TARGET)):
        names = ", ".join(f"{app}.{name}" for app, name in missing[:5])
        raise CannotMove(f"run migrate on both databases first; they differ in {names}")


def applied_migrations(alias: str) -> set[tuple[str, str]]:
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def require_empty_library() -> None:
    """What is frozen cannot be cleared away, and is not to be."""
    if apps.get_model("editions", "Edition").objects.using(TARGET).exists():
        raise CannotMove("the database to move to already holds editions")
    frozen = [model for model in models_with_tables() if issubclass(model, FrozenModel)]
    for model in (apps.get_model("accounts", "Event"), *frozen):
        if model._base_manager.using(TARGET).exists():
            raise CannotMove(f"the database to move to is in use already: {model._meta.db_table} holds rows")


def models_with_tables() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model is Purge:
            continue  # written by the copying itself, for it changes what is shown
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in REMADE:
            yield model


def clear(model: type[models.Model]) -> None:
    table = connections[TARGET].ops.quote_name(model._meta.db_table)
    with connections[TARGET].cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  a table of our own


def copy(model: type[models.Model], say: Say) -> int:
    """A table's own columns only: the rows of a parent model are copied with the parent's table."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    manager = model._base_manager
    rows = manager.using(SOURCE).order_by(names[0]).values_list(*names).iterator(chunk_size=BATCH)
    return insert_all(model, (model.from_db(TARGET, names, row) for row in rows), say)


def insert_all(model: type[models.Model], rows: Iterable[models.Model], say: Say) -> int:
    """Rows as they are, and no others. Answers how many. Raises CannotMove where fewer or more arrived."""
    fields = list(model._meta.local_concrete_fields)
    copied = 0
    for batch in batched(rows, BATCH):
        insert(model, batch, fields)
        copied += len(batch)
    if (held := model._base_manager.using(TARGET).count()) != copied:
        raise CannotMove(f"{model._meta.db_table}: {held} rows of {copied} arrived")
    if copied:
        say(f"{model._meta.db_table}: {copied}")
    return copied


def batched(rows: Iterable[models.Model], size: int) -> Iterator[list[models.Model]]:
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def insert(model: type[models.Model], batch: list[models.Model], fields: list[Any]) -> None:
    """raw: no pre_save, so that times and keys stay as they were."""
    manager: Any = model._base_manager.using(TARGET)
    manager._insert(batch, fields=fields, using=TARGET, raw=True)
