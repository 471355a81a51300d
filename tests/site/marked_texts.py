"""Every text that the product marks for translation, in code and in templates: read as gettext's own tools read it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

CODE = ["accounts", "api", "bpf_pages", "consultation", "core", "editions", "files", "formats", "gate", "mail", "pdf",
        "search", "site", "workflow"]  # fmt: skip
TEMPLATES = ["templates", *CODE]
TEXT_AT = {"gettext": (None, 0, None), "ngettext": (None, 0, 1), "pgettext": (0, 1, None), "npgettext": (0, 1, 2)}
"""For each function, which argument is the context, the text and its plural."""


class Marked(NamedTuple):
    """A text as translators meet it: where it stands, its context and its plural, "" where it has none."""

    path: Path
    line: int
    context: str
    text: str
    plural: str

    @property
    def key(self) -> str:
        """What the compiled catalogue finds it by."""
        return f"{self.context}\x04{self.text}" if self.context else self.text


def marked_texts() -> Iterator[Marked]:
    """All of them, one for each place where a text stands."""
    for folder in CODE:
        for path in sorted((settings.ROOT / folder).rglob("*.py")):
            yield from in_code(path, path.read_text("utf-8"))
    for folder in TEMPLATES:
        for path in sorted((settings.ROOT / folder).rglob("*.*")):
            if path.suffix in {".html", ".txt", ".xml", ".svg"} and "static" not in path.parts:
                yield from in_template(path, path.read_text("utf-8"))


def in_code(path: Path, source: str) -> Iterator[Marked]:
    """What gettext and its kin are called with, whatever name they are imported under."""
    if "gettext" not in source:
        return
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from _call(path, node.lineno, node, names.get(called, called).removesuffix("_lazy"))


def _call(path: Path, line: int, call: ast.Call, function: str) -> Iterator[Marked]:
    if function not in TEXT_AT:
        return
    said = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in call.args]
    context, text, plural = ("" if place is None else said[place] for place in TEXT_AT[function])
    if text:
        yield Marked(path, line, context or "", text, plural or "")


def in_template(path: Path, source: str) -> Iterator[Marked]:
    """What Django makes of a template for gettext's tools is code with the calls in it, between blanks."""
    if "translate" not in source and "_(" not in source:
        return
    made = templatize(source)
    for found in re.finditer(r"\b(n?p?gettext|_)\(", made):
        call = _first_call(made[found.start() :])
        if call:
            line = made.count("\n", 0, found.start()) + 1
            yield from _call(path, line, call, "gettext" if found[1] == "_" else found[1])


def _first_call(code: str) -> ast.Call | None:
    """The text of a call may hold brackets: it ends where what has been read is code."""
    for end in re.finditer(r"\)", code):
        try:
            call = ast.parse(code[: end.end()], mode="eval").body
        except SyntaxError:
            continue
        return call if isinstance(call, ast.Call) else None
    return None
