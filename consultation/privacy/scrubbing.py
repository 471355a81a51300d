"""Take out of the database file what rows held before they were erased. Not part of any transaction."""

from django.db import OperationalError, connection

from core import personal_data


class StillInUse(Exception):
    """The rows are erased; old pages of the file could not be written over while others read it."""


def scrub() -> None:
    """Write anew the file that held erased rows, and empty its log. May take a second for each 100 MB.

    SQLite keeps old bytes in free pages and in its write-ahead log, PostgreSQL in dead rows. Raises StillInUse.
    """
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                if cursor.fetchone()[0]:
                    raise StillInUse
            else:
                for holding in personal_data.holdings():
                    table = connection.ops.quote_name(holding.table._meta.db_table)
                    cursor.execute(f"VACUUM (FULL) {table}")
    except OperationalError as error:
        raise StillInUse from error
