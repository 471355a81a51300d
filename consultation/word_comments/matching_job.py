"""Matches a reviewed Word file with the text in the child process of `core.budgets`. Pure.

Whoever wrote the file decides how much of it is alike and has to be compared: 200 kB can keep a processor for minutes.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consultation.word_comments.job import review_of
from consultation.word_comments.matching import Found, Matched, matched
from editions.document.passages import Passage
from formats.docx.comments import Remark
from formats.docx.tracked_changes import Review


@dataclass(frozen=True, slots=True)
class _Run:
    """note: key of the note that is marked in it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Passage:
    """What the matching asks of one. runs: its words, and the notes marked in it."""

    key: str
    kind: str
    text: str
    path: tuple[str, ...]
    number: int
    runs: tuple[_Run, ...]


def question(
    review: Review, current: Sequence[Passage], former: Sequence[Sequence[Passage]], title: Sequence[str]
) -> bytes:
    """What the child is given; see `matching.matched`."""
    asked = {
        "review": asdict(review),
        "current": [_told(passage) for passage in current],
        "former": [[_told(passage) for passage in passages] for passages in former],
        "title": list(title),
    }
    return json.dumps(asked).encode()


def match(content: bytes) -> tuple[dict[str, Any], bytes]:
    """In the child. A passage is named by its key."""
    asked = json.loads(content)
    former = [_passages(passages) for passages in asked["former"]]
    found = matched(review_of(asked["review"]), _passages(asked["current"]), former, asked["title"])
    answer = asdict(found) | {"found": [_said(one) for one in found.found]}
    return answer, b""


def from_answer(answer: dict[str, Any], current: Sequence[Passage]) -> Matched[Passage]:
    """What the child said, as `matched` gives it."""
    by_key = {passage.key: passage for passage in current}
    return Matched(
        **answer | {"found": tuple(_found(one, by_key) for one in answer["found"]), "lost": tuple(answer["lost"])}
    )


def _told(passage: Passage) -> list[Any]:
    words, notes = "".join(run.text for run in passage.runs), [run.note for run in passage.runs if run.note]
    return [passage.key, passage.kind, passage.text, list(passage.path), passage.number, words, notes]


def _passages(told: Iterable[list[Any]]) -> list[_Passage]:
    return [
        _Passage(
            key, kind, text, tuple(path), number,
            (*((_Run(words),) if words else ()), *(_Run("", note) for note in notes)),
        )
        for key, kind, text, path, number, words, notes in told
    ]  # fmt: skip


def _said(one: Found[_Passage]) -> dict[str, Any]:
    return asdict(one) | {"passage": one.passage.key if one.passage else None}


def _found(said: dict[str, Any], by_key: dict[str, Passage]) -> Found[Passage]:
    lists = {name: tuple(said[name]) for name in ("authors", "notes")}
    remarks = tuple(Remark(**remark) for remark in said["remarks"])
    passage = by_key[said["passage"]] if said["passage"] is not None else None
    return Found(**said | lists | {"remarks": remarks, "passage": passage})
