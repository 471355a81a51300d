"""The interface in the six languages of the United Nations: what readers meet is translated, and compiled."""

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

import pytest
from django.conf import settings
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import override

from bpf_pages.glossary import terms as glossary
from bpf_pages.rendering import labels
from consultation import vocabulary
from editions.models import RelationKind
from search.facets.definitions import FACETS, SECTION_LABELS
from workflow.forums.states import ForumState
from workflow.states import MEANINGS, ROLE_MEANINGS, TRANSITIONS, Recorded, Role, State
from workflow.transitions.guards import GUARDS

LOCALE = settings.LOCALE_PATHS[0]
LANGUAGES = ["ar", "zh_Hans", "fr", "ru", "es"]
TEMPLATES = settings.TEMPLATES[0]["DIRS"][0]
READERS_TEMPLATES = [
    path
    for path in TEMPLATES.rglob("*.*")
    if path.relative_to(TEMPLATES).parts[0] != "wagtailadmin" and not path.name.startswith("admin_")
]
"""All but the editors', whose desks speak English: a template is a reader's until its name says otherwise."""
SAME_IN_EVERY_LANGUAGE = {"PDF"}
WRITTEN_OUT = {TEMPLATES / name for name in ("bare.html", "400.html", "403_csrf.html", "500.html")}
"""In all six languages at once: nothing is looked up while it is made."""

NAMES = {
    "UTC", "IGF", "PDF", "JSON", "sealed", "CSV", "XLSX", "SHA", "OAI", "PMH", "document", "pdf", "json", "oai", "api",
    "search",
}  # fmt: skip
"""Words that stand in templates untranslated: abbreviations and parts of addresses."""


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def said(path):
    """The msgids of a template, by a reading of its own: translate tags, and blocks with their variables."""
    text = path.read_text("utf-8")
    yield from re.findall(r"""{%-?\s*translate\s+"([^"]*)\"""", text)
    yield from re.findall(r"{%-?\s*translate\s+'([^']*)'", text)
    for options, block in re.findall(r"{% blocktranslate([^%]*)%}(.*?){% endblocktranslate %}", text, re.DOTALL):
        singular = re.sub(r"{{ (\w+) }}", r"%(\1)s", block.split("{% plural %}")[0])
        yield " ".join(singular.split()) if "trimmed" in options.split() else singular


def bare_words(path):
    """The words a template shows without asking the catalogue: outside tags and code, and in what people hear."""
    text = re.sub(
        r"{% (blocktranslate|comment).*?end\1 %}|{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text("utf-8"), flags=re.S
    )
    yield from re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"]*[^\W\d_]{2}[^"]*)"', text)
    yield from re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|&\w+;", " ", text)) if path.suffix == ".html" else ()


