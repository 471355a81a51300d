"""Where in a foreign file something stood, for people: readers say it in English, of a few fixed forms."""

import re

from django.utils.translation import gettext_lazy as _

NUMBERED = {
    "page": _("page %s"),
    "form on page": _("form on page %s"),
    "remarks on page": _("remarks on page %s"),
    "mail": _("mail %s"),
}
PLACES = {
    "attributes": _("descriptions"),
    "building blocks": _("building blocks"),
    "charts": _("charts"),
    "comments": _("comments"),
    "contents list": _("contents list"),
    "descriptions of pictures": _("descriptions of pictures"),
    "diagrams": _("diagrams"),
    "embedded files": _("embedded files"),
    "endnotes": _("endnotes"),
    "field codes": _("field codes"),
    "footnotes": _("footnotes"),
    "formulas": _("formulas"),
    "front matter": _("data at the beginning"),
    "head": _("head of the file"),
    "headers and footers": _("headers and footers"),
    "list numbers": _("list numbers"),
    "marks": _("marks of editors"),
    "note numbers": _("numbers of notes"),
    "notes": _("notes"),
    "objects": _("objects"),
    "properties": _("properties of the file"),
    "text": _("text"),
    "text boxes": _("text boxes"),
    "Subject": _("Subject"),
    "From": _("From"),
    "To": _("To"),
    "Cc": _("Cc"),
    "Date": _("Date"),
}
_NUMBER = re.compile(r"(.+) (\d+)")


def said_place(place: str) -> str:
    """As the reader named it, where that is none of these."""
    if (found := _NUMBER.fullmatch(place)) and found[1] in NUMBERED:
        return str(NUMBERED[found[1]]) % found[2]
    return str(PLACES.get(place, place))
