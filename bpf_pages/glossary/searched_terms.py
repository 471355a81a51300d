"""Terms of the glossary that somebody asked the search for: "what is a BPF?" asks what a word means here."""

from collections.abc import Iterator
from functools import cache

from django.utils.translation import get_language, override

from bpf_pages.glossary.terms import GROUPS, Term
from core.languages.template_tags import OWN
from search.analysis.significant_terms import stems_beside

_ASKING = frozenset(
    {
        "mean", "means", "meaning", "es", "significa", "signifie", "definition",
        "такое", "такой", "такая", "значит", "означает", "يعني", "تعني", "معنى",
    }
)  # fmt: skip
"""Words in which a meaning is asked for, as the analyser folds them."""


def terms_named(question: str) -> list[Term]:
    """Those that are called by all words of a question and no others, in the reader's language or in English."""
    languages = dict.fromkeys((get_language() or OWN, OWN))
    slugs = {
        slug for language in languages for slug in _called(language).get(stems_beside(question, language, _ASKING), ())
    }
    return [term for term in _terms() if term.slug in slugs]


def _terms() -> Iterator[Term]:
    return (term for group in GROUPS for term in group.terms)


@cache
def _called(language: str) -> dict[frozenset[str], tuple[str, ...]]:
    """Words of a name -> slugs. What stands in brackets, such as BPF, is a name of its own. Catalogues do not change
    while a process runs."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    with override(language):
        for term in _terms():
            for name in str(term.name).replace("（", "(").replace("）", ")").rstrip(")").split("("):
                if words := stems_beside(name, language, _ASKING):
                    found[words] = (*found.get(words, ()), term.slug)
    return found
