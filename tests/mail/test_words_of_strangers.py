"""A mail that asks an address to confirm something holds no word of a stranger: who gets it asked for nothing."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from mail.composition import _email
from mail.models import Message
from mail.occasions import OCCASIONS, Occasion

PLANTED = "buy lamps at http://spam.example"
OURS = {"receipt": "R-2345-6789", "title": "Lamps in storms"}
"""What we made ourselves, or what was published."""


class Row:
    """A row of whatever table, all of whose texts a stranger wrote."""

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return OURS.get(name, PLANTED)


@pytest.mark.parametrize("occasion", [o for o in OCCASIONS.values() if o.asks], ids=lambda occasion: occasion.name)
def test_a_mail_to_an_address_that_confirmed_nothing__holds_no_word_of_a_stranger(occasion: Occasion) -> None:
    """The search alert mailed any sentence and link to any address: forty in two seconds."""
    rows = dict.fromkeys(("submission", "adoption", "challenge", "subscription"), Row())
    if occasion.name == "confirm_follow":
        rows["subscription"] = SimpleNamespace(topic="BPF-2099-LAMPS")  # type: ignore[assignment]  # of a document
    context = rows | {"name": PLANTED, "facts": {"words": PLANTED}, "news": []}
    context |= {"edition": SimpleNamespace(title=OURS["title"]), "site": "https://library.example", "confirm": "/yes/"}
    text = render_to_string(occasion.template, context)
    assert "spam" not in text
    assert "https://library.example/yes/" in text


@pytest.mark.parametrize("end", ["\f", "\x1c", "\x85", "\u2028", "\r\n"])
def test_line_end_of_whatever_kind__begins_no_header_of_a_mail(end: str) -> None:
    """A form feed is a line end to the writer of headers. Django looks for two of the kinds."""
    made = _email("ada@example.org", f"Lamps{end}Bcc: bo@example.org", "Text.", [Message(pk=1)])
    assert made.subject == "Lamps Bcc: bo@example.org"
    assert "\nSubject: Lamps Bcc: bo@example.org\n" in made.message().as_string()
    with pytest.raises(ValueError, match="line end"):
        _email(f'"ada{end}words"@example.org', "Lamps", "Text.", [Message(pk=1)])
