"""Two versions of a fictitious paper in three scripts, with what truly became of each passage.

corpus/<language>.json is a list of edits in reading order: keep, edit, delete, insert, split, merge, rewrite (another
text in the same block), move_from and move_to. Written for this test; truth is what the writer did.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from editions.document.passages import Passage, PassageKind

LANGUAGES = ("en", "ar", "zh")
CORPUS = Path(__file__).parent / "corpus"


@dataclass
class Case:
    """truth: key of an old passage -> keys of the new passages that hold it; empty where it was deleted."""

    language: str
    old: list[Passage] = field(default_factory=list)
    new: list[Passage] = field(default_factory=list)
    truth: dict[str, set[str]] = field(default_factory=dict)


class _Writer:
    """keys: whether blocks keep their keys, as in an editor, or all get new ones, as in an import."""

    def __init__(self, language: str, keys: bool) -> None:
        self.case = Case(language)
        self.keys = keys
        self.moved: dict[str, str] = {}

    def old(self, kind: str, text: str) -> str:
        key = f"{self.case.language}{len(self.case.old)}"
        self.case.old.append(self.passage(self.case.old, kind, key, text))
        self.case.truth[key] = set()
        return key

    def new(self, kind: str, text: str, sources: list[str], key: str = "") -> None:
        key = key if key and self.keys else f"{self.case.language}-new{len(self.case.new)}"
        self.case.new.append(self.passage(self.case.new, kind, key, text))
        for source in sources:
            self.case.truth[source].add(key)

    def passage(self, side: list[Passage], kind: str, key: str, text: str) -> Passage:
        path: tuple[str, ...] = ()
        for former in side:
            if former.kind == PassageKind.HEADING and kind != "heading":
                path = (former.text,)
        ordinal = len(side) + 1
        return Passage(ordinal, ordinal, f"p{ordinal}", PassageKind(kind), key, path, None, text, self.case.language)

    def write(self, operation: str, *rest) -> None:
        match operation, rest:
            case "keep" | "edit", (kind, *texts):
                key = self.old(kind, texts[0])
                self.new(kind, texts[-1], [key], key)
            case "delete", (kind, text):
                self.old(kind, text)
            case "insert", (kind, text):
                self.new(kind, text, [])
            case "rewrite", (kind, before, after):
                key = self.old(kind, before)
                self.new(kind, after, [], key)
            case "split", (kind, before, parts):
                key = self.old(kind, before)
                for place, part in enumerate(parts):
                    self.new(kind, part, [key], "" if place else key)
            case "merge", (kind, parts, after):
                keys = [self.old(kind, part) for part in parts]
                self.new(kind, after, keys, keys[0])
            case "move_from", (label, kind, text):
                self.moved[label] = self.old(kind, text)
            case "move_to", (label, kind, text):
                self.new(kind, text, [self.moved[label]], self.moved[label])


def case_of(language: str, *, keys: bool) -> Case:
    """The corpus of one language. keys: whether unchanged, edited and moved blocks kept theirs."""
    writer = _Writer(language, keys)
    for operation in json.loads((CORPUS / f"{language}.json").read_text(encoding="utf-8")):
        writer.write(*operation)
    return writer.case


@dataclass
class Score:
    """Counts over old passages. live: those whose words are in the newer text; queued: left to a person."""

    live: int = 0
    right: int = 0
    wrong: int = 0
    queued: int = 0
    deleted: int = 0
    deleted_but_mapped: int = 0


def score_of(case: Case, links) -> Score:
    score = Score()
    for link in links:
        homes = case.truth[link.old.key]
        found = link.new.key if link.new else None
        if homes:
            score.live += 1
            score.right += found in homes
            score.queued += found is None
            score.wrong += found is not None and found not in homes
        else:
            score.deleted += 1
            score.deleted_but_mapped += found is not None
    return score
