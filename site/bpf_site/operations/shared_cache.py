"""A cache on Redis or Valkey that several hosts share. While it is away it is an empty one: the library goes on."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

WAIT_S = 0.5  # for one answer; nothing kept there is worth more


class SharedCache(RedisCache):
    """Tries of a login and requests of programs are not counted while the server is away; what was computed is computed
    again. Not a place for sessions alone: keep them in the database, or there and here (`cached_db`)."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        patience = {"socket_timeout": WAIT_S, "socket_connect_timeout": WAIT_S, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._or(default, super().get, key, default, version)

    def add(self, *args: Any, **options: Any) -> Any:
        return self._or(False, super().add, *args, **options)

    def set(self, *args: Any, **options: Any) -> None:
        self._or(None, super().set, *args, **options)

    def touch(self, *args: Any, **options: Any) -> Any:
        return self._or(False, super().touch, *args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        return self._or(False, super().delete, *args, **options)

    def get_many(self, *args: Any, **options: Any) -> Any:
        return self._or({}, super().get_many, *args, **options)

    def has_key(self, *args: Any, **options: Any) -> Any:
        return self._or(False, super().has_key, *args, **options)

    def set_many(self, *args: Any, **options: Any) -> Any:
        return self._or([], super().set_many, *args, **options)

    def incr(self, key: Any, delta: Any = 1, version: Any = None) -> Any:
        """ValueError, as of a key that is not there."""
        counted = self._or(None, super().incr, key, delta, version)
        if counted is None:
            raise ValueError(f"key {key!r} not found: the cache does not answer")
        return counted

    @staticmethod
    def _or(empty: Any, call: Any, *args: Any, **options: Any) -> Any:
        try:
            return call(*args, **options)
        except RedisError as error:
            logger.warning("the cache does not answer: %s", error)
            return empty
