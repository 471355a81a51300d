"""Addresses that are typed into a text as links, and marks of its notes. Pure."""

import re
from collections.abc import Iterator, Mapping

from formats.addresses import mended
from formats.plain.notes import MARK, signs_of
from formats.web.runs import Piece, Style

_FOUND = re.compile(
    rf"{MARK.pattern}|"
    r"(?P<page>(?<![A-Za-z0-9/])(?:https?://|www\.)[^\s<>\"“”«»„|\u3000-\u303f\uff01-\uff5e]+)|"
    r"(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})",
    re.IGNORECASE,
)
_SENTENCE_SIGNS = ".,;:!?'’`*…،؛؟"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def pieces_of(text: str, notes: Mapping[str, str]) -> Iterator[Piece]:
    """notes: keys of the notes by the sign that marks them, "[1]" or "¹"."""
    place = 0
    for found in _FOUND.finditer(text):
        if found.start() < place:
            continue
        if found["notes"] or found["raised"]:
            signs = signs_of(found)
            if signs and all(sign in notes for sign in signs):
                yield Piece(text[place : found.start()].rstrip(" "))
                yield from (Piece("", note=notes[sign]) for sign in signs)
                place = found.end()
            continue
        address = _without_end_of_sentence(found[0])
        if href := mended(address).href:
            yield Piece(text[place : found.start()])
            yield Piece(address, Style(href=href))
            place = found.start() + len(address)
    yield Piece(text[place:])


def _without_end_of_sentence(address: str) -> str:
    """A closing bracket is of the address only where the address opened one."""
    while address:
        last = address[-1]
        opened = _BRACKETS.get(last)
        if last not in _SENTENCE_SIGNS and not (opened and address.count(last) > address.count(opened)):
            break
        address = address[:-1]
    return address
