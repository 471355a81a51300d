"""The files that an edition shows: figures and linked documents, which everybody may read while it is public."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from editions.models import Edition
from files import shown

NAME = re.compile(r"(?:figures|linked)/[^/?#]+")
FORMER_LINK = re.compile(r"/documents/(\d{1,18})/")


def by(edition: Edition) -> str:
    return f"edition {edition.identifier}"


def names_in(document: Any) -> set[str]:
    """Names in the default storage, of a document as JSON."""
    return set(_names(document))


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _names(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "source" and isinstance(each, str):
                yield from [each] if NAME.fullmatch(each) else []
            elif key == "href" and isinstance(each, str):
                name = each.removeprefix(settings.MEDIA_URL)
                yield from [name] if name != each and NAME.fullmatch(name) else []
            else:
                yield from _names(each)


def show(edition: Edition) -> None:
    """Callers hold the transaction that makes the edition public."""
    shown.show(by(edition), names_in(edition.document))


def hide(edition: Edition) -> None:
    """With the edition its files leave the public's sight, unless another one shows them."""
    shown.hide(by(edition))
