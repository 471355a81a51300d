"""What the privacy page says of the tables: what is kept, why and how long, from the register of personal data."""

from dataclasses import dataclass

from core.personal_data import holdings

FIRST = ("consultation", "mail", "search", "gate", "workflow")
"""Rooms in the order of what most readers ask: first whatever a visitor may give, then editors and authors."""


@dataclass(frozen=True, slots=True)
class Kept:
    """In the reader's language."""

    what: str
    why: str
    until: str


def what_is_kept() -> list[Kept]:
    """One entry for all tables of which the same is said."""
    rank = {room: place for place, room in enumerate(FIRST)}
    declared = sorted(holdings(), key=lambda holding: rank.get(holding.model.partition(".")[0], len(FIRST)))
    told = (Kept(str(holding.what), str(holding.why), holding.term) for holding in declared if holding.what)
    return list(dict.fromkeys(told))
