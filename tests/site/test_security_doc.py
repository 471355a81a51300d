"""docs/security.md: complete, counted, and every test it names is there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from django import forms
from django.urls import get_resolver

from gate.forms.honeypot import TRAP
from gate.forms.public_forms import FORMS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text()
REQUIRED = {  # of the standard, levels 1 and 2: chapter -> how many
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16,
    17: 7,
}  # fmt: skip
KINDS = ("met", "operator", "not applicable", "gap")
ROW = re.compile(r"^\| (\d+)\.(\d+\.\d+) \| (.+?) \| (.*?) ?\| (.+) \|$", re.MULTILINE)
ROWS = ROW.findall(TEXT)


def kind_of(proof: str) -> str:
    return next((kind for kind in KINDS[1:] if proof.startswith(f"{kind}:")), "met")


def section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


@cache
def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_chapter__is_there_whole_and_no_requirement_twice() -> None:
    assert [int(number) for number in re.findall(r"^## V(\d+) ", TEXT, re.MULTILINE)] == list(REQUIRED)
    names = Counter(f"{chapter}.{rest}" for chapter, rest, *_cells in ROWS)
    assert [name for name, times in names.items() if times > 1] == []
    assert Counter(int(chapter) for chapter, *_cells in ROWS) == REQUIRED


def test_every_row__stands_in_the_section_of_its_number() -> None:
    for part in re.split(r"^### V", TEXT, flags=re.MULTILINE)[1:]:
        number = part.split(" ", 1)[0]
        assert {f"{chapter}.{rest.split('.')[0]}" for chapter, rest, *_cells in ROW.findall(part)} == {number}


def test_counts__are_those_of_the_tables() -> None:
    found = {chapter: Counter(kind_of(row[4]) for row in ROWS if int(row[0]) == chapter) for chapter in REQUIRED}
    said = re.findall(r"^\| (?:V(\d+) [^|]+|all) ((?:\| \d+ ){4})\|$", section("Counts"), re.MULTILINE)
    told = {int(chapter or 0): [int(number) for number in re.findall(r"\d+", cells)] for chapter, cells in said}
    assert told.pop(0) == [sum(counts[kind] for counts in found.values()) for kind in KINDS]
    assert told == {chapter: [counts[kind] for kind in KINDS] for chapter, counts in found.items()}


def test_gaps__are_all_in_the_list_each_once() -> None:
    listed = re.findall(r"\b\d+\.\d+\.\d+\b", section("Gaps"))
    assert sorted(listed) == sorted(f"{row[0]}.{row[1]}" for row in ROWS if kind_of(row[4]) == "gap")


def test_what_is_met__names_its_proof_and_what_is_not_says_why() -> None:
    for chapter, rest, _asks, how, proof in ROWS:
        name, kind = f"{chapter}.{rest}", kind_of(proof)
        assert kind != "met" or (how and re.search(r"`tests/.+::test_|code: |\]\(", proof)), name
        assert kind == "met" or len(proof) > len(kind) + 8, name


def test_every_test_and_file__that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+?\.py)::([^`]+)`", TEXT)
    assert len(named) > 150
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []
    files = re.findall(r"`([a-z_]+/[\w./-]+\.(?:py|html|js|conf|txt|md))`", TEXT)
    assert [name for name in files if not (ROOT / name).exists()] == []


def test_every_link__leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        path, _hash, anchor = target.partition("#")
        page = ROOT / "docs" / path if path else ROOT / "docs" / "security.md"
        heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
        assert not anchor or anchor in anchors, target


SHAPES = (
    (forms.FileField, "file"),
    (forms.EmailField, "address"), (forms.URLField, "link"), (forms.BooleanField, "yes or no"),
    (forms.IntegerField, "number"), (forms.DateField, "date"), (forms.MultipleChoiceField, "some of a list"),
    (forms.ModelChoiceField, "one of a list"), (forms.ChoiceField, "one of a list"), (forms.CharField, "text"),
)  # fmt: skip


def shape(field: forms.Field) -> str:
    word = next(word for kind, word in SHAPES if isinstance(field, kind))
    most = getattr(field, "max_length", None)
    return f"{word} of {most}" if most else word


def test_input__of_every_public_form__is_written_down_field_by_field() -> None:
    assert get_resolver().url_patterns  # each room declares its forms where its addresses are
    rows = re.findall(r"^\| (.+?) \| (.*?) ?\| (.*?) ?\|$", section("Input"), re.MULTILINE)
    said = {name: [must, may] for name, must, may in rows}
    found = {}
    for name, form in FORMS.items():
        if form.form_class is not None:
            fields = {each: of for each, of in form.form_class.base_fields.items() if each not in {TRAP, "form_token"}}
            found[name] = [
                ", ".join(f"{each} ({shape(of)})" for each, of in fields.items() if of.required is required)
                for required in (True, False)
            ]
    assert len(found) >= 9
    assert {name: cells for name, cells in said.items() if name not in {"form", "---"}} == found


def test_every_text_of_a_public_form__has_a_length() -> None:
    for name, form in FORMS.items():
        for each, field in getattr(form.form_class, "base_fields", {}).items():
            assert not isinstance(field, forms.CharField) or field.max_length, (name, each)


ASKING = {
    "urllib.request",
    "http.client",
    "smtplib",
    "pyhanko.sign.timestamps",
    "ftplib",
    "requests",
    "httpx",
    "aiohttp",
}
"""Modules by which code reaches another machine; `socket` where it connects."""


def test_connections__are_those_of_the_code() -> None:
    names = "accounts api bpf_pages consultation core editions files formats gate mail pdf search site workflow"
    rooms = (ROOT / name for name in names.split())
    found = set()
    for path in (each for room in rooms for each in room.rglob("*.py")):
        source = path.read_text()
        for node in ast.walk(ast.parse(source)) if "import" in source else ():
            names = {each.name for each in node.names} if isinstance(node, ast.Import) else set()
            module = str(node.module) if isinstance(node, ast.ImportFrom) else ""
            names |= {module, *(f"{module}.{each.name}" for each in node.names)} if module else set()
            errors_only = module == "smtplib" and all(each.name.startswith("SMTP") for each in node.names)
            if (names & ASKING and not errors_only) or "socket.create_connection" in names:
                found.add(str(path.relative_to(ROOT)))
    named = set(re.findall(r"`([a-z_]+/[\w/]+\.py)`", section("Connections")))
    assert found
    assert sorted(found - named) == []