@pytest.mark.parametrize("path", READERS_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template__of_readers__shows_no_word_of_its_own(path):
    if path not in WRITTEN_OUT:
        assert set(bare_words(path)) - NAMES == set()


@pytest.mark.parametrize("path", sorted(WRITTEN_OUT - {TEMPLATES / "bare.html"}), ids=lambda path: path.name)
def test_page__that_is_made_when_all_fails__speaks_every_language(path):
    text = f'lang="en"{path.read_text("utf-8")}'
    assert set(re.findall(r'lang="([\w-]+)"', text)) == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reader__of_any_page__finds_every_word_translated(language):
    known = catalogue(language)._catalog
    wanted = set(chain.from_iterable(said(path) for path in READERS_TEMPLATES)) - SAME_IN_EVERY_LANGUAGE
    assert len(wanted) > 100  # the reading above finds them
    assert {text for text in wanted if text not in known and (text, 0) not in known} == set()


def declared_words() -> Iterator[object]:
    """What is declared once and shown in many places: the life of a document and of a forum, and the lists of words."""
    lists = [kind for kind in vars(vocabulary).values() if isinstance(kind, type) and issubclass(kind, TextChoices)]
    kinds = (State, Recorded, Role, ForumState, RelationKind, *lists)
    yield from (each.label for kind in kinds for each in kind if each.label)
    yield from (*MEANINGS.values(), *ROLE_MEANINGS.values())
    yield from chain.from_iterable((move.label, move.explanation) for move in TRANSITIONS.values())
    yield from (guard.summary for guard in GUARDS.values())
    for table in (labels.SECTIONS, labels.DETAILS, labels.KINDS, SECTION_LABELS):
        yield from table.values()
    yield from (facet.label for facet in FACETS)
    yield from (group.title for group in glossary.GROUPS)
    yield from chain.from_iterable((term.name, term.meaning) for term in glossary.TERMS.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words__that_are_declared_once__are_translated(language):
    known = catalogue(language)._catalog
    with override("en"):
        words = {str(word) for word in declared_words()}
    assert len(words) > 200
    assert {word for word in words if word not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation__of_a_text_with_variables__has_the_same_variables(language):
    for source, text in catalogue(language)._catalog.items():
        original = source[0] if isinstance(source, tuple) else source
        if original:
            assert sorted(re.findall(r"%\(\w+\)s|%[sd]", text)) == sorted(re.findall(r"%\(\w+\)s|%[sd]", original))


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no gettext tools on this machine")
@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_file__says_what_its_source_says(language, tmp_path):
    source = LOCALE / language / "LC_MESSAGES" / "django.po"
    subprocess.run(["msgfmt", "--check-format", "-o", tmp_path / "django.mo", source], check=True)
    with (tmp_path / "django.mo").open("rb") as file:
        fresh = gettext.GNUTranslations(file)._catalog
    kept = catalogue(language)._catalog
    assert {key: kept[key] for key in kept if key} == {key: fresh[key] for key in fresh if key}


def test_library__in_russian__counts_by_the_rules_of_russian():
    from django.utils.translation import ngettext

    with override("ru"):
        forms = [ngettext("%d comment", "%d comments", n) % n for n in (1, 2, 5, 21)]
    assert forms == ["1 комментарий", "2 комментария", "5 комментариев", "21 комментарий"]


def terms():
    """The table of docs/translations.md: (language, English term, pattern of its translation)."""
    table = (settings.ROOT / "docs" / "translations.md").read_text("utf-8").split("|---|")[-1]
    for row in table.splitlines()[1:]:
        english, *others = (cell.strip() for cell in row.strip(" |").split("|"))
        for language, cell in zip(("fr", "es", "ru", "ar", "zh_Hans"), others, strict=True):
            forms = (re.escape(form).replace("…", r"\w*").replace(r"\ ", r"\s+") for form in cell.split(", "))
            yield language, english, "|".join(forms)


def unused() -> Iterator[tuple[str, str]]:
    """The other table: (language, a word that is not used in it)."""
    page = (settings.ROOT / "docs" / "translations.md").read_text("utf-8")
    codes = {"Arabic": "ar", "Russian": "ru", "Chinese": "zh_Hans"}
    for row in page.partition("## Forms that are not used")[2].partition("##")[0].splitlines():
        language, *cells = (cell.strip() for cell in row.strip(" |").split("|"))
        if language in codes:
            yield from ((codes[language], word) for word in cells[0].split(", "))


def test_translation__uses_no_form_that_the_table_rules_out():
    found = list(unused())
    assert {language for language, _word in found} == {"ar", "ru", "zh_Hans"}
    said = [
        (language, word, text)
        for language, word in found
        for text in catalogue(language)._catalog.values()
        if re.search(word if language == "zh_Hans" else rf"(?<!\w)و?{word}(?![\w\u064b-\u0652])", text, re.IGNORECASE)
    ]
    assert said == []


def test_russian__writes_a_word_with_ё_everywhere_or_nowhere():
    words = set(re.findall(r"[а-яё]+", " ".join(catalogue("ru")._catalog.values()).lower()))
    assert {word for word in words if "ё" in word and word.replace("ё", "е") in words} <= {"чём", "всё"}


def test_terms__have_one_word_in_each_language():
    found = list(terms())
    assert len(found) > 40
    strayed = [
        (language, english, text)
        for language, english, pattern in found
        for source, text in catalogue(language)._catalog.items()
        if re.search(rf"\b{english}s?\b", source[0] if isinstance(source, tuple) else source, re.IGNORECASE)
        and not re.search(pattern, text, re.IGNORECASE)
    ]
    assert strayed == []


MISTAKES = {
    "ar": "[\u0600-\u06ff] ?[,;?]",  # its own comma, semicolon and question mark
    "es": r"^[^¿]*\?|^[^¡]*!",
    "fr": " [:;?!»]|« ",  # no line begins with them: the space before is one that does not break
    "ru": "['\"]|[“”](?!»)",
    "zh_Hans": "[\u4e00-\u9fff] ?[,;:?!]",  # full width after a Chinese sign
}


@pytest.mark.parametrize(("language", "mistake"), MISTAKES.items())
def test_translation__is_punctuated_as_its_language_is(language, mistake):
    texts = (re.sub(r"<[^>]*>|\?\w+=", "", text) for source, text in catalogue(language)._catalog.items() if source)
    assert [text for text in texts if re.search(mistake, text)] == []


WRITTEN = {
    "en": "25 November 2026, 10:05",
    "ar": "25 نوفمبر 2026، 10:05",
    "es": "25 de noviembre de 2026 a las 10:05",
    "fr": "25 novembre 2026, 10:05",
    "ru": "25 ноября 2026 г., 10:05",
    "zh-hans": "2026年11月25日 10:05",
}


@pytest.mark.parametrize(("language", "written"), WRITTEN.items())
def test_moment__is_written_as_each_language_writes_it(language, written):
    with override(language):
        assert date_format(datetime(2026, 11, 25, 10, 5), "DATETIME_FORMAT") == written  # noqa: DTZ001


@pytest.mark.parametrize("path", READERS_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template__of_readers__leaves_the_order_of_a_date_to_the_language(path):
    forms = set(re.findall(r"""\|date:["']([^"']*)["']""", path.read_text("utf-8")))
    assert forms <= {"DATE_FORMAT", "DATETIME_FORMAT", "c", "Y-m-d"}
