"""The list of erasures beside the database: after a backup is restored they are done again.

A backup still holds whoever was erased after it was taken. Each erasure therefore leaves a small file in the private
storage, which names the person by a keyed hash of the address: it fits an address that is at hand, and tells none.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from consultation.privacy.services import erase_person
from core import personal_data
from core.email_addresses import spellings
from core.tokens import new_salt
from files.private_storage import PRIVATE
from gate.client_address import keyed_hash
from gate.forms import kept_texts

FOLDER = "erasures"


def remember(email: str, now: datetime, *, with_text: bool, with_account: bool) -> None:
    """Before the erasure itself: what fails in between is only erased again, which harms nobody."""
    told = {
        "subject": _subject(spellings(email)[0]),
        "at": now.isoformat(),
        "with_text": with_text,
        "with_account": with_account,
    }
    storages[PRIVATE].save(f"{FOLDER}/{now:%Y%m%dT%H%M%S}-{new_salt()[:8]}.json", ContentFile(json.dumps(told)))


def replay(now: datetime) -> int:
    """Erase again whoever was erased before. Answers how many people were found. Idempotent."""
    wanted = list(_remembered())
    if not wanted:
        return 0
    done = 0
    for email in sorted(personal_data.addresses() | kept_texts.addresses()):
        keys = ("", *settings.SECRET_KEY_FALLBACKS)
        subjects = {_subject(each, str(key)) for each in spellings(email) for key in keys}
        asked = [each for each in wanted if each["subject"] in subjects]
        if asked:
            with_text, with_account = (any(each[name] for each in asked) for name in ("with_text", "with_account"))
            erase_person(email, now, with_text=with_text, with_account=with_account, reason="backup restored")
            done += 1
    return done


def _subject(email: str, key: str = "") -> str:
    return keyed_hash(f"erased:{email.casefold()}", key)


def _remembered() -> Iterator[dict[str, Any]]:
    kept = storages[PRIVATE]
    names = kept.listdir(FOLDER)[1] if kept.exists(FOLDER) else []
    for name in sorted(names):
        with kept.open(f"{FOLDER}/{name}") as file:
            yield json.load(file)
