"""What a form sent while it could not be taken: kept in a file under a secret link, until its writer comes back.

Files, not rows: they are written just when the database takes no row. The place is bounded in number and bytes, so that
nobody fills a disk by sending while the database is busy; beyond it the page alone holds the text. No network takes the
room of all others: each falls into one of a few dozen groups, and each group has a quarter of the place. The group
stands in the name of the file; it tells nothing of who sent it.
"""

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from core.email_addresses import addresses_in, names_address, spellings
from core.tokens import new_secret

logger = logging.getLogger(__name__)

FOLDER = "kept-texts"
MOST_FILES = 1000
MOST_BYTES = 20 * 1024 * 1024
MOST_BYTES_EACH = 256 * 1024
GROUPS = 64
SHARE = 4  # a group has this part of the place


@dataclass(frozen=True, slots=True)
class KeptText:
    """action: the address it was sent to. fields: (name, value) as they were typed. kept_at: an instant."""

    action: str
    form: str
    fields: list[tuple[str, str]]
    kept_at: datetime


def keep(action: str, form: str, fields: list[tuple[str, str]], network: str, now: datetime) -> str:
    """The secret of its link; "" where it could not be kept. network: a keyed hash (gate.client_address.network)."""
    text = json.dumps({"action": action, "form": form, "fields": fields, "kept_at": now.isoformat()})
    content = text.encode()
    try:
        group = f"{int(network, 16) % GROUPS:02d}-"
        sizes = {name: _kept().size(name) for name in _names()}
        own = [size for name, size in sizes.items() if name.startswith(f"{FOLDER}/{group}")]
        if (
            len(content) > MOST_BYTES_EACH
            or not _has_room(list(sizes.values()), len(content), 1)
            or not _has_room(own, len(content), SHARE)
        ):
            return ""
        secret = new_secret()
        _kept().save(f"{FOLDER}/{group}{_name(secret)}", ContentFile(content))
    except OSError:
        logger.warning("a text was not kept", exc_info=True)
        return ""
    return secret


def find(secret: str, now: datetime) -> KeptText | None:
    """None where there is none, or its time is over."""
    name = next((name for name in _names() if name.endswith(_name(secret))), "")
    found = _read(name) if name else None
    return found if found and now < found.kept_at + _age() else None


def forget(now: datetime) -> int:
    """Delete what is older than its term. Answers how many."""
    gone = 0
    for name in _names():
        found = _read(name)  # None while it is being written
        if (found.kept_at if found else _kept().get_modified_time(name)) + _age() <= now:
            _kept().delete(name)
            gone += 1
    return gone


def about(email: str) -> list[KeptText]:
    """Those in which somebody typed an address, for its owner."""
    return [text for text in map(_read, _names()) if text and _holds(text, email)]


def addresses() -> set[str]:
    """All that stand in kept texts."""
    texts = filter(None, map(_read, _names()))
    return {address for text in texts for _name, value in text.fields for address in addresses_in(value)}


def forget_about(email: str) -> None:
    for name in _names():
        if (text := _read(name)) and _holds(text, email):
            _kept().delete(name)


def _holds(text: KeptText, email: str) -> bool:
    return any(names_address(value, each) for _name, value in text.fields for each in spellings(email))


def _age() -> timedelta:
    return timedelta(days=settings.TOKEN_DAYS["kept text"])


def _kept() -> Storage:
    return storages["private"]


def _has_room(sizes: list[int], more: int, share: int) -> bool:
    return len(sizes) < MOST_FILES / share and sum(sizes) + more <= MOST_BYTES / share


def _name(secret: str) -> str:
    """The end of a file's name. The link cannot be read off the folder."""
    return f"{hashlib.sha256(secret.encode()).hexdigest()}.json"


def _names() -> list[str]:
    if not _kept().exists(FOLDER):
        return []
    return [f"{FOLDER}/{name}" for name in _kept().listdir(FOLDER)[1]]


def _read(name: str) -> KeptText | None:
    try:
        with _kept().open(name) as file:
            data: dict[str, Any] = json.load(file)
        fields = [(str(field), str(value)) for field, value in data["fields"]]
        return KeptText(data["action"], data["form"], fields, datetime.fromisoformat(data["kept_at"]))
    except (OSError, ValueError, KeyError):
        return None
