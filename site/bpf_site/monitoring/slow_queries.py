"""One line of the log for a statement that took long: which tables, how long, nothing of what was asked or written."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger("bpf.slow")

_TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+"?(\w+)"?', re.IGNORECASE)
_WORD = re.compile(r"\s*(\w+)")
MOST_TABLES = 8


def timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """An execute wrapper."""
    begun = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took_ms = 1000 * (perf_counter() - begun)
        if took_ms > settings.SLOW_QUERY_MS:
            logger.warning("slow statement", extra={"facts": told(sql) | {"ms": round(took_ms)}})


def told(sql: str) -> dict[str, str]:
    """What kind of statement, of which tables. Not the statement: raw SQL may hold values."""
    word = _WORD.match(sql)
    tables = list(dict.fromkeys(_TABLE.findall(sql)))[:MOST_TABLES]
    return {"statement": word[1].upper() if word else "", "tables": ",".join(tables)}


def _time(sender: Any, connection: Any, **kwargs: Any) -> None:
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def listen() -> None:
    """To the connections of this process that are opened from now on."""
    connection_created.connect(_time, dispatch_uid="slow statements")
