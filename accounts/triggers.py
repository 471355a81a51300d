"""Database triggers of the record of accounts, on SQLite and PostgreSQL: beside those of editions.triggers, since old
rows of this table may go once accounts_eventchain says that they were sealed away."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

TABLE = "accounts_event"
FROZEN = "ordinal, kind, at, person_seal, by_seal, network_seal, data, previous_hash, hash"
IS_KEPT = "OLD.ordinal > coalesce((SELECT max(sealed_through) FROM accounts_eventchain), 0)"

SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OF {FROZEN} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is frozen'); END",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN {IS_KEPT} "
    f"BEGIN SELECT RAISE(ABORT, '{TABLE} is frozen'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION refuse_kept_event() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {IS_KEPT} THEN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN OLD; END $$",
    f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE OF {FROZEN} ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION refuse_frozen()",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_kept_event()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_frozen()",
)


def freeze_events() -> RunPython:
    """A migration operation. On PostgreSQL it needs refuse_frozen(), which editions.triggers makes."""

    def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        on = f" ON {TABLE}" if is_postgresql else ""
        for event in ("update", "delete", "truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}{on}", params=None)
        if is_postgresql:
            schema_editor.execute("DROP FUNCTION IF EXISTS refuse_kept_event()", params=None)

    return RunPython(create, drop, elidable=False)
