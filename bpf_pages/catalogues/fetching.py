"""Outputs downloaded from where they were published: politely, within limits, each answer kept as a row."""

import hashlib
import mimetypes
import re
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile

from bpf_pages.catalogues.problems import Problem
from bpf_pages.models.catalogue import Catalogue, CatalogueFile
from core.http.outside_requests import Disallowed, PoliteClient, Refused, TooMuch, Unreachable
from core.plain_text import tidy_line
from files import by_hash
from formats.kinds.readers import SUFFIXES
from formats.reading import FILE_LIMIT

SUFFIX_OF = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt", "application/rtf": ".rtf"}


class NotFetched(Exception):
    """problem, detail: as a row of a catalogue keeps them."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail


def client_of(budget: float) -> PoliteClient:
    agent = f"BPF-Library-import (+{settings.WAGTAILADMIN_BASE_URL})"
    return PoliteClient(agent, budget, private=settings.CHECK_LINKS_IN_PRIVATE_NETWORKS)


def fetched(catalogue: Catalogue, address: str, client: PoliteClient, at: datetime) -> CatalogueFile:
    """The file at an address, downloaded once for a catalogue. Raises NotFetched, or TimeoutError when the client's
    budget is used up. Whatever the server answered is a row, with its hash."""
    if known := catalogue.files.filter(asked=address).exclude(file="").first():
        return known
    row = CatalogueFile(catalogue=catalogue, asked=address, name=tidy_line(address)[:300], fetched_at=at)
    try:
        answer = client.download(address, FILE_LIMIT)
        row.status, row.address = answer.status, answer.address[:2000]
        if answer.status != 200 or not answer.content:
            raise NotFetched(Problem.STATUS, str(answer.status))
    except (Disallowed, Refused, TooMuch, Unreachable, NotFetched) as error:
        found = error if isinstance(error, NotFetched) else _not_fetched(error, address)
        row.detail = f"{found.problem}: {found.detail}"[:300]
        row.save()
        raise found from error
    name = _name(answer.address, answer.kind)
    row.name, row.sha256, row.size = name, hashlib.sha256(answer.content).hexdigest(), len(answer.content)
    suffix = PurePosixPath(name).suffix.lower()[:10]
    row.file.name = by_hash.keep(row.file.storage, row.sha256, suffix, ContentFile(answer.content))
    row.save()
    return row


def _not_fetched(error: Exception, address: str) -> NotFetched:
    match error:
        case Disallowed():
            return NotFetched(Problem.ROBOTS, address)
        case Refused():
            return NotFetched(Problem.PRIVATE, address)
        case TooMuch():
            return NotFetched(Problem.TOO_MUCH, address)
    return NotFetched(Problem.NO_ANSWER, str(error))


def _name(address: str, kind: str) -> str:
    """From the end of the address; its ending from what the server calls the file, where the address has none of ours.

    Readers look at the bytes first: the ending decides among kinds of text alone.
    """
    last = tidy_line(unquote(PurePosixPath(urlsplit(address).path).name))
    name = re.sub(r'[\\/:*?"<>|]', "-", last)[-150:].strip(". ") or "output"
    if PurePosixPath(name).suffix.lower() in SUFFIXES:
        return name
    return name + (SUFFIX_OF.get(kind) or mimetypes.guess_extension(kind) or "")
