"""A text that cannot be printed is not made public."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.core.cache import cache

from editions.document.model import Document, Paragraph
from editions.services import Draft
from pdf.printing import guards
from tests.pdf import samples
from tests.pdf.samples import text
from workflow.transitions.guards import GUARDS, Attempt


def attempt(words: str) -> Attempt:
    document = Document("Lamps", "en", (Paragraph("a", (text(words),)),))
    draft = Draft("BPF-2099-LAMPS", 2099, "lamps", "lamps", document, dict(samples.metadata()))
    return cast(Attempt, SimpleNamespace(draft=draft, is_passing=False, edit_address="/admin/pages/7/edit/"))


def test_guards__are_known_to_the_workflow():
    assert {"glyphs_covered", "prints"} <= set(GUARDS)


def test_glyphs_covered__with_a_sign_no_typeface_has__names_it_and_links_to_its_block():
    found = list(guards.glyphs_covered(attempt("lamp 🎉")))
    assert len(found) == 1
    assert "U+1F389" in found[0].message
    assert "PARTY POPPER" in found[0].message
    assert found[0].mend == "/admin/pages/7/edit/#block-a-section"


def test_glyphs_covered__with_common_signs__is_met():
    assert list(guards.glyphs_covered(attempt("lamps → ≤ “fine”"))) == []


def test_prints__when_drawing_fails__says_why_and_asks_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []

    def fails(job: Any) -> None:
        asked.append(job)
        raise ValueError("no paper")

    cache.clear()
    monkeypatch.setattr(guards, "render", fails)
    tried = attempt("lamps")
    assert "no paper" in next(iter(guards.prints(tried))).message
    assert list(guards.prints(tried))
    assert len(asked) == 1
    cache.clear()


def test_prints__of_a_sound_text__is_met():
    cache.clear()
    assert list(guards.prints(attempt("lamps"))) == []
