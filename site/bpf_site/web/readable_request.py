"""A request whose headers cannot say how a byte is to be read in a way that Python or we cannot follow.

Django reads query and body in whatever charset `Content-Type` names. Python's idna, hex and undefined raise then, of
utf-7 and unicode_escape come half signs that no answer can carry, and a parameter as of RFC 2231 raises before there is
a request: each address answered 500, outside all middleware. Our pages send UTF-8, and so do programs.
"""

import codecs
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.request import MediaType
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters

UNREADABLE = {"charset": ""}
"""Parameters of a `Content-Type` that says nothing which could be followed."""


class ReadableRequest(WSGIRequest):  # type: ignore[misc]
    """The query is UTF-8. So is a body, or it is refused, once it is read, as Django refuses that of a plain form."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", UNREADABLE

    def _load_post_and_files(self) -> None:
        if self.method == "POST" and not _is_utf_8((self.content_params or {}).get("charset", "utf-8")):
            raise BadRequest("A body in another charset than UTF-8.")
        super()._load_post_and_files()

    @cached_property
    def accepted_types(self) -> list[MediaType]:
        """Without those that cannot be read, as if they had not been named."""
        wanted = filter(None, map(_media_type, self.headers.get("Accept", "*/*").split(",")))
        return sorted(wanted, key=lambda each: (each.quality, each.specificity), reverse=True)


class Application(WSGIHandler):
    request_class = ReadableRequest


def _is_utf_8(name: str) -> bool:
    try:
        return codecs.lookup(name).name == "utf-8"
    except (LookupError, ValueError):
        return False


def _media_type(text: str) -> MediaType | None:
    try:
        found = MediaType(text) if text.strip() else None
    except ValueError:
        return None
    return found if found and found.quality != 0 else None
