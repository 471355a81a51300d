"""Declaration of public forms: each view that takes a POST of a stranger says what it takes, and within which limits.

A room decorates its view with a row of this table. From it come the limit on the body, the token, the limits on a
network, the page that gives back what was typed, and the tests of all public forms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.views.decorators.csrf import csrf_exempt

from gate.rate_limits import HOUR

SMALL = 16 * 1024
"""Bytes of a button behind a secret address: it sends nothing, a mail program `List-Unsubscribe=One-Click`."""
TEXT = 1024 * 1024
"""Bytes of a form without files. The longest, a comment, takes 45,000 signs, each of 12 bytes when it is escaped."""

FORMS: dict[str, "PublicForm"] = {}


@dataclass(slots=True)
class PublicForm:
    """What a public view takes.

    name: a token is signed for it. form_class: of its fields; None where it takes a button, or fields without a class.
    writes: whether a stranger can make rows by it; such a form carries a token, and a network has limits: above `free`
    in a window the form asks for work or patience, beyond `most` it is refused. Without `writes` the address itself is
    the right (a secret, a signed link), or nothing is kept.
    once: whether a token takes one sending. mails: whether a mail to an address that was typed follows. most_bytes:
    of the body; what is longer is not read.
    """

    name: str
    form_class: Any = None
    writes: bool = False
    once: bool = True
    mails: bool = False
    most_bytes: int = SMALL
    free: int = 40
    most: int = 600
    window: timedelta = HOUR

    def __post_init__(self) -> None:
        if FORMS.setdefault(self.name, self) != self:
            raise ValueError(f"public form {self.name!r} is declared twice")

    def takes(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate the view. It needs no CSRF token: it acts for nobody who is signed in, public pages stay free of
        cookies, and an expired session costs nobody their text."""
        view.public_form = self  # type: ignore[attr-defined]
        return csrf_exempt(view)


def button(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A button behind a secret or signed address."""
    return PublicForm(name).takes
