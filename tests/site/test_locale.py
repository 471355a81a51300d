"""The interface in the six languages of the United Nations: what people meet is translated, and compiled."""

import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import chain

import pytest
from django.conf import settings
from django.db.models import TextChoices
from django.utils.dates import MONTHS, MONTHS_ALT, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import override

from bpf_pages.glossary import terms as glossary
from bpf_pages.rendering import labels
from consultation import vocabulary
from editions.models import RelationKind
from search.facets.definitions import FACETS, SECTION_LABELS
from tests.site.marked_texts import Marked, in_code, in_template, marked_texts
from workflow.forums.states import ForumState
from workflow.states import MEANINGS, ROLE_MEANINGS, TRANSITIONS, Recorded, Role, State
from workflow.transitions.guards import GUARDS

LOCALE = settings.LOCALE_PATHS[0]
FORMS = {"ar": 6, "zh_Hans": 1, "fr": 2, "ru": 3, "es": 2}
"""How many forms a number asks for."""
LANGUAGES = list(FORMS)
TEMPLATES = settings.TEMPLATES[0]["DIRS"][0]
EVERY_TEMPLATE = sorted(TEMPLATES.rglob("*.*"))
WRITTEN_OUT = {TEMPLATES / name for name in ("bare.html", "400.html", "403_csrf.html", "500.html")}
"""In all six languages at once: nothing is looked up while it is made."""

NAMES = {
    "UTC", "IGF", "PDF", "JSON", "sealed", "CSV", "XLSX", "SHA", "OAI", "PMH", "document", "pdf", "json", "oai", "api",
    "search",
}  # fmt: skip
"""Words that stand in templates untranslated: abbreviations and parts of addresses."""


VARIABLE = re.compile(r"%\(\w+\)[sd]|%[.\d]*[sdf]|\$[a-z_]+|</?\w+>")
"""What stays in a translation as it is: what is filled in, and marks of HTML."""


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def bare_words(path):
    """The words a template shows without asking the catalogue: outside tags and code, and in what people hear."""
    text = re.sub(
        r"{% (blocktranslate|comment).*?end\1 %}|{% block bodyclass %}.*?{% endblock %}|{#.*?#}|{%.*?%}|{{.*?}}",
        "",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    yield from re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"]*[^\W\d_]{2}[^"]*)"', text)
    yield from re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|&\w+;", " ", text)) if path.suffix == ".html" else ()


