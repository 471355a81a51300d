"""Every package that runs in production has a licence that we know and that binds no code of ours."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|OFL|Zope Public License)\b")
BINDING_THEIR_OWN_FILES = {"pikepdf", "certifi", "psycopg", "psycopg-binary", "python-bidi", "pyphen"}
"""MPL or LGPL, each with a line in docs/licences.md. A new one is a decision, not an update."""

IN_THEIR_OWN_WORDS = {"locate"}
"""Permissive by the file they bring, which their metadata does not name; each with a line in docs/licences.md."""


def _name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def installed(names) -> set[str]:
    """Those packages and all that they need, as far as they are installed here."""
    found, waiting = set(), [_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # for another machine or Python
            continue
        found.add(name)
        waiting += [_name(need) for need in needs if "extra ==" not in need]
    return found


def declared() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line for line in lines if re.match(r"[\w.-]+(\[\w+\])?==", line)]


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [text for text in about.get_all("Classifier") or [] if text.startswith("License")]
    return " ".join(filter(None, [about.get("License-Expression"), *classifiers, (about.get("License") or "")[:80]]))


@pytest.mark.parametrize("name", sorted(installed([*declared(), "psycopg-binary"])))
def test_package__has_a_licence_we_know(name):
    assert PERMISSIVE.search(licence(name)) or name in BINDING_THEIR_OWN_FILES | IN_THEIR_OWN_WORDS, licence(name)


def test_packages_that_bind_their_own_files__and_typefaces__are_told():
    told = (ROOT / "docs" / "licences.md").read_text()
    fonts = [_name(line) for line in declared() if line.startswith(("fontpkg-", "justmytype"))]
    wanted = (
        IN_THEIR_OWN_WORDS
        | (BINDING_THEIR_OWN_FILES - {"psycopg-binary"})
        | {name for name in fonts if not name.endswith("fontpkg")}
    )
    assert {name for name in wanted if name not in told} == set()
    assert len(fonts) >= 4


@pytest.mark.parametrize("name", ["LICENSE", "SECURITY.md", "docs/licences.md"])
def test_file__is_there(name):
    assert (ROOT / name).stat().st_size > 500
