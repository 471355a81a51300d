"""Copy a whole library from one database to another, such as from SQLite to PostgreSQL, row by row and checked.

`dumpdata` and `loaddata` will not do: they run signals and save(), which frozen models refuse, and they hold all in
memory. Here rows go in as they are, in one transaction that either ends with equal counts or leaves nothing behind.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

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
    with transaction.atomic(using=TARGET):
        require_empty_library()
        tables = list(models_with_tables())
        for model in tables:
            clear(model)  # what migrations put there: the same rows come from the source, under their own numbers
        copied = sum(copy(model, say) for model in tables)
        with connections[TARGET].cursor() as cursor:
            for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), tables):
                cursor.execute(statement)
        connections[TARGET].check_constraints()
    return copied


def require_same_migrations() -> None:
    applied = [set(MigrationRecorder(connections[alias]).applied_migrations()) for alias in (SOURCE, TARGET)]
    if missing := sorted(applied[0] ^ applied[1]):
        names = ", ".join(f"{app}.{name}" for app, name in missing[:5])
        raise CannotMove(f"run migrate on both databases first; they differ in {names}")


def require_empty_library() -> None:
    if apps.get_model("editions", "Edition").objects.using(TARGET).exists():
        raise CannotMove("the database to move to already holds editions")


def models_with_tables() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in REMADE:
            yield model


def clear(model: type[models.Model]) -> None:
    table = connections[TARGET].ops.quote_name(model._meta.db_table)
    with connections[TARGET].cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608  a table of our own


def copy(model: type[models.Model], say: Say) -> int:
    """A table's own columns only: the rows of a parent model are copied with the parent's table."""
    fields = list(model._meta.local_concrete_fields)
    names = [field.attname for field in fields]
    manager = model._base_manager
    rows = manager.using(SOURCE).order_by(fields[0].attname).values_list(*names).iterator(chunk_size=BATCH)
    batch: list[models.Model] = []
    copied = 0
    for row in rows:
        batch.append(model.from_db(TARGET, names, row))
        copied += 1
        if len(batch) == BATCH:
            insert(model, batch, fields)
            batch = []
    insert(model, batch, fields)
    if (held := manager.using(TARGET).count()) != copied:
        raise CannotMove(f"{model._meta.db_table}: {held} rows of {copied} arrived")
    if copied:
        say(f"{model._meta.db_table}: {copied}")
    return copied


def insert(model: type[models.Model], batch: list[models.Model], fields: list[Any]) -> None:
    """raw: no pre_save, so that times and keys stay as they were."""
    if batch:
        manager: Any = model._base_manager.using(TARGET)
        manager._insert(batch, fields=fields, using=TARGET, raw=True)