@pytest.mark.parametrize("path", EVERY_TEMPLATE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template__shows_no_word_of_its_own(path):
    if path not in WRITTEN_OUT:
        assert set(bare_words(path)) - NAMES == set()


@pytest.mark.parametrize("path", sorted(WRITTEN_OUT - {TEMPLATES / "bare.html"}), ids=lambda path: path.name)
def test_page__that_is_made_when_all_fails__speaks_every_language(path):
    text = f'lang="en"{path.read_text("utf-8")}'
    assert set(re.findall(r'lang="([\w-]+)"', text)) == {code for code, _name in settings.LANGUAGES}


@pytest.fixture(scope="module")
def marked() -> dict[str, Marked]:
    """Each text that the product marks, by what a catalogue finds it by; one that counts anywhere has its plural."""
    found: dict[str, Marked] = {}
    for each in marked_texts():
        if each.plural or each.key not in found:
            found[each.key] = each
    assert len(found) > 2500
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_text__that_the_product_marks__is_translated_in_all_its_forms(language, marked):
    known, forms = catalogue(language)._catalog, FORMS[language]
    missing = {
        f"{each.path.relative_to(settings.ROOT)}:{each.line}: {key}"
        for key, each in marked.items()
        for wanted in ([(key, form) for form in range(forms)] if each.plural else [key])
        if wanted not in known and not (isinstance(wanted, str) and (wanted, 0) in known)
    }
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue__leaves_the_names_of_months_and_days_as_they_are(language):
    """One catalogue answers for all: a verb "May" would stand in every date of May."""
    named = {str(name) for names in (MONTHS, WEEKDAYS, MONTHS_ALT, WEEKDAYS_ABBR) for name in names.values()}
    assert not named & {key for key in catalogue(language)._catalog if isinstance(key, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue__translates_nothing_that_is_said_no_more(language, marked):
    translated = {key[0] if isinstance(key, tuple) else key for key in catalogue(language)._catalog} - {""}
    assert translated - set(marked) == set()


def test_marking__is_read_in_every_way_in_which_texts_are_marked(tmp_path):
    code = """
from django.utils.translation import gettext as _, gettext_lazy as later, ngettext, pgettext
words = [_("one" " and two"), later("three"), ngettext("%d row", "%d rows", n), pgettext("of a road", "way"), _(name)]
"""
    template = """{% load i18n %}{% translate "four" %} {% translate "five" as it %} {{ x|default:_("six") }}
{% translate "lead" context "metal" %} {% blocktranslate trimmed count n=n with who=x.name %}
  {{ who }} has {{ n }} lamp
{% plural %}
  {{ who }} has {{ n }} lamps
{% endblocktranslate %}{% comment %}{% translate "seven" %}{% endcomment %}"""
    found = [*in_code(tmp_path, code), *in_template(tmp_path, template)]
    assert {(each.context, each.text, each.plural) for each in found} == {
        ("", "one and two", ""), ("", "three", ""), ("", "%d row", "%d rows"), ("of a road", "way", ""),
        ("", "four", ""), ("", "five", ""), ("", "six", ""), ("metal", "lead", ""),
        ("", "%(who)s has %(n)s lamp", "%(who)s has %(n)s lamps"),
    }  # fmt: skip


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
            kept, asked = sorted(VARIABLE.findall(text)), sorted(VARIABLE.findall(original))
            if language == "ar" and isinstance(source, tuple) and source[1] in (1, 2):
                # Arabic says one and two by the form of the word: a figure beside it says it again.
                asked, kept = [each for each in asked if each in kept], kept[:]
                assert "%d" in kept or "%d" not in original, original
            assert kept == asked, original


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
    """The table of docs/translations.md: (language, English term, compiled pattern of its translation)."""
    table = (settings.ROOT / "docs" / "translations.md").read_text("utf-8").split("|---|")[-1]
    for row in table.splitlines()[1:]:
        english, *others = (cell.strip() for cell in row.strip(" |").split("|"))
        for language, cell in zip(("fr", "es", "ru", "ar", "zh_Hans"), others, strict=True):
            forms = (re.escape(form).replace("…", r"\w*").replace(r"\ ", r"\s+") for form in cell.split(", "))
            yield language, english, re.compile("|".join(forms), re.IGNORECASE)


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


@cache
def said_of(language: str) -> list[tuple[str, str]]:
    """(English text in small letters without its variables, a translation of it), one for each form."""
    entries = catalogue(language)._catalog.items()
    sources = ((source[0] if isinstance(source, tuple) else source, text) for source, text in entries)
    return [(VARIABLE.sub("", source).lower(), text) for source, text in sources]


def test_terms__have_one_word_in_each_language():
    found = list(terms())
    assert len(found) > 40
    strayed = [
        (language, english, text)
        for language, english, pattern in found
        for source, text in said_of(language)
        if english.lower() in source and re.search(rf"\b{english.lower()}s?\b", source) and not pattern.search(text)
    ]
    assert strayed == []


MISTAKES = {
    "ar": "[\u0600-\u06ff] ?[,;?]|\u0627\u064b",  # its own comma, semicolon and question mark; tanwin before its alif
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
    "ru": "25 ноября 2026 года, 10:05",
    "zh-hans": "2026年11月25日 10:05",
}


@pytest.mark.parametrize(("language", "written"), WRITTEN.items())
def test_moment__is_written_as_each_language_writes_it(language, written):
    with override(language):
        assert date_format(datetime(2026, 11, 25, 10, 5), "DATETIME_FORMAT") == written  # noqa: DTZ001


@pytest.mark.parametrize("path", EVERY_TEMPLATE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template__leaves_the_order_of_a_date_to_the_language(path):
    forms = set(re.findall(r"""\|date:["']([^"']*)["']""", path.read_text("utf-8")))
    assert forms <= {"DATE_FORMAT", "DATETIME_FORMAT", "c", "Y-m-d"}
