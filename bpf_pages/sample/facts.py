"""What outputs and pages about forums say: data/library-facts.json, typed. Pure but for reading.

A fact is a sentence of this project with the address of the page it was read on. `basis` says what kind of page that
was and decides how the sentence may be led in: nothing is said to stand in an output that was read elsewhere.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ADDRESS = re.compile(r"https?://[^\s;,]+[^\s;,.)]")
_AIM = re.compile(r"\b(?:was|were) to\b|\b[Tt]he aim was\b|\baims were set\b|\b[Tt]he forum wanted\b")
_COPY = re.compile(r"third-party copy(?!(?: of the text)?: )")
_ABOUT = ("forum page;", "article ")
LEADS = {
    "final output": "The final output",
    "interim output": "The interim output",
    "draft output": "A draft of the output",
    "forum page": "The forum's page",
    "session page": "The page of the session",
    "mailing list": "A message on a mailing list",
    "captions": "The unedited captions of a session",
    "press release": "A press release",
    "report by a third party": "A third party",
}
"""Who speaks, by the basis of a fact. Which copy or third party it is, is named by its host."""

OUTPUTS = ("final output", "interim output", "draft output")


@dataclass(frozen=True, slots=True)
class Fact:
    """kind: as the data words it. text: a sentence of this project. source: addresses, one at least."""

    kind: str
    text: str
    source: str
    confidence: str
    basis: str

    @property
    def address(self) -> str:
        return next(addresses_in(self.source), "")

    @property
    def is_aim(self) -> bool:
        """What a forum meant to do, read on a page that is no output: no finding, whatever its kind."""
        return self.kind != "future_work" and bool(_AIM.search(self.text)) and not self.basis.startswith(OUTPUTS)

    @property
    def speaker(self) -> str:
        """`The forum's page`; `The final output, read in the copy at docslib.org`; `A third party (dig.watch)`."""
        plain = self.basis.removesuffix(" (third-party copy)")
        host = host_of(self.address)
        if plain != self.basis:
            return f"{LEADS[plain]}, read in the copy at {host},"
        return f"{LEADS[plain]} ({host})" if plain == "report by a third party" and host else LEADS[plain]

    @property
    def lead(self) -> str:
        """The words before the sentence, without the colon."""
        several = self.basis == "captions"
        if self.is_aim:
            speaker = self.speaker[0].lower() + self.speaker[1:]
            return f"The forum set out, as {speaker} {'tell' if several else 'tells'}"
        if self.basis.startswith(OUTPUTS):
            return f"{self.speaker} says"
        return f"{self.speaker} {'report' if several else 'reports'}"

    @property
    def caution(self) -> str:
        return "" if self.confidence == "high" else f"This is recorded with {self.confidence} confidence."


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a public role, and the page that says so."""

    name: str
    role: str
    source: str

    @property
    def address(self) -> str:
        return next(addresses_in(self.source), "")


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened on a day. date: as recorded, not always one day."""

    what: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Original:
    """Where an output can be read. kind: a key of bpf_pages.rendering.labels.ORIGINALS, "" without an address."""

    title: str
    address: str
    kind: str
    remark: str
    is_further: bool


@dataclass(frozen=True, slots=True)
class ForumFacts:
    originals: tuple[Original, ...]
    says: tuple[Fact, ...]
    people: tuple[Named, ...]
    dates: tuple[Dated, ...]
    forum_address: str
    mailing_list: str

    def addresses(self) -> list[str]:
        """Every page that something was read on, each once, in the order of the data."""
        texts = [self.forum_address]
        texts += [text for original in self.originals for text in (original.address, original.remark)]
        texts += [row.source for row in self.says]
        texts += [row.source for row in self.people]
        texts += [row.source for row in self.dates]
        return list(dict.fromkeys(address for text in texts for address in addresses_in(text)))


def read_facts(folder: Path) -> dict[str, ForumFacts]:
    """By the id of the forum's record. Raises OSError, ValueError or KeyError for a file that is not as expected."""
    rows = json.loads((folder / "library-facts.json").read_text("utf-8"))
    return {record: _forum(row) for record, row in rows.items()}


def addresses_in(text: str) -> Iterator[str]:
    return (match[0] for match in ADDRESS.finditer(text))


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def resolved(names: Iterable[str], addresses: Iterable[str]) -> tuple[list[str], list[str]]:
    """(addresses, names left) of sources that the catalogue names in short, such as `docslib 9985426`."""
    known, found, left = list(addresses), [], []
    for name in names:
        words = re.findall(r"[a-z0-9.-]+", name.partition("(")[0].lower())
        matching = [address for address in known if all(word in address.lower() for word in words)]
        if matching:
            found.append(matching[0])
        else:
            left.append(name)
    return found, left


def _forum(row: Mapping[str, Any]) -> ForumFacts:
    return ForumFacts(
        tuple(_original(output) for output in row["outputs"]),
        tuple(Fact(f["kind"], f["text"], f["source"], f["confidence"], f["basis"]) for f in row["says"]),
        tuple(Named(p["name"], p["role"], p["source"]) for p in row["people"]),
        tuple(Dated(d["what"], d["date"], d["source"]) for d in row["dates"]),
        row.get("forum_url", ""),
        row.get("mailing_list_url", ""),
    )


def _original(row: Mapping[str, Any]) -> Original:
    remark, address = row.get("note") or "", row["url"] or ""
    kind = row["url_kind"] or ""
    if _COPY.match(remark):
        kind = "copy"
    elif remark.startswith(_ABOUT):
        kind = "about"
    return Original(row["title"], address, kind, remark, bool(row.get("new")))
