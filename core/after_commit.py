"""Call a function after commit, where its failure fails nothing."""

from collections.abc import Callable
from typing import Any

from django.db import transaction


def after_commit(function: Callable[..., Any], *given: Any) -> None:
    """For what can be caught up with later: the caller says by whom. An error goes to the log; what was written is
    kept, the request is answered, and what others asked to be called after the same commit is called.

    `transaction.on_commit(partial(…), robust=True)` does not do: Django asks what failed for a name, which a partial
    has not, and that error ends the request and the calls behind it.
    """

    def called() -> None:
        function(*given)

    called.__qualname__ = getattr(function, "__qualname__", repr(function))
    transaction.on_commit(called, robust=True)
