"""What to mark in a text that matches: stems, exact words, prefixes, phrases. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Form = Literal[0, 1]
STEM: Form = 0  # places in a token
EXACT: Form = 1


@dataclass(frozen=True)
class Marks:
    """What to mark, made once a question. phrases: (exact terms in order, how many others may stand between)."""

    stems: frozenset[str] = frozenset()
    exacts: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[tuple[str, ...], int], ...] = ()
    stem_phrases: tuple[tuple[str, ...], ...] = field(default=())

    def together(self, other: "Marks") -> "Marks":
        return Marks(
            self.stems | other.stems,
            self.exacts | other.exacts,
            (*self.prefixes, *other.prefixes),
            (*self.phrases, *other.phrases),
            (*self.stem_phrases, *other.stem_phrases),
        )

    def __bool__(self) -> bool:
        return bool(self.stems or self.exacts or self.prefixes or self.phrases or self.stem_phrases)

    @cached_property
    def wanted(self) -> Callable[[str, str], bool]:
        """Whether a word of this stem and exact form is marked wherever it stands."""
        stems, exacts, prefixes = self.stems, self.exacts, self.prefixes
        if not prefixes:
            return lambda stem, exact: stem in stems or exact in exacts
        return lambda stem, exact: stem in stems or exact in exacts or exact.startswith(prefixes)

    @cached_property
    def letters(self) -> frozenset[str]:
        """With which such words begin."""
        return frozenset(map(first_letter, (*self.stems, *self.exacts, *self.prefixes)))


def first_letter(form: str) -> str:
    return form.rpartition(":")[2][:1]
