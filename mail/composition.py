"""Make an e-mail of messages of the outbox: to a person with an account, a mailing list, or the owner of a row.

Links lead to the pages in the language of whoever is written to; what programs follow (List-Unsubscribe) names none.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from core.http.site_urls import absolute, host
from core.languages.addresses import in_language
from core.plain_text import is_one_line, tidy_line
from mail.models import Message
from mail.occasions import OWNERS, Occasion, Words
from mail.preferences.services import unsubscribe_token
from mail.wordings.services import OF_THE_SITE, ear_of, filled, language_of, words_of


def email(messages: Sequence[Message], occasion: Occasion, row: Any, address: str) -> EmailMessage:
    """One e-mail for one recipient, with everything in these messages. row, address: of the owner, if one is told."""
    first = messages[0]
    if first.user is not None:
        return _to_person(messages)
    return _to_list(first) if row is None else _to_owner(messages, occasion, row, address)


def _to_person(messages: Sequence[Message]) -> EmailMessage:
    first = messages[0]
    stop = absolute(reverse("mail:unsubscribe", args=[unsubscribe_token(first.user)]))
    subject, body = first.subject, first.body
    with override(ear_of(first.user)[0]):
        footer = _("You are told because you hold a role in the forum. To stop these mails: %s") % stop
        if first.for_digest:
            subject = ngettext("BPF Library: %d notice", "BPF Library: %d notices", len(messages)) % len(messages)
            body = "\n\n----\n\n".join(f"{message.subject}\n\n{message.body}" for message in messages)
    text = _linked_in(ear_of(first.user)[0], _with_footer(body, footer))
    return _email(first.user.email, subject, text, messages, stop)  # type: ignore[union-attr]


def _to_list(message: Message) -> EmailMessage:
    """A mail to a mailing list, which no single reader can stop for all: the list's own link does that for each.

    The List- headers are left to the list: only the program that runs one may write them (RFC 2369).
    """
    with override(OF_THE_SITE[0]):
        footer = _("Sent by the BPF Library to the mailing list of the forum. To leave the list, use its own link.")
        if message.list_archive:
            footer += "\n" + _("Archive of the list: %s") % message.list_archive
    return _email(message.list_address, message.subject, _with_footer(message.body, footer), [message])


def _to_owner(messages: Sequence[Message], occasion: Occasion, row: Any, address: str) -> EmailMessage:
    """In the language of whoever is written to, not of whoever caused the mail."""
    context = {"facts": messages[0].facts, "site": absolute(""), "news": messages}
    if words := words_of(occasion):
        return _in_words(messages, words, row, address)
    with override(language_of(row.language)):
        context |= OWNERS[messages[0].owner_type].context(row)
        text = render_to_string(
            occasion.gathered.template if occasion.gathered and len(messages) > 1 else occasion.template, context
        )
    subject, _newline, body = text.strip().partition("\n")
    stop = absolute(context["end"]) if context.get("end") else ""
    linked = _linked_in(language_of(row.language), f"{body.strip()}\n")
    return _email(address, " ".join(subject.split()), linked, messages, stop)


def _in_words(messages: Sequence[Message], words: Words, row: Any, address: str) -> EmailMessage:
    """In the words of today. What a place says is known to the row's room, and what happened to the message."""
    ear = (language_of(row.language), getattr(row, "zone", "") or OF_THE_SITE[1])
    with override(ear[0]):
        values = messages[0].facts | OWNERS[messages[0].owner_type].context(row)
    subject, body = filled(words, values, ear)
    return _email(address, subject, _linked_in(ear[0], f"{body.strip()}\n"), messages)


def _linked_in(language: str, text: str) -> str:
    """A mail whose addresses of this site are those of its language."""
    ours = re.compile(rf"{re.escape(absolute(''))}(/[^\s<>]*)")
    return ours.sub(lambda found: absolute(in_language(found[1], language)), text)


def _with_footer(body: str, footer: str) -> str:
    return f"{body}\n\n-- \n{footer}\n"


def _email(address: str, subject: str, body: str, messages: Sequence[Message], stop: str = "") -> EmailMessage:
    """stop: where one button ends these mails (RFC 8058). Nobody but this site is ever the sender.

    The Message-ID is that of the messages also when they are sent again, by which readers and lists know a double.
    """
    first, last = messages[0].pk, messages[-1].pk
    # A digest that is sent again with more in it is another mail: under the same id it would be hidden as a double.
    name = f"notice-{first}" if first == last else f"notice-{first}-to-{last}"
    headers = {"Message-ID": f"<{name}@{host()}>", "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if not is_one_line(address):  # what follows a line end would be a header, or the text, of whoever wrote it
        raise ValueError("the address has a line end in it")
    return EmailMessage(tidy_line(subject), body, to=[address], headers=headers)
