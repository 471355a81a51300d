"""What the people of a forum are told by mail of notes on the working text."""

from django.utils.translation import gettext_lazy

from mail.occasions import Words, register
from workflow.notices.occasions import EVENTS, Event, examples
from workflow.states import FORUM_ROLES, Role

NAME = "note"

# An occasion of the workflow, so that one preference and one link to stop hold for every mail to an editor.
NOTED = EVENTS[NAME] = register(
    Event(
        NAME,
        gettext_lazy("A note on the text names you"),
        words=Words(
            gettext_lazy("$title: a note for you"),
            gettext_lazy("On “$title” ($identifier), $place, $person wrote:\n\n$note\n\n$due\n\n$address"),
        ),
        examples=examples("place", "person", "note"),
        roles=frozenset({*FORUM_ROLES, Role.SECRETARIAT}),
    )
)
