"""The guided path of a forum, from its proposal to its first draft: steps in their order, each done, next or later.

A step asks the guards and services that the forum's desk asks, and has no rules of its own. What this room does not
know (pages, documents) rooms above add with path_step(). Where a forum stands on the path is looked up each time: it
can be left anywhere and taken up again, by somebody else too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from workflow.forums.models import Forum
from workflow.states import Text


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a step: said to the person, and where they go on ("": to the next step)."""

    said: str
    address: str = ""


class PathStep:
    """One step of one forum, for one person. A subclass says what it is, and whether it is done.

    name: in its address and its fragment. after: names of the steps that come first. A step without a form is taken
    somewhere else, to which its template leads.
    """

    name: ClassVar[str]
    label: ClassVar[Text]
    explanation: ClassVar[Text]
    button: ClassVar[Text] = _("Save")
    after: ClassVar[tuple[str, ...]] = ()
    whose: ClassVar[Text] = _("The Secretariat takes this step.")
    template_name: ClassVar[str] = "workflow/forums/admin_path_form.html"

    def __init__(self, forum: Forum, user: Any) -> None:
        self.forum, self.user = forum, user

    def is_done(self) -> bool:
        raise NotImplementedError

    def is_mine(self) -> bool:
        """Whether this person may take it. Views ask again when it is taken."""
        raise NotImplementedError

    def found(self) -> list[tuple[str, str]]:
        """What there is of it, as (words, address or "")."""
        return []

    def warnings(self) -> list[str]:
        return []

    def form(self, data: Any = None) -> Any:
        """The form of the step, filled in as far as anything is known; None where it has none."""
        return None

    def take(self, form: Any, at: datetime) -> Taken:
        """Do it. Raises django.core.exceptions.ValidationError where it cannot be done; then nothing has changed."""
        raise NotImplementedError

    def shortcuts(self) -> list[tuple[str, str]]:
        """(label, address) of what is done here again and again, for the first page of the admin."""
        return []

    def context(self) -> dict[str, Any]:
        """For its template, besides `step`, `forum` and `form`."""
        return {}


STEPS: dict[str, tuple[int, type[PathStep]]] = {}
"""(place on the path, step), by name."""


def path_step(place: int) -> Any:
    """Register a step. Its name can be taken once."""

    def register(step: type[PathStep]) -> type[PathStep]:
        if step.name in STEPS:
            raise ValueError(f"path step {step.name!r} is registered twice")
        STEPS[step.name] = (place, step)
        return step

    return register


@dataclass(frozen=True, slots=True)
class Standing:
    """A step with where it stands. waits_for: labels of steps that come first. is_next: the first that this person can
    take now."""

    step: PathStep
    is_done: bool
    waits_for: list[Text]
    is_next: bool

    @property
    def is_open(self) -> bool:
        return not self.waits_for and self.step.is_mine()


def path_of(forum: Forum, user: Any) -> list[Standing]:
    steps = [step(forum, user) for _place, step in sorted(STEPS.values(), key=lambda row: row[0])]
    return list(_standing(steps))


def _standing(steps: list[PathStep]) -> Iterator[Standing]:
    done = {step.name for step in steps if step.is_done()}
    found_next = False
    for step in steps:
        waits_for = [STEPS[name][1].label for name in step.after if name not in done]
        is_next = not found_next and step.name not in done and not waits_for and step.is_mine()
        found_next = found_next or is_next
        yield Standing(step, step.name in done, waits_for, is_next)


def address_of(forum: Forum, field: str = "") -> str:
    """The path of a forum. field: the id of an element, in which a browser puts the focus."""
    return reverse("workflow_admin:guided_path", args=[forum.pk]) + (f"#{field}" if field else "")
