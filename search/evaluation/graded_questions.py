"""Sets of graded questions: this library's own file, and folders in the format of the Cranfield collection."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FIELD = re.compile(r"\.([A-Z])(?:\s+(\d+))?\s*")
BEST_GAIN = 5  # Cranfield grades run from 1 (best) to 4: the gain is this minus the grade


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """grades: id of a record to its gain, 1 and up. selected: facet values chosen beside the question."""

    name: str
    kind: str
    text: str
    grades: dict[str, int]
    selected: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Abstract:
    """A document of a Cranfield folder. The text leaves out the title it repeats."""

    name: str
    title: str
    text: str


def read_questions(path: Path) -> list[GradedQuestion]:
    """A file like data/search-questions-dev.json. Filters are left out of the question where it names them itself."""
    return [
        GradedQuestion(
            name=row["id"],
            kind=row["type"],
            text=row["query"],
            grades=row["relevant"],
            selected={name: (str(value),) for name, value in row["filters"].items()},
        )
        for row in json.loads(path.read_text())["queries"]
    ]


def read_cranfield(folder: Path) -> tuple[list[Abstract], list[GradedQuestion]]:
    """Documents and questions. Judgements number the questions by their order in the file."""
    abstracts = []
    for name, fields in _records(folder / "cran.all.1400"):
        title, text = fields.get("T", ""), fields.get("W", "")
        abstracts.append(Abstract(name, title, text.removeprefix(title).strip()))
    grades: dict[int, dict[str, int]] = defaultdict(dict)
    for line in (folder / "cranqrel").read_text().splitlines():
        question, document, grade = (int(part) for part in line.split()[:3])
        if 1 <= grade < BEST_GAIN:
            grades[question][str(document)] = BEST_GAIN - grade
    questions = [
        GradedQuestion(str(number), "abstracts", fields["W"], grades[number])
        for number, (_, fields) in enumerate(_records(folder / "cran.qry"), start=1)
    ]
    return abstracts, questions


def _records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(id, field letter to its lines as one) of a file in which `.I 1` opens a record and `.W` a field."""
    name, letter = "", ""
    fields: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text().splitlines():
        if match := _FIELD.fullmatch(line):
            if match[1] == "I":
                if name:
                    yield name, {key: " ".join(lines) for key, lines in fields.items()}
                name, fields = match[2], defaultdict(list)
            letter = match[1]
        else:
            fields[letter].append(line.strip())
    if name:
        yield name, {key: " ".join(lines) for key, lines in fields.items()}
