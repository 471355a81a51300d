"""The methods of a state machine, made of the declared moves, so that the machine cannot differ from them."""

from collections.abc import Callable, Mapping
from typing import Any

from django_fsm import transition


def steps(moves: Mapping[str, Any], only_by: str) -> dict[str, Callable[[Any], None]]:
    """One FSM method a move (name, sources, target) of a model whose state is the field `state`.

    only_by: the service that may call them; it judges guards and writes the log, which a method does not.
    """
    return {name: _step(move, only_by) for name, move in moves.items()}


def _step(move: Any, only_by: str) -> Callable[[Any], None]:
    def method(self: Any) -> None:
        """The state machine's own step."""

    method.__name__ = move.name
    method.__doc__ = f"The state machine's own step. Only {only_by} may call it."
    source = sorted(str(state) for state in move.sources)
    return transition(field="state", source=source, target=str(move.target))(method)  # type: ignore[no-any-return]
