"""Which words of a page are in another script or language than the page says: nobody would read them aloud rightly."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from selectolax.lexbor import LexborHTMLParser, LexborNode

from core.languages.direction import direction_of

SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f",
    "arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "cyrillic": "\u0400-\u04ff",
    "han": "\u3400-\u9fff",
}
SCRIPT_OF = {"ar": "arabic", "ru": "cyrillic", "zh": "han"}
WORD = {script: re.compile(f"[{letters}]{{{1 if script == 'han' else 3},}}") for script, letters in SCRIPTS.items()}
NAMES = {"UTC", "IGF", "PDF", "JSON", "CSV", "XLSX", "SHA", "OAI", "PMH", "APA", "MLA", "BPF", "MAG"}
"""Abbreviations that are written so in every language."""
IDENTIFIER = re.compile(r"\bBPF(-[A-Z0-9]+)+\b|\bR(-[A-Z0-9]{4})+\b")
SAID_BY_NOBODY = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "template", "svg"}
OURS = {"editions", "workflow", "consultation", "bpf_pages", "wagtailcore"}


def texts(html: str) -> Iterator[tuple[str, str]]:
    """Each text of the body that has a language, and which. `lang=""` and `<bdi>` alone have none: names."""
    tree = LexborHTMLParser(html)
    said = (tree.root.attributes.get("lang") if tree.root else None) or ""
    if tree.body is not None:
        yield from _below(tree.body, said)


def _below(node: LexborNode, language: str) -> Iterator[tuple[str, str]]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = " ".join(child.text(deep=False).split())
            if text and language:
                yield language, text
        elif child.tag not in SAID_BY_NOBODY:
            own = child.attributes.get("lang", "" if child.tag == "bdi" else language)
            yield from _below(child, own or "")


def said_by_people() -> frozenset[str]:
    """What the tables hold of titles, names and texts in English: all of it is somebody's, and in no catalogue."""
    english: set[str] = set()
    others: set[str] = set()
    for model in apps.get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if type(field) in {CharField, TextField, JSONField} and (not field.choices or field.name == "language")
        ]
        if model._meta.app_label in OURS and fields:
            for row in model._base_manager.values(*fields):
                found = english if row.get("language") in {None, "", "en"} else others
                found.update(_strings(list(row.values())))
    return frozenset(text for text in english - others if len(text) > 7 and " " in text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict) and value.get("language") in {None, "", "en"}:
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def unmarked(html: str, people_said: frozenset[str]) -> list[str]:
    """Texts in another language than they are said to be in: told by the script, and by what people are known to say.

    Our own sentences may hold a foreign word (“http”), never a foreign text. people_said: all of it in English.
    """
    return [text for language, text in texts(html) if _is_foreign(language, text, people_said)]


@lru_cache(maxsize=100_000)
def _is_foreign(language: str, text: str, people_said: frozenset[str]) -> bool:
    script = SCRIPT_OF.get(language[:2], "latin")
    rest = IDENTIFIER.sub("", text)
    foreign = (word for name, kind in WORD.items() if name != script for word in kind.findall(rest))
    if any(word not in NAMES for word in foreign) and not WORD[script].search(rest):
        return True
    return language != "en" and any(said in text for said in people_said)


def undirected(html: str) -> list[str]:
    """Elements in a language that runs against what stands around them and do not say so."""
    tree = LexborHTMLParser(html)
    root, found = tree.root, list[str]()
    if root is None or tree.body is None:
        return found
    waiting = [(tree.body, root.attributes.get("dir") or "ltr")]
    while waiting:
        node, direction = waiting.pop()
        for child in node.iter():
            language, own = child.attributes.get("lang"), child.attributes.get("dir")
            if language and not own and direction_of(language) != direction:
                found.append(child.text()[:80])
            waiting.append((child, own if own in {"ltr", "rtl"} else direction))
    return found
